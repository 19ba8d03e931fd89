"""What waits for a decision: by stage, tier, holder, age and due day; and the rounds that are open."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
import django_filters as filters

from accounts.models import User
from core import as_at
from funding import held
from funding.filters import AWAITING_DECISION, RequestFilter, awaiting_decision
from funding.models import FundingRequest, RequestStatus, Round, RoundStatus, Tier
from funding.selectors import clock, rounds
from funding.selectors.clock import Clock
from funding.selectors.requests import for_list

AGES = {"week": (0, 7), "month": (7, 30), "quarter": (30, 90), "longer": (90, None)}  # days held, from and before
AGE_WORDS = {
    "week": _("less than 7 days"),
    "month": _("7 to 29 days"),
    "quarter": _("30 to 89 days"),
    "longer": _("90 days or more"),
}
HOLDERS = (held.HEAD, held.SECRETARY, held.CHAIR)


class DecisionFilter(RequestFilter):
    """Those filters of the request list that say where a request waits, and how long it has been there."""

    q = project = outcome = awaiting = committed_in = None
    published_since = None  # type: ignore[assignment] # as django-filter leaves one out
    status = filters.ChoiceFilter(
        choices=[(one.value, one.label) for one in AWAITING_DECISION], label=_("Status"), empty_label=_("Any status")
    )
    age = filters.ChoiceFilter(
        choices=list(AGE_WORDS.items()), method="held_for", label=_("Held for"), empty_label=_("Any time")
    )

    def held_for(self, rows: "QuerySet[FundingRequest]", name: str, value: str) -> "QuerySet[FundingRequest]":
        return of_age(rows, value, as_at.now())


def of_age(rows: "QuerySet[FundingRequest]", age: str, now: datetime) -> "QuerySet[FundingRequest]":
    """Requests whose present holder has had them for so many whole days."""
    first, before = AGES[age]
    rows = rows.filter(holder_since__lte=now - timedelta(days=first))
    return rows if before is None else rows.filter(holder_since__gt=now - timedelta(days=before))


@dataclass(frozen=True, slots=True)
class DecisionBoard:
    """Each number counts the listed rows that one more filter would keep. `rounds` are the open ones."""

    as_at: datetime
    total: int
    overdue: int
    soon: int
    stages: dict[tuple[RequestStatus, Tier], int]
    holders: dict[str, int]
    ages: dict[str, int]
    requests: "QuerySet[FundingRequest]"
    rounds: Sequence[Round]

    def of_stage(self, status: RequestStatus) -> int:
        return sum(count for (stage, _tier), count in self.stages.items() if stage == status)

    def of_tier(self, tier: Tier) -> int:
        return sum(count for (_stage, of), count in self.stages.items() if of == tier)


def rows(user: User) -> "QuerySet[FundingRequest]":
    """What the overview counts as waiting for a decision, the longest held first."""
    return awaiting_decision(for_list(user)).order_by("holder_since", "pk")


def board(user: User, chosen: "QuerySet[FundingRequest]") -> DecisionBoard:
    now = as_at.now()
    found = Counter(chosen.order_by().values_list("status", "tier"))
    return DecisionBoard(
        as_at=now,
        total=sum(found.values()),
        overdue=held.due(chosen, held.OVERDUE).count(),
        soon=held.due(chosen, held.SOON).count(),
        stages={(status, tier): found[status.value, tier.value] for status in AWAITING_DECISION for tier in Tier},
        holders={duty: held.held_by(chosen, duty, user).count() for duty in HOLDERS},
        ages={age: of_age(chosen, age, now).count() for age in AGES},
        requests=chosen,
        rounds=list(rounds.for_list(user).filter(status=RoundStatus.OPEN)) if as_at.current() is None else [],
    )


def waiting(requests: Sequence[FundingRequest]) -> list[Clock]:
    """Each with its holder and due day."""
    return clock.held(requests)
