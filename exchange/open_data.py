"""The public register as files: what is public, in our columns and in those of two other governments.

Made at most once in ten minutes, whoever asks: a file that everybody may fetch must cost nobody else their page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
import json
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import DateField, F, Prefetch, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import Text
from core.tabular import Column, csv_lines
from exchange.rules.public import (
    ATRS_COLUMNS,
    DECISIONS,
    OMB_COLUMNS,
    REGISTER,
    Cell,
    PublicDecision,
    PublicProject,
    atrs_row,
    decision_rows,
    omb_row,
    register_row,
)
from funding.models import Decision
from projects.models import Project
from projects.selectors.registers import InUseCount

KEPT_SECONDS = 600
LICENCE = "https://data.gov.hk/en/terms-and-conditions"
CSV, JSON = "text/csv; charset=utf-8", "application/json; charset=utf-8"
Rows = list[dict[str, Cell]]


@dataclass(frozen=True, slots=True)
class File:
    """One file of open data: what it is, its columns, and the rows it makes of the projects."""

    name: str
    title: Text
    columns: Sequence[str]
    rows: Callable[[Iterable[PublicProject]], Rows]
    content_type: str

    @property
    def address(self) -> str:
        return settings.SITE_URL.rstrip("/") + reverse("open-data-file", args=[self.name])


def _each(row: Callable[[PublicProject], dict[str, Cell]]) -> Callable[[Iterable[PublicProject]], Rows]:
    return lambda projects: [row(project) for project in projects]


def _decisions(projects: Iterable[PublicProject]) -> Rows:
    return [row for project in projects for row in decision_rows(project)]


FILES: Mapping[str, File] = {
    file.name: file
    for file in (
        File("projects.csv", _("The public register of projects"), tuple(REGISTER), _each(register_row), CSV),
        File("projects.json", _("The public register of projects"), tuple(REGISTER), _each(register_row), JSON),
        File("decisions.csv", _("Published decisions on funding"), DECISIONS, _decisions, CSV),
        File("decisions.json", _("Published decisions on funding"), DECISIONS, _decisions, JSON),
        File(
            "inventory-omb-2025.csv",
            _("The register in the columns of the US inventory of AI use cases of 2025"),
            OMB_COLUMNS,
            _each(omb_row),
            CSV,
        ),
        File(
            "transparency-atrs.json",
            _("The register in the fields of the UK algorithmic transparency record"),
            ATRS_COLUMNS,
            _each(atrs_row),
            JSON,
        ),
    )
}


def content(file: File) -> bytes:
    """The file, at most ten minutes old."""
    return _kept(f"open-data:{file.name}", lambda: _made(file))


def catalogue() -> bytes:
    """DCAT as JSON-LD: one data set, its distributions, publisher and licence."""
    return _kept("open-data:catalog", _catalogue)


def projects() -> list[PublicProject]:
    """Registered projects only. Drafts, people, risks and sums asked for are not even read."""
    published = Decision.objects.filter(published_at__isnull=False).order_by("published_at")
    rows = (
        Project.objects.filter(status=Project.Status.REGISTERED)
        .select_related("department")
        .annotate(in_use_count=InUseCount(F("pk"), Value(clock.today(), DateField())))
        .prefetch_related(Prefetch("funding_requests__decisions", published, "public_decisions"))
        .order_by("reference")
    )
    return [_public(project) for project in rows]


def _public(project: Project) -> PublicProject:
    return PublicProject(
        reference=project.reference,
        department=project.department.code,
        department_en=project.department.name_en,
        department_zh_hant=project.department.name_zh_hant,
        title_en=project.title_en,
        title_zh_hant=project.title_zh_hant,
        title_zh_hans=project.title_zh_hans,
        stage=project.stage,
        category=project.category,
        registered_on=project.registered_on,
        left_on=project.left_on,
        procedures_in_use=project.in_use_count,  # type: ignore[attr-defined] # annotated above
        decisions=tuple(
            PublicDecision(
                request.reference,
                request.title_en,
                decision.tier,
                decision.amount,
                decision.outcome,
                clock.hong_kong_day(decision.published_at),
            )
            for request in project.funding_requests.all()
            for decision in request.public_decisions  # type: ignore[attr-defined] # prefetched above
        ),
    )


def _made(file: File) -> bytes:
    rows = file.rows(projects())
    if file.content_type == CSV:
        columns = [Column(name, name) for name in file.columns]
        return "".join(csv_lines(columns, ([row[name] for name in file.columns] for row in rows))).encode()
    made = {"licence": LICENCE, "as_at": clock.now().isoformat(timespec="seconds"), "rows": rows}
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def _catalogue() -> bytes:
    site = settings.SITE_URL.rstrip("/")
    distributions: list[dict[str, Any]] = [
        {
            "@type": "dcat:Distribution",
            "@id": file.address,
            "dct:title": str(file.title),
            "dcat:downloadURL": {"@id": file.address},
            "dcat:mediaType": file.content_type.partition(";")[0],
            "dct:license": {"@id": LICENCE},
        }
        for file in FILES.values()
    ]
    told = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@type": "dcat:Catalog",
        "@id": site + reverse("open-data-catalogue"),
        "dct:title": "AI projects of the Government of the Hong Kong Special Administrative Region",
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": "AI Efficacy Enhancement Team"},
        "dct:license": {"@id": LICENCE},
        "dcat:dataset": [
            {
                "@type": "dcat:Dataset",
                "@id": site + reverse("open-data"),
                "dct:title": "Public register of AI projects",
                "dct:description": "Registered projects with department, stage and category; published decisions.",
                "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/CONT"},
                "dct:license": {"@id": LICENCE},
                "dcat:distribution": distributions,
            }
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _kept(key: str, make: Callable[[], bytes]) -> bytes:
    found: bytes | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_SECONDS)
    return found
