"""Linked requests that are submitted in the same instant (TRUST C1)."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from funding import invariants, services
from funding.models import FundingRequest, Tier
from tests.concurrency.conftest import Crowd, errors, tries_until_wrong
from tests.conftest import _empty
from tests.factories.funding import Office, make_office
from tests.plugins.personas import make_world

RACES_IN_ONE_DATABASE = 50


def races(race: Callable[[Office, Crowd], int], crowd: Crowd, count: int) -> int:
    """How many of so many races went wrong; each fifty have an office of their own, checked before it goes."""
    wrong = 0
    for first in range(0, count, RACES_IN_ONE_DATABASE):
        _empty()
        office = make_office(make_world(), seats=3)
        wrong += sum(race(office, crowd) for _race in range(first, min(first + RACES_IN_ONE_DATABASE, count)))
        assert invariants.check() == []
    return wrong


def submit_two_parts(office, crowd):
    """Two parts of HK$400,000.00 for one project, submitted at once. Both must end at the tier of the sum."""
    project = office.new_project()
    drafts = [office.draft("400000.00", project_id=project.pk) for _part in range(2)]

    def submit(draft):
        return lambda: services.submit_request(
            actor=office.world["applicant"], request_id=draft.pk, expected_version=draft.version
        )

    results = crowd.together(*[submit(draft) for draft in drafts])
    stored = FundingRequest.objects.filter(project=project).values_list("tier", "assessed_amount")
    return len(errors(results)) + (set(stored) != {(Tier.WORKING_GROUP, Decimal("800000.00"))})


@pytest.mark.prove("votes", parts=10)
def test_two_linked_requests_submitted_at_once_see_each_other(committed_db, crowd, proof, part):
    """10,000 submissions, two at once."""
    wrong = races(submit_two_parts, crowd, proof.size(gate=5, full=500))
    proof.figure("wrong", wrong)

    assert wrong == 0


@pytest.mark.prove("votes")
def test_without_the_locks_linked_requests_miss_each_other(office, crowd, without_locks, proof):
    first_wrong = tries_until_wrong(lambda: submit_two_parts(office, crowd))
    proof.figure("first_wrong_race", first_wrong)

    assert first_wrong


def submit_a_chain(office, crowd):
    """Three parts, each declared as related to the one before only, submitted at once by three people."""
    drafts = []
    for _part in range(3):
        linked = [drafts[-1].pk] if drafts else []
        drafts.append(office.draft("200000.00", project_id=office.new_project().pk, linked_ids=linked))

    def submit(draft):
        return lambda: services.submit_request(
            actor=office.world["applicant"], request_id=draft.pk, expected_version=draft.version
        )

    results = crowd.together(*[submit(draft) for draft in drafts])
    stored = FundingRequest.objects.filter(pk__in=[draft.pk for draft in drafts])
    return len(errors(results)) + (set(stored.values_list("assessed_amount", flat=True)) != {Decimal("600000.00")})


@pytest.mark.prove("votes", parts=10)
def test_a_chain_of_links_submitted_at_once_sums_whole(committed_db, crowd, proof, part):
    """10,000 submissions, three at once."""
    wrong = races(submit_a_chain, crowd, proof.size(gate=5, full=334))
    proof.figure("wrong", wrong)

    assert wrong == 0
