"""What the request list and the request page show."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import Posting, User
from core import clock
from funding.models import Decision, FundingRequest, Outcome, RequestStatus, Tier

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
class Holder:
    """Who has to do the next thing, since when; `name` is empty where a body or several people hold it."""

    duty: str
    name: str
    since: datetime

    @property
    def words(self) -> str:
        """`the applicant, Chan Tai Man`, or the duty alone."""
        if not self.name:
            return self.duty
        return _("%(duty)s, %(name)s") % {"duty": self.duty, "name": self.name}

    @property
    def since_words(self) -> str:
        return date_format(localtime(self.since), "DATETIME_FORMAT")


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
    return rows.select_related("department", "project")


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


def holder(request: FundingRequest) -> Holder | None:
    """Who holds a request now (DESIGN 4); None once nobody has to do anything about it."""
    since = request.holder_since
    match request.status:
        case RequestStatus.DRAFT:
            return Holder(_("the applicant"), str(request.applicant), since)
        case RequestStatus.SUBMITTED:
            return Holder(_("the Head of Department"), _head_name(request), since)
        case RequestStatus.ENDORSED | RequestStatus.SCREENED | RequestStatus.DECIDED:
            return Holder(_("the secretary of the working group"), "", since)
        case RequestStatus.DECIDING:
            return Holder(_("the working group"), "", since)
    return None


def stages(request: FundingRequest, here: Holder | None) -> list[Stage]:
    """The life of this request as steps: those behind it, the present one with its holder, those ahead."""
    life = DEPARTMENT_LIFE if request.tier == Tier.DEPARTMENT else COMMITTEE_LIFE
    if request.status == RequestStatus.WITHDRAWN:
        return [Stage(_label(RequestStatus.DRAFT), "done"), Stage(_label(RequestStatus.WITHDRAWN), "stopped")]
    place = life.index(request.status)
    if here is None:
        return [Stage(_label(status), "done") for status in life]
    return [
        *[Stage(_label(status), "done") for status in life[:place]],
        Stage(_label(life[place]), "current", holder=here.words, since=here.since_words),
        *[Stage(_label(status), "ahead") for status in life[place + 1 :]],
    ]


def _head_name(request: FundingRequest) -> str:
    posting = (
        Posting.objects.on(clock.today())
        .heads()
        .filter(department=request.department_id)
        .select_related("person")
        .first()
    )
    return str(posting.person) if posting else ""


def _label(status: RequestStatus) -> str:
    return {
        RequestStatus.DRAFT: _("Draft"),
        RequestStatus.SUBMITTED: _("Submitted"),
        RequestStatus.ENDORSED: _("Endorsed"),
        RequestStatus.SCREENED: _("Screened"),
        RequestStatus.DECIDING: _("Vote"),
        RequestStatus.DECIDED: _("Decided"),
        RequestStatus.PUBLISHED: _("Published"),
        RequestStatus.WITHDRAWN: _("Withdrawn"),
    }[status]
