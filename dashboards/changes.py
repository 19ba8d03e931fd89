"""What changed since a day, from facts and decisions that the reader may see, newest first.

Without a day in the address it is the reader's last look: the day before today on which they last saw the overview,
kept per person. A first look goes back thirty days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import F

from accounts.models import User
from core import as_at, clock
from core.days import parse_day
from core.errors import DomainError, InvalidInput
from dashboards.keeping import kept
from dashboards.models import LastLook
from funding.models import FundingRequest, RequestStatus
from funding.selectors.requests import for_list
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
    today = as_at.day()
    row = LastLook.objects.filter(person=user.person_id).first()
    if row is None:
        return today - FIRST_LOOK
    found = row.seen_on if row.seen_on < today else row.before_on
    return min(found or today - FIRST_LOOK, today)


@transaction.atomic
def look(user: User) -> None:
    """Keep that the person looks today; the day before it stays known until the next day."""
    if user.person_id is None or as_at.current() is not None:
        return
    today = clock.today()
    row, is_new = LastLook.objects.get_or_create(person_id=user.person_id, defaults={"seen_on": today})
    if not is_new and row.seen_on < today:
        LastLook.objects.filter(pk=row.pk, seen_on__lt=today).update(before_on=F("seen_on"), seen_on=today)


def changes(user: User, since: date) -> list[Change]:
    """Everything recorded from `since` on, by kind; kinds without a change are left out.

    What the register says is everybody's and kept; decisions are those in the reader's list.
    """
    found = [
        Change(kind, count, _rows(user, kind, keys))
        for kind, count, keys in kept(f"changes-{since}", lambda: _of_register(since))
    ]
    return [change for change in [*found, _decided(user, since)] if change.count]


def _of_register(since: date) -> list[tuple[Kind, int, list[int]]]:
    """Of each kind how many, and the keys of the newest."""
    return [
        _told(Kind.VERIFIED, ProcedureFact.Kind.VERIFIED, since),
        _told(Kind.CLAIMED, ProcedureFact.Kind.CLAIMED, since),
        _lapsed(since),
        _registered(since),
    ]


def _rows(user: User, kind: Kind, keys: list[int]) -> list[Procedure | Project]:
    model = Project if kind is Kind.REGISTERED else Procedure
    rows = model.objects.visible_to(user).in_bulk(keys) if keys else {}
    return [rows[key] for key in keys if key in rows]


def _told(kind: Kind, told: str, since: date) -> tuple[Kind, int, list[int]]:
    """Procedures of which this was recorded, newest first, each once."""
    facts = ProcedureFact.objects.filter(kind=told, recorded_at__gte=clock.end_of_day(since - timedelta(days=1)))
    keys = list(dict.fromkeys(facts.order_by("-position").values_list("procedure_id", flat=True)))
    return kind, len(keys), keys[:SHOWN]


def _lapsed(since: date) -> tuple[Kind, int, list[int]]:
    rows = Procedure.objects.filter(
        in_use_until__gte=since - timedelta(days=1), in_use_until__lt=as_at.day(), retired_on__isnull=True
    )
    newest = rows.order_by("-in_use_until", "pk").values_list("pk", flat=True)[:SHOWN]
    return Kind.LAPSED, rows.count(), list(newest)


def _registered(since: date) -> tuple[Kind, int, list[int]]:
    rows = Project.objects.filter(status=Project.Status.REGISTERED, registered_on__gte=since)
    newest = rows.order_by("-registered_on", "-pk").values_list("pk", flat=True)[:SHOWN]
    return Kind.REGISTERED, rows.count(), list(newest)


def _decided(user: User, since: date) -> Change:
    rows = for_list(user).filter(
        status=RequestStatus.PUBLISHED, decisions__published_at__gte=clock.end_of_day(since - timedelta(days=1))
    )
    rows = rows.order_by("-decisions__published_at", "pk")
    return Change(Kind.DECIDED, rows.count(), list(rows[:SHOWN]))
