"""What decides whether a person may vote in a round, read in one statement as it stands (DESIGN 5, TRUST C1)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from core import clock
from funding.models import FundingPolicy, FundingRequest
from funding.rules import conflicts


@dataclass(frozen=True, slots=True)
class SeatNow:
    """The one seat of the roll that a person holds or stands in for, and what its votes and terms say now."""

    id: int
    number: int
    is_holder: bool
    is_recused: bool
    alternate_recused: bool
    is_absent: bool
    term_runs: bool
    other_has_spoken: bool  # the holder for the alternate, the alternate for the holder, by a vote that is not void
    last_revision: int


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person before one round. `at` is the database's clock at the reading."""

    round_id: int
    person_id: int
    body_id: int
    status: str
    deadline_at: datetime | None
    motion_digest: str
    at: datetime
    grounds: tuple[str, ...]
    seat: SeatNow | None

    @property
    def ledger_ref(self) -> str:
        """That of its round."""
        return f"round:{self.round_id}"


INVOLVED = "SELECT part, person_id FROM funding_involved(%s, %s)"
BALLOT = "SELECT * FROM funding_ballot(%s, %s, %s, %s, %s)"


def involved(request: FundingRequest) -> conflicts.Involved:
    """Everybody whose own item this is, or who belongs to its department today."""
    with connection.cursor() as cursor:
        cursor.execute(INVOLVED, (request.pk, clock.today()))
        return conflicts.involved(cursor.fetchall())


def read(round_id: int, person_id: int, *, locked: bool = False) -> Ballot | None:
    """The person before the round, or None where there is no such round.

    With `locked` the round is first locked until commit and then read, in one round trip.
    """
    with connection.cursor() as cursor:
        cursor.execute(BALLOT, (round_id, person_id, clock.today(), clock.story(), locked))
        row = cursor.fetchone()
    if row is None:
        return None
    body_id, status, deadline_at, motion_digest, at, same_department, parts, *seat = row
    grounds = conflicts.grounds(
        person_id,
        conflicts.involved((part, person_id) for part in parts),
        same_department_recused=same_department in (None, FundingPolicy.SameDepartment.RECUSE),
    )
    sits = SeatNow(*seat) if seat[0] is not None else None
    return Ballot(round_id, person_id, body_id, status, deadline_at, motion_digest, at, grounds, sits)
