"""The layout of `data/hk_ai_projects.csv`: publicly reported AI projects of Hong Kong departments.

Dates keep the precision they were published with; "unknown" and empty are "not stated", never yes. A
project reported as live carries the mark "already running" instead of a go-live gate. Nothing is
claimed or verified by an import.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from core.errors import DomainError, InvalidInput
from projects.importing import values
from projects.importing.faults import Fault
from projects.importing.table import Row
from projects.importing.values import StatedDay
from projects.models import Category, Stage

SOURCE = "hk_ai_projects"
COLUMNS = (
    "department_en",
    "department_zh",
    "department_code",
    "project_title",
    "project_title_zh",
    "description",
    "procedure_name",
    "category",
    "ai_technology",
    "status",
    "start_or_launch_date",
    "funding_hkd",
    "kpi_name",
    "kpi_baseline",
    "kpi_result",
    "kpi_unit",
    "source_url",
    "source_date",
)
STAGES = {
    "live": Stage.LIVE,
    "pilot": Stage.PILOT,
    "planned": Stage.IDEA,  # announced; nothing says that it was assessed or approved
    "unknown": Stage.NOT_STATED,
    "": Stage.NOT_STATED,
}
CATEGORIES = {str(category): category for category in Category.values}
NOT_SAID = StatedDay(None, values.Precision.NOT_STATED)


@dataclass(slots=True)
class Reported:
    """One row as we understand it. Fields at fault keep their empty value and are named in the faults."""

    row: int
    department: Department | None = None
    title_en: str = ""
    title_zh_hant: str = ""
    summary: str = ""
    procedure: str = ""
    category: str = ""
    technique: str = ""
    stage: str = ""
    started: StatedDay = NOT_SAID
    funding: Decimal | None = None
    kpi_name: str = ""
    kpi_baseline: str = ""
    kpi_result: str = ""
    kpi_unit: str = ""
    source_url: str = ""
    source: StatedDay = NOT_SAID
    faults: list[Fault] = field(default_factory=list)

    @property
    def natural_key(self) -> tuple[int | None, str]:
        """What makes it the same project: a department has one project of a title."""
        return (self.department.pk if self.department else None, self.title_en.casefold())


def understand(row: Row, departments: Mapping[str, Department]) -> Reported:
    """Read one row, collecting every fault with its column instead of stopping at the first."""
    reported = Reported(row.number)
    for column, name, reader in _readers(departments):
        try:
            setattr(reported, name, reader(row.cells[column]))
        except DomainError as error:
            reported.faults.append(Fault(row.number, column, error.code, error.message))
    for column in ("department_en", "department_zh"):
        try:
            values.line(row.cells[column], longest=300)
        except DomainError as error:
            reported.faults.append(Fault(row.number, column, error.code, error.message))
    return reported


def _readers(departments: Mapping[str, Department]) -> list[tuple[str, str, Callable[[str], Any]]]:
    return [
        ("department_code", "department", lambda text: _department(text, departments)),
        ("project_title", "title_en", lambda text: values.needed_line(text, longest=300)),
        ("project_title_zh", "title_zh_hant", lambda text: values.line(text, longest=300)),
        ("description", "summary", values.paragraph),
        ("procedure_name", "procedure", lambda text: values.line(text, longest=300)),
        ("category", "category", lambda text: values.word(text, CATEGORIES)),
        ("ai_technology", "technique", lambda text: values.line(text, longest=200)),
        ("status", "stage", lambda text: values.word(text, STAGES)),
        ("start_or_launch_date", "started", values.stated_day),
        ("funding_hkd", "funding", values.money),
        ("kpi_name", "kpi_name", lambda text: values.line(text, longest=300)),
        ("kpi_baseline", "kpi_baseline", lambda text: values.line(text, longest=100)),
        ("kpi_result", "kpi_result", lambda text: values.line(text, longest=100)),
        ("kpi_unit", "kpi_unit", lambda text: values.line(text, longest=100)),
        ("source_url", "source_url", lambda text: values.address(text, longest=500)),
        ("source_date", "source", values.stated_day),
    ]


def _department(text: str, departments: Mapping[str, Department]) -> Department:
    found = departments.get(text.strip())
    if found is None:
        raise InvalidInput(
            "department.unknown", _("No department has the code “%(code)s”.") % {"code": text.strip()[:40]}
        )
    return found
