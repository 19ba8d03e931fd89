"""The registers as files: column lists and row iterators over exactly the rows a reader sees.

Every file can be edited and imported back (`projects.importing`): it carries machine names, references and
versions.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.rights import departments_of
from core import as_at, listing
from core.exports import NOTHING_ASKED, Asked, Export, asked
from core.listing import Reader
from core.policy import found_on
from core.tabular import Cell, Column
from exports import lists
from projects import copied, selectors
from projects.filters import ProcedureFilter, ProjectFilter
from projects.importing.fields import fields_of
from projects.models import Category, Channel, CountingRule, Procedure, Project, Rating, Stage, Visibility
from projects.selectors import counted
from projects.wording import why

Choices: TypeAlias = Iterable[tuple[Any, Any]]

BATCH = 500
PROJECT_COLUMNS = (
    "reference",
    "version",
    "department",
    "title_en",
    "title_zh_hant",
    "title_zh_hans",
    "summary_en",
    "summary_zh_hant",
    "summary_zh_hans",
    "stage",
    "category",
    "technique",
    "is_public_facing",
    "yearly_volume",
    "visibility",
    "started_on",
    "started_precision",
    "reported_funding",
    "source_url",
    "source_on",
    "source_precision",
)
PROJECT_FIELDS = (
    *(name if name != "department" else "department__code" for name in PROJECT_COLUMNS),
    "lead_name",
    "procedure_count",
    "in_use_count",
    "own_rating",
    "independent_rating",
    "was_already_running",
    "status",
)
PROJECT_LABELS: dict[str, Choices] = {
    "stage": Stage.choices,
    "category": Category.choices,
    "visibility": Visibility.choices,
    "own_rating": Rating.choices,
    "independent_rating": Rating.choices,
    "status": Project.Status.choices,
}
PROCEDURE_COLUMNS = (
    "reference",
    "version",
    "department",
    "name_en",
    "name_zh_hant",
    "name_zh_hans",
    "service_kind",
    "channel",
    "yearly_volume",
    "handling_minutes",
    "waiting_days",
    "planned_on",
)


PROJECTS_PRINTED = ("reference", "department", "title_en", "title_zh_hant", "stage", "lead", "procedures", "in_use")
PROCEDURES_PRINTED = ("reference", "department", "name_en", "name_zh_hant", "claimed", "verified", "in_use", "project")
OTHER_PARAMETERS = {"format", "columns", "filename"}


def register() -> None:
    """Make both registers known as lists that can be asked as files."""
    lists.register(lists.List("projects", gettext_lazy("Projects"), "projects:project-list", projects_of_address))
    lists.register(
        lists.List("procedures", gettext_lazy("Procedures"), "projects:procedure-list", procedures_of_address)
    )


def projects_of_address(reader: Reader) -> Export:
    rows = selectors.project_rows(reader.user)
    found, form = listing.filtered(reader, ProjectFilter, rows, extra=OTHER_PARAMETERS)
    return projects(listing.ordered(reader, found, selectors.PROJECT_ORDERINGS), asked=asked(reader, form))


def procedures_of_address(reader: Reader) -> Export:
    rows = selectors.procedure_rows(reader.user)
    found, form = listing.filtered(reader, ProcedureFilter, rows, extra=OTHER_PARAMETERS)
    return procedures(listing.ordered(reader, found, selectors.PROCEDURE_ORDERINGS), asked=asked(reader, form))


def projects(found: "QuerySet[Project]", *, asked: Asked = NOTHING_ASKED) -> Export:
    columns = [
        *_own("projects", PROJECT_COLUMNS),
        Column("lead", _("Lead"), _("Worked out here; changed on the project's page.")),
        Column("procedures", _("Procedures"), _("How many procedures the project touches.")),
        Column("in_use", _("In use"), _("How many of them are in use on that day.")),
        Column("own_rating", _("Own rating"), _("Newest monthly rating by its department.")),
        Column("independent_rating", _("Independent rating"), _("Newest monthly rating by the Team.")),
        Column("was_already_running", _("Already running"), _("Carries this mark instead of a go-live gate.")),
        Column("record_status", _("Record"), _("Draft or registered.")),
    ]
    fields = dict(zip((column.name for column in columns), PROJECT_FIELDS, strict=True))
    drafts = found.filter(status=Project.Status.DRAFT).exists()
    cells = copied.projects(found)
    return Export(
        "projects",
        _("Projects"),
        columns,
        lambda: _project_rows(found),
        drafts,
        asked,
        lambda: cells,
        found,
        PROJECTS_PRINTED,
        _rule(),
        chosen=lambda names: _project_rows(found, [fields[name] for name in names]),
    )


def procedures(found: "QuerySet[Procedure]", *, asked: Asked = NOTHING_ASKED) -> Export:
    columns = [
        *_own("procedures", PROCEDURE_COLUMNS),
        Column("claimed", _("Claimed"), _("A claim is live, or one was ever verified.")),
        Column("verified", _("Verified"), _("A claim was ever verified.")),
        Column("in_use", _("In use"), _("Counts towards the targets on that day.")),
        Column("why", _("Why"), _("Why it counts, or the first thing that is missing.")),
        Column("project", _("Claimed by"), _("Reference of the project whose claim is live.")),
        Column("went_live_on", _("Went live")),
        Column("verified_on", _("Verified on")),
        Column("attest_by", _("Attest again by"), _("Last day in use unless attested again.")),
    ]
    return Export(
        "procedures",
        _("Procedures"),
        columns,
        lambda: _procedure_rows(found),
        asked=asked,
        found=found,
        printed=PROCEDURES_PRINTED,
        rule=_rule(),
    )


def own_sheet(user: User, kind: str) -> Export:
    """The records of the departments the person is posted in, to edit and bring back."""
    own = departments_of(user.person_id)
    if kind == "projects":
        return projects(selectors.project_rows(user).filter(department__in=own))
    return procedures(selectors.procedure_rows(user).filter(department__in=own))


def _rule() -> str:
    """The counting rule that the figures follow; nothing before there is one."""
    rule = found_on(CountingRule.objects.all(), as_at.day())
    return _("Counting rule of %(day)s: %(source)s") % {"day": rule.starts_on, "source": rule.source} if rule else ""


def _own(kind: str, names: Sequence[str]) -> list[Column]:
    """Columns that may be edited and brought back, or that say which record and version a row is."""
    meanings = {
        "reference": _("Permanent reference of the record; leave it as it is."),
        "version": _("Of the record when the file was made; leave it as it is."),
        "department": _("Code of the bureau or department."),
        "stage": _("A stage behind a gate is reached on the project's page."),
        "started_on": _("First day of the stated period."),
        "started_precision": _("Day, month or year; empty is not stated."),
        "source_precision": _("Day, month or year; empty is not stated."),
        "reported_funding": _("As published; not an approval."),
    }
    fields = fields_of(kind)
    return [Column(name, str(fields[name].label), meanings.get(name, "")) for name in names]


def _project_rows(found: "QuerySet[Project]", fields: Sequence[str] = PROJECT_FIELDS) -> Iterator[tuple[Cell, ...]]:
    """Plain values, and each label worked out once: a label asked of every record takes ten times as long."""
    rows = found.annotate(lead_name=copied.name_of("lead__name")).values_list(*fields)
    labels = [(place, labels_of(PROJECT_LABELS[name])) for place, name in enumerate(fields) if name in PROJECT_LABELS]
    for row in rows.iterator(chunk_size=BATCH):
        cells = list(row)
        for place, words in labels:
            cells[place] = words.get(cells[place], cells[place] or "")
        yield tuple(cells)


def labels_of(choices: Choices) -> dict[Any, str]:
    """Every choice with its label in the reader's language."""
    return {value: str(label) for value, label in choices}


def _procedure_rows(found: "QuerySet[Procedure]") -> Iterator[tuple[Cell, ...]]:
    kinds, channels = labels_of(Category.choices), labels_of(Channel.choices)
    for batch in _batches(found.iterator(chunk_size=BATCH)):
        for one in counted(batch):
            yield (
                one.procedure.reference,
                one.procedure.version,
                one.procedure.department.code,
                one.procedure.name_en,
                one.procedure.name_zh_hant,
                one.procedure.name_zh_hans,
                kinds.get(one.procedure.service_kind, one.procedure.service_kind),
                channels.get(one.procedure.channel, one.procedure.channel),
                one.procedure.yearly_volume,
                one.procedure.handling_minutes,
                one.procedure.waiting_days,
                one.procedure.planned_on,
                one.standing.claimed,
                one.standing.verified,
                one.standing.in_use,
                str(why(one.standing.reason)),
                one.claim.project.reference if one.claim else "",
                one.standing.claimed_on,
                one.standing.verified_on,
                one.standing.attest_by,
            )


def _batches(rows: Iterable[Procedure]) -> Iterator[list[Procedure]]:
    batch: list[Procedure] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch
