"""What changed since a day, from facts and decisions that everybody may see, newest first.

Without a day in the address it is the reader's last look: the day before today on which they last saw the overview,
kept per person. A first look goes back thirty days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import F, Max, Q, QuerySet

from accounts.models import User
from core import as_at, clock
from core.days import parse_day
from core.errors import DomainError, InvalidInput
from dashboards.keeping import MONEY, kept
from dashboards.models import LastLook
from funding.models import FundingRequest
from projects.models import Procedure, ProcedureFact, Project

PARAMETER = "since"
FIRST_LOOK = timedelta(days=30)
SHOWN = 3  # of each kind; the number is that of all


class Kind(StrEnum):
    CLAIMED = "claimed"
    VERIFIED = "verified"
    LAPSED = "lapsed"
    DECIDED = "decided"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change: how many records, and the newest of them."""

    kind: Kind
    count: int
    newest: Sequence[Procedure | Project | FundingRequest]


def since_day(written: str, user: User) -> date:
    """The day asked for, not after the day being read; else the reader's last look."""
    if not written:
        return last_look(user)
    try:
        day = parse_day(written)
    except DomainError as error:
        raise InvalidInput(error.code, error.message, fields={PARAMETER: [error.message]}) from error
    return min(day, as_at.day())


def last_look(user: User) -> date:
    """The day before today on which this person last saw the overview."""
    return _before_today(LastLook.objects.filter(person=user.person_id).first())


def _before_today(row: LastLook | None) -> date:
    today = as_at.day()
    if row is None:
        return today - FIRST_LOOK
    found = row.seen_on if row.seen_on < today else row.before_on
    return min(found or today - FIRST_LOOK, today)


def look(user: User) -> None:
    """Keep that the person looks today; the day before it stays known until the next day."""
    if user.person_id is None or as_at.current() is not None:
        return
    today = clock.today()
    row = LastLook.objects.filter(person=user.person_id).first()
    if row is None:
        row, _is_new = LastLook.objects.get_or_create(person_id=user.person_id, defaults={"seen_on": today})
    if row.seen_on < today:
        LastLook.objects.filter(pk=row.pk, seen_on__lt=today).update(before_on=F("seen_on"), seen_on=today)


def changes(since: date) -> list[Change]:
    """Everything recorded from `since` on, by kind; kinds without a change are left out.

    What the register says and what was published are everybody's (DESIGN 8), and kept.
    """
    found = [
        *kept(f"changes-{since}", lambda: _of_register(since)),
        kept(f"decided-{since}", lambda: _decided(since), areas=(MONEY,)),
    ]
    return [change for change in found if change.count]


def _of_register(since: date) -> list[Change]:
    lapsed, registered = Procedure.objects.lapsed_since(since, as_at.day()), Project.objects.registered_since(since)
    return [
        _told(Kind.VERIFIED, ProcedureFact.Kind.VERIFIED, since),
        _told(Kind.CLAIMED, ProcedureFact.Kind.CLAIMED, since),
        _counted(Kind.LAPSED, lapsed.order_by("-in_use_until", "pk")),
        _counted(Kind.REGISTERED, registered.order_by("-registered_on", "-pk")),
    ]


def _told(kind: Kind, told: str, since: date) -> Change:
    """Procedures of which this was recorded, newest first, each once."""
    rows = Procedure.objects.told_since(told, first_instant(since))
    return _counted(kind, rows.annotate(newest=Max("facts__position", filter=Q(facts__kind=told))).order_by("-newest"))


def _decided(since: date) -> Change:
    """Of a request only the line that publication opened is kept."""
    rows = FundingRequest.objects.published_since(first_instant(since))
    rows = rows.annotate(newest=Max("decisions__published_at")).order_by("-newest", "pk")
    return _counted(Kind.DECIDED, rows.only("reference", "title_en", "title_zh_hant", "title_zh_hans"))


def _counted(kind: Kind, rows: "QuerySet[Any]") -> Change:
    return Change(kind, rows.count(), list(rows[:SHOWN]))


def first_instant(day: date) -> datetime:
    """When a Hong Kong day begins."""
    return clock.end_of_day(day - timedelta(days=1))
