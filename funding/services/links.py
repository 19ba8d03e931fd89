"""The stored links between requests: who is connected with whom, and the locks that keep a sum true (TRUST T1)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import Unavailable
from funding.models import Decision, FundingRequest, LinkFinding
from funding.rules import group
from funding.rules.group import Member
from funding.services.reach import reached_from

# The first half of a lock's key: "fun" and a number.
PROJECT, PROCEDURE, REQUEST, PROGRAMME = 0x66756E01, 0x66756E02, 0x66756E03, 0x66756E04
MOST_TRIES = 20

Key = tuple[int, int]


def member(request: FundingRequest) -> Member:
    """A stored request as the start of its group. A draft stands where it would if submitted today."""
    stored = _with_links(FundingRequest.objects.filter(pk=request.pk)).get()
    first = request.first_submitted_at
    return replace(
        _member(stored),
        project=request.project_id,
        first_submitted_on=clock.hong_kong_day(first) if first else clock.today(),
        counts=None,
        programme=request.programme_id,
        supplements=request.supplements_id,
    )


def connected_with(start: Member) -> list[Member]:
    """Every request ever submitted that is linked with `start` in any number of steps, whenever it was."""
    keys = reached_from(start)
    return members(FundingRequest.objects.filter(pk__in=keys)) if keys else []


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


def members(rows: "QuerySet[FundingRequest]") -> list[Member]:
    """Requests as grouping sees them, in one query however many they are."""
    return [_member(row) for row in _with_links(rows).order_by("pk")]


def _with_links(rows: "QuerySet[FundingRequest]") -> "QuerySet[FundingRequest, Any]":
    """Requests with what was approved of them, what they are linked by, and what findings join or keep apart."""
    decided = Decision.objects.filter(request=OuterRef("pk"), published_at__isnull=False).order_by()
    served = FundingRequest.procedures.through._default_manager.filter(fundingrequest=OuterRef("pk"))
    declared = FundingRequest.linked.through._default_manager.filter(from_fundingrequest=OuterRef("pk"))
    return rows.annotate(
        approved=Subquery(decided.values("request").annotate(sum=Sum("amount")).values("sum")),
        served=ArraySubquery(served.values("procedure")),
        declared=ArraySubquery(declared.values("to_fundingrequest")),
        joined=_found(LinkFinding.Kind.JOINS),
        apart=_found(LinkFinding.Kind.CUTS),
    )


def _found(kind: str) -> ArraySubquery:
    """The requests that standing findings of a kind name together with the one at hand."""
    here = OuterRef("pk")
    findings = LinkFinding.objects.standing().filter(Q(first=here) | Q(second=here), kind=kind).order_by()
    return ArraySubquery(findings.values(other=Case(When(first=here, then="second"), default="first")))


def _member(row: Any) -> Member:
    first = row.first_submitted_at
    return Member(
        key=row.pk,
        project=row.project_id,
        first_submitted_on=clock.hong_kong_day(first) if first else clock.today(),
        counts=group.counted_amount(
            status=row.status, outcome=row.outcome, submitted=row.own_amount, approved=row.approved
        ),
        procedures=frozenset(row.served),
        declared=frozenset(row.declared) | frozenset(row.joined),
        programme=row.programme_id,
        supplements=row.supplements_id,
        apart=frozenset(row.apart),
    )
