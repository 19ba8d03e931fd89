"""The stored links between requests: who is connected with whom, and the locks that keep a sum true (TRUST T1)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import Unavailable
from funding.models import FundingRequest
from funding.rules import group
from funding.rules.group import Member
from funding.services.reach import Linked, linked, reached_from

# The first half of a lock's key: "fun" and a number.
PROJECT, PROCEDURE, REQUEST, PROGRAMME = 0x66756E01, 0x66756E02, 0x66756E03, 0x66756E04
MOST_TRIES = 20

Key = tuple[int, int]


def member(request: FundingRequest) -> Member:
    """A stored request as the start of its group. A draft stands where it would if submitted today."""
    [stored] = members([request.pk])
    first = request.first_submitted_at
    return replace(
        stored,
        project=request.project_id,
        first_submitted_on=clock.hong_kong_day(first) if first else clock.today(),
        counts=None,
        programme=request.programme_id,
        supplements=request.supplements_id,
    )


def connected_with(start: Member) -> list[Member]:
    """Every request ever submitted that is linked with `start` in any number of steps, whenever it was."""
    keys = reached_from(start)
    return members(keys) if keys else []


def hold(start: Member) -> None:
    """Lock everything the group hangs together by, so that two linked submissions see each other's amount.

    Keys are taken in ascending order. If the group has grown while waiting, all are given back and taken
    again with the new ones, so that the order holds and nobody waits in a circle.
    """
    wanted = _keys(start, connected_with(start))
    for _try in range(MOST_TRIES):
        savepoint = transaction.savepoint()
        _take(sorted(wanted))
        found = _keys(start, connected_with(start))
        if found <= wanted:
            transaction.savepoint_commit(savepoint)
            return
        transaction.savepoint_rollback(savepoint)
        wanted |= found
    raise Unavailable("request.busy", _("Related requests are being submitted just now. Try again."))


def hold_request(request_id: int) -> None:
    """As `hold`, for the links of a stored request; before the request's own row is locked."""
    stored = FundingRequest.objects.filter(pk=request_id).first()
    if stored is not None:
        hold(member(stored))


@dataclass(frozen=True, slots=True)
class _Ends:
    """Everything that requests can hang together by."""

    projects: set[int]
    procedures: set[int]
    requests: set[int]
    programmes: set[int]

    @classmethod
    def of(cls, members: Iterable[Member]) -> Self:
        found = list(members)
        return cls(
            projects={one.project for one in found},
            procedures={key for one in found for key in one.procedures},
            requests={key for one in found for key in (one.key, *one.declared, one.supplements) if key is not None},
            programmes={one.programme for one in found if one.programme is not None},
        )

    def keys(self) -> set[Key]:
        kinds = {
            PROJECT: self.projects,
            PROCEDURE: self.procedures,
            REQUEST: self.requests,
            PROGRAMME: self.programmes,
        }
        return {(kind, key) for kind, keys in kinds.items() for key in keys}


def _keys(start: Member, others: Iterable[Member]) -> set[Key]:
    return _Ends.of([start, *others]).keys()


def _take(keys: Iterable[Key]) -> None:
    with connection.cursor() as cursor:
        for kind, key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [kind, key % 2**31])


def members(keys: Iterable[int]) -> list[Member]:
    """Stored requests as grouping sees them, in one query however many they are."""
    return [_member(row) for row in linked(keys)]


def _member(row: Linked) -> Member:
    first = row.first_submitted_at
    return Member(
        key=row.key,
        project=row.project,
        first_submitted_on=clock.hong_kong_day(first) if first else clock.today(),
        counts=group.counted_amount(
            status=row.status, outcome=row.outcome, submitted=row.own_amount, approved=row.approved
        ),
        procedures=frozenset(row.procedures),
        declared=frozenset(row.joined),
        programme=row.programme,
        supplements=row.supplements,
        apart=frozenset(row.apart),
    )
