"""What the request list and the request page show."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from funding.models import Decision, FundingRequest, Outcome, RequestStatus, Tier
from funding.selectors.holders import Holder

ORDERINGS = {
    "reference": ("reference",),
    "amount": ("own_amount", "reference"),
    "status": ("status", "reference"),
    "department": ("department__code", "reference"),
    "since": ("holder_since", "reference"),
}
UNDECIDED = (
    RequestStatus.SUBMITTED,
    RequestStatus.ENDORSED,
    RequestStatus.SCREENED,
    RequestStatus.DECIDING,
    RequestStatus.DECIDED,
    RequestStatus.RETURNED,
    RequestStatus.DEFERRED,
)
DEPARTMENT_LIFE = (RequestStatus.DRAFT, RequestStatus.SUBMITTED, RequestStatus.DECIDED, RequestStatus.PUBLISHED)
COMMITTEE_LIFE = (
    RequestStatus.DRAFT,
    RequestStatus.SUBMITTED,
    RequestStatus.ENDORSED,
    RequestStatus.SCREENED,
    RequestStatus.DECIDING,
    RequestStatus.DECIDED,
    RequestStatus.PUBLISHED,
)


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts and HK$ of the rows a list shows, by what became of them."""

    count: int
    asked: Decimal
    waiting: int
    waiting_amount: Decimal
    approved: int
    approved_amount: Decimal


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the stepper, as `components/stepper.html` wants it: done, current, ahead or stopped."""

    label: str
    state: str
    holder: str = ""
    since: str = ""


def for_list(user: User) -> "QuerySet[FundingRequest]":
    """Whole papers this person may see, and of every published request what is open to all: its line in the list."""
    whole = FundingRequest.objects.visible_to(user).values("pk")
    rows = FundingRequest.objects.filter(Q(pk__in=whole) | Q(pk__in=FundingRequest.objects.published().values("pk")))
    return rows.select_related("department", "project", "applicant")


def is_whole(user: User, request: FundingRequest) -> bool:
    """Whether the reader may see the whole paper, not only what publication opened."""
    return FundingRequest.objects.visible_to(user).filter(pk=request.pk).exists()


def totals(rows: "QuerySet[FundingRequest]") -> Totals:
    """One query over exactly the rows that are listed. An approved amount is that of the published decision."""
    waiting = Q(status__in=UNDECIDED)
    found = rows.order_by().aggregate(
        count=Count("pk"),
        asked=Sum("own_amount"),
        waiting=Count("pk", filter=waiting),
        waiting_amount=Sum("own_amount", filter=waiting),
        approved=Count("pk", filter=Q(status=RequestStatus.PUBLISHED, outcome=Outcome.APPROVED)),
    )
    approved_amount = Decision.objects.filter(
        request__in=rows.order_by().values("pk"), outcome=Outcome.APPROVED, published_at__isnull=False
    ).aggregate(amount=Sum("amount"))["amount"]
    zero = Decimal("0.00")
    return Totals(
        count=found["count"],
        asked=found["asked"] or zero,
        waiting=found["waiting"],
        waiting_amount=found["waiting_amount"] or zero,
        approved=found["approved"],
        approved_amount=approved_amount or zero,
    )


def stages(request: FundingRequest, here: Holder | None) -> list[Stage]:
    """The life of this request as steps: those behind it, the present one with its holder, those ahead."""
    life: Sequence[RequestStatus] = DEPARTMENT_LIFE if request.tier == Tier.DEPARTMENT else COMMITTEE_LIFE
    if request.status == RequestStatus.WITHDRAWN:
        return [Stage(_label(RequestStatus.DRAFT), "done"), Stage(_label(RequestStatus.WITHDRAWN), "stopped")]
    life = _with_detour(life, request.status)
    place = life.index(request.status)
    if here is None:
        return [Stage(_label(status), "done") for status in life]
    return [
        *[Stage(_label(status), "done") for status in life[:place]],
        Stage(_label(life[place]), "current", holder=here.words, since=here.since_words),
        *[Stage(_label(status), "ahead") for status in life[place + 1 :]],
    ]


def _with_detour(life: Sequence[RequestStatus], status: str) -> Sequence[RequestStatus]:
    """The life of a request that is returned or deferred, with that stage after the last one that still holds."""
    if status not in (RequestStatus.RETURNED, RequestStatus.DEFERRED):
        return life
    deferred_from_list = status == RequestStatus.DEFERRED and RequestStatus.SCREENED in life
    place = life.index(RequestStatus.SCREENED if deferred_from_list else RequestStatus.SUBMITTED) + 1
    return (*life[:place], RequestStatus(status), *life[place:])


def _label(status: RequestStatus) -> str:
    return {
        RequestStatus.DRAFT: _("Draft"),
        RequestStatus.SUBMITTED: _("Submitted"),
        RequestStatus.ENDORSED: _("Endorsed"),
        RequestStatus.SCREENED: _("Screened"),
        RequestStatus.DECIDING: _("Vote"),
        RequestStatus.DECIDED: _("Decided"),
        RequestStatus.PUBLISHED: _("Published"),
        RequestStatus.RETURNED: _("Returned with questions"),
        RequestStatus.DEFERRED: _("Deferred"),
        RequestStatus.WITHDRAWN: _("Withdrawn"),
    }[status]
