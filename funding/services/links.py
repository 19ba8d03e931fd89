"""The stored links between requests: who is connected with whom, and the locks that keep a sum true (TRUST T1)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from django.db import connection, models, transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import Unavailable
from funding.models import FundingRequest
from funding.rules import group
from funding.rules.group import Member
from funding.services import found_links

# The first half of a lock's key: "fun" and a number.
PROJECT, PROCEDURE, REQUEST, PROGRAMME = 0x66756E01, 0x66756E02, 0x66756E03, 0x66756E04
MOST_TRIES = 20

Key = tuple[int, int]


def member(request: FundingRequest) -> Member:
    """A stored request as the start of its group. A draft stands where it would if submitted today."""
    first = request.first_submitted_at
    stored = Member(
        key=request.pk,
        project=request.project_id,
        first_submitted_on=clock.hong_kong_day(first) if first else clock.today(),
        counts=None,
        procedures=frozenset(request.procedures.values_list("pk", flat=True)),
        declared=frozenset(request.linked.values_list("pk", flat=True)),
        programme=request.programme_id,
        supplements=request.supplements_id,
    )
    return next(iter(found_links.applied([stored])))


def connected_with(start: Member) -> list[Member]:
    """Every request ever submitted that is linked with `start` in any number of steps, whenever it was."""
    found: dict[int, Member] = {}
    reached = [start]
    while reached:
        reached = members(_linked(_Ends.of(reached)).exclude(pk__in=[start.key, *found]))
        found |= {one.key: one for one in reached}
    return list(found.values())


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


def _linked(ends: _Ends) -> "QuerySet[FundingRequest]":
    """Requests ever submitted that share a project, procedure or programme, or are declared, with any of these."""
    by_procedure = FundingRequest.procedures.through.objects.filter(procedure__in=ends.procedures)
    declared = FundingRequest.linked.through.objects
    return FundingRequest.objects.filter(
        Q(project__in=ends.projects)
        | Q(pk__in=ends.requests)
        | Q(pk__in=by_procedure.values("fundingrequest"))
        | Q(pk__in=declared.filter(from_fundingrequest__in=ends.requests).values("to_fundingrequest"))
        | Q(pk__in=declared.filter(to_fundingrequest__in=ends.requests).values("from_fundingrequest"))
        | Q(supplements__in=ends.requests)
        | Q(programme__in=ends.programmes)
        | Q(pk__in=found_links.joined_with(ends.requests)),
        first_submitted_at__isnull=False,
    )


def members(rows: "QuerySet[FundingRequest]") -> list[Member]:
    """Submitted requests as grouping sees them, in four queries however many they are."""
    approved = Sum("decisions__amount", filter=Q(decisions__published_at__isnull=False))
    found = list(rows.annotate(approved=approved).order_by("pk"))
    procedures = _pairs(FundingRequest.procedures.through, "fundingrequest", "procedure", found)
    declared = _pairs(FundingRequest.linked.through, "from_fundingrequest", "to_fundingrequest", found)
    stored = [
        Member(
            key=row.pk,
            project=row.project_id,
            first_submitted_on=clock.hong_kong_day(row.first_submitted_at),
            counts=group.counted_amount(
                status=row.status, outcome=row.outcome, submitted=row.own_amount, approved=row.approved
            ),
            procedures=frozenset(procedures[row.pk]),
            declared=frozenset(declared[row.pk]),
            programme=row.programme_id,
            supplements=row.supplements_id,
        )
        for row in found
        if row.first_submitted_at is not None
    ]
    return found_links.applied(stored)


def _pairs(through: type[models.Model], owner: str, other: str, rows: Sequence[FundingRequest]) -> dict[int, list[int]]:
    grouped = defaultdict(list)
    pairs = through._default_manager.filter(**{f"{owner}__in": [row.pk for row in rows]})
    for key, linked in pairs.values_list(owner, other):
        grouped[key].append(linked)
    return grouped
