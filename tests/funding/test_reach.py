"""The database's walk over links reaches what a plain walk over all requests reaches."""

from dataclasses import replace
from random import Random

from django.utils import timezone
import pytest

from accounts.models import Person
from funding.installation import install
from funding.models import FundingRequest, LinkFinding, Programme
from funding.rules.group import Member, link_between
from funding.services import links
from tests.factories.funding import FundingRequestFactory
from tests.factories.projects import ProcedureFactory, ProjectFactory

REQUESTS = 14


@pytest.fixture
def tangle(db):
    """Submitted requests that hang together in every way there is, by chance; the last is a draft."""
    chance = Random(20261122)
    projects = ProjectFactory.create_batch(9)
    procedures = ProcedureFactory.create_batch(6)
    person = FundingRequestFactory(project=projects[0]).applicant
    programme = Programme.objects.create(
        reference="PROG-0001",
        name_en="Programme",
        department=projects[0].department,
        declared_by=person,
        declared_at=timezone.now(),
    )
    submitted = {"status": "submitted", "tier": "working_group", "policy": install(), "submitted_version": 1}
    submitted |= {"first_submitted_at": timezone.now(), "assessed_amount": "1200000.00"}
    made: list[FundingRequest] = []
    for number in range(REQUESTS):
        made.append(
            FundingRequestFactory(
                project=chance.choice(projects),
                applicant=person,
                programme=programme if chance.random() < 0.15 else None,
                supplements=chance.choice(made) if made and chance.random() < 0.15 else None,
                **(submitted if number < REQUESTS - 1 else {}),
            )
        )
        if chance.random() < 0.3:
            made[-1].procedures.add(chance.choice(procedures))
        if made[:-1] and chance.random() < 0.15:
            made[-1].linked.add(chance.choice(made[:-1]))
    _find(made[0], made[1], LinkFinding.Kind.JOINS, person)
    _find(made[2], made[3], LinkFinding.Kind.CUTS, person)
    return made


def _find(first: FundingRequest, second: FundingRequest, kind: str, person: Person) -> None:
    told = {"kind": kind, "status": "stands", "reason": "Seen.", "found_by": person, "found_at": timezone.now()}
    if kind == LinkFinding.Kind.CUTS:
        told |= {"second_by": FundingRequestFactory().applicant, "second_at": timezone.now()}
    LinkFinding.objects.create(first=first, second=second, **told)


def walked(start: Member, others: list[Member]) -> set[int]:
    """Everything in reach of `start`; a cut keeps two requests from being summed, not from being looked at."""
    found, reached = {start.key}, [start]
    while reached:
        here = reached.pop()
        for other in others:
            if other.key not in found and link_between(
                replace(here, apart=frozenset()), replace(other, apart=frozenset())
            ):
                found.add(other.key)
                reached.append(other)
    return found - {start.key}


def _submitted() -> list[int]:
    return list(FundingRequest.objects.filter(first_submitted_at__isnull=False).values_list("pk", flat=True))


def test_the_walk_finds_exactly_what_hangs_together(tangle):
    submitted = links.members(_submitted())

    for request in tangle:
        start = links.member(request)
        assert {one.key for one in links.connected_with(start)} == walked(start, submitted), request.reference


def test_a_form_reaches_what_it_declares_before_it_is_stored(tangle):
    submitted = links.members(_submitted())
    form = Member(0, ProjectFactory().pk, timezone.now().date(), None, declared=frozenset({tangle[4].pk}))

    assert {one.key for one in links.connected_with(form)} == walked(form, submitted)


def test_a_group_is_read_in_two_queries_however_far_it_reaches(tangle, django_assert_num_queries):
    start = links.member(tangle[0])

    with django_assert_num_queries(2):
        assert links.connected_with(start)


def test_a_cut_is_known_to_both_sides(tangle):
    first, second = (links.member(tangle[number]) for number in (2, 3))

    assert (second.key in first.apart, first.key in second.apart) == (True, True)
