"""The list of KPIs as a file: the rows and words that the page shows."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import listing
from core.exports import Export, asked
from core.listing import Reader
from core.tabular import Cell, Column
from exports import lists
from kpis import selectors
from kpis.filters import KpiFilter
from kpis.selectors import Line

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kpis.models import Kpi

BATCH = 500
PRINTED = ("reference", "title", "project", "value", "unit", "period", "target", "standing")


def register() -> None:
    lists.register(lists.List("kpis", gettext_lazy("KPIs"), "kpis:kpi-list", of_address))


def of_address(reader: Reader) -> Export:
    extra = {"format", "columns", "filename"}
    found, form = listing.filtered(reader, KpiFilter, selectors.kpi_rows(reader.user), extra=extra)
    return Export(
        "kpis", _("KPIs"), columns(), lambda: _rows(found), asked=asked(reader, form), found=found, printed=PRINTED
    )


def columns() -> list[Column]:
    return [
        Column("reference", _("Reference"), _("Permanent reference of the KPI.")),
        Column("title", _("KPI")),
        Column("project", _("Project"), _("Permanent reference of the project.")),
        Column("direction", _("Direction")),
        Column("frequency", _("Frequency")),
        Column("value", _("Latest value"), _("The newest verified reading; empty if there is none.")),
        Column("unit", _("Unit")),
        Column("period", _("Period"), _("Of the latest value.")),
        Column("freshness", _("Freshness")),
        Column("target", _("Target")),
        Column("target_on", _("Target by"), _("Last day for the target.")),
        Column("standing", _("Against the target")),
    ]


def _rows(found: "QuerySet[Kpi]") -> Iterator[tuple[Cell, ...]]:
    rows = found.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield from map(_row, selectors.lines(batch))


def _row(line: Line) -> tuple[Cell, ...]:
    return (
        line.kpi.reference,
        line.kpi.title,
        line.kpi.project.reference,
        line.kpi.definition.get_direction_display(),
        line.kpi.get_frequency_display(),
        _number(line.latest.value if line.latest else None),
        line.unit,
        line.period,
        str(line.freshness_words),
        _number(line.target.value if line.target else None),
        line.target.due_on if line.target else None,
        str(line.standing_words),
    )


def _number(value: Decimal | None) -> str:
    """A reading as it was given, without the zeros that its column adds; its unit stands beside it."""
    return f"{value.normalize():f}" if value is not None else ""
