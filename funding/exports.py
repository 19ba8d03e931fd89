"""The request register as a file: a column list and a row iterator over exactly the rows a reader sees."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core import listing
from core.exports import NOTHING_ASKED, Asked, Export, asked
from core.listing import Reader
from core.tabular import Cell, Column
from exports import lists
from funding.filters import RequestFilter
from funding.models import FundingRequest, RequestStatus
from funding.selectors import requests as selected
from funding.selectors.clock import Clock, held

if TYPE_CHECKING:
    from django.db.models import QuerySet

BATCH = 500
PRINTED = ("reference", "title_en", "title_zh_hant", "department", "status", "tier", "own_amount", "holder")


def register() -> None:
    lists.register(lists.List("requests", gettext_lazy("Funding requests"), "funding:request-list", of_address))


def of_address(reader: Reader) -> Export:
    rows_of = selected.for_list(reader.user)
    found, form = listing.filtered(reader, RequestFilter, rows_of, extra={"format", "columns", "filename"})
    return requests(listing.ordered(reader, found, selected.ORDERINGS), asked=asked(reader, form))


def columns() -> list[Column]:
    return [
        Column("reference", _("Reference"), _("Permanent reference of the request.")),
        Column("title_en", _("Title in English")),
        Column("title_zh_hant", _("Title in Chinese")),
        Column("department", _("Department"), _("Code of the bureau or department.")),
        Column("project", _("Project"), _("Permanent reference of the project.")),
        Column("status", _("Status")),
        Column("outcome", _("Outcome"), _("Once published.")),
        Column("tier", _("Decided by"), _("The body that the assessed amount leads to.")),
        Column("own_amount", _("Amount asked (HK$)"), _("Non-recurrent lines, contingency included.")),
        Column("assessed_amount", _("Assessed amount (HK$)"), _("The amount asked with that of related requests.")),
        Column("recurrent_amount", _("Recurrent (HK$ a year)"), _("Yearly consequence, outside the tier.")),
        Column("first_submitted_at", _("First submitted"), _("Hong Kong time.")),
        Column("holder", pgettext("holder", "With"), _("Who has to do the next thing.")),
        Column("holder_since", _("With its holder since"), _("Hong Kong time.")),
        Column("due_on", pgettext("clock", "Due"), _("By the service times, in working days of Hong Kong.")),
        Column("late_by", _("Working days late"), _("0 until the day after it is due.")),
    ]


def rows(requests: "QuerySet[FundingRequest]") -> Iterator[tuple[Cell, ...]]:
    """One tuple for each request, in the order of `columns`; reads a batch at a time."""
    found = requests.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        yield from map(_row, held(batch))


def _row(one: Clock) -> tuple[Cell, ...]:
    request = one.request
    return (
        request.reference,
        request.title_en,
        request.title_zh_hant,
        request.department.code,
        request.project.reference,
        request.get_status_display(),
        request.get_outcome_display() if request.status == RequestStatus.PUBLISHED else "",
        request.get_tier_display(),
        request.own_amount,
        request.assessed_amount if request.tier else None,
        request.recurrent_amount,
        request.first_submitted_at,
        one.holder.words if one.holder else "",
        request.holder_since,
        one.due_on,
        one.late_by if one.due_on else None,
    )


def requests(found: "QuerySet[FundingRequest]", *, asked: Asked = NOTHING_ASKED) -> Export:
    """One list of requests as a file that says what was asked for and where the ledger stood."""
    drafts = found.filter(status=RequestStatus.DRAFT).exists()
    return Export(
        "funding-requests",
        _("Funding requests"),
        columns(),
        lambda: rows(found),
        drafts,
        asked,
        found=found,
        printed=PRINTED,
    )
