"""Sums that several people add to in the same instant: linked requests, and one envelope."""

from decimal import Decimal
import time

from django.db.models import Sum
import pytest

from funding import invariants, services
from funding.models import Commitment, Envelope, FundingRequest, Tier
from funding.services import locks, money
from tests.concurrency.conftest import codes, errors
from tests.factories.funding import EnvelopeFactory


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


@pytest.mark.prove("votes")
def test_two_linked_requests_submitted_at_once_see_each_other(office, crowd, proof):
    wrong = sum(submit_two_parts(office, crowd) for _race in range(proof.size(gate=5, full=300)))
    proof.figure("wrong", wrong)

    assert wrong == 0
    assert invariants.check() == []


@pytest.mark.prove("votes")
def test_without_the_locks_linked_requests_miss_each_other(office, crowd, without_locks, proof):
    wrong = sum(submit_two_parts(office, crowd) for _race in range(5))
    proof.figure("wrong_without_lock", wrong)

    assert wrong > 0


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


@pytest.mark.prove("votes")
def test_a_chain_of_links_submitted_at_once_sums_whole(office, crowd, proof):
    wrong = sum(submit_a_chain(office, crowd) for _race in range(proof.size(gate=5, full=200)))
    proof.figure("wrong", wrong)

    assert wrong == 0


def commit_twice(office, crowd, decisions):
    """Two commitments of HK$600,000.00 on an envelope of HK$1,000,000.00: one fits."""
    envelope = EnvelopeFactory(amount=Decimal("1000000.00"))

    def commit(decision):
        return lambda: services.commit(
            actor=office.world["finance"],
            decision_id=decision.pk,
            envelope_id=envelope.pk,
            amount=Decimal("600000.00"),
        )

    results = crowd.together(*[commit(decision) for decision in decisions])
    held = envelope.commitments.aggregate(total=Sum("amount"))["total"]
    wrong = held != Decimal("600000.00") or codes(results) != ["envelope.overdrawn"]
    Commitment.objects.filter(envelope=envelope).delete()
    return len(errors(results)) + wrong


@pytest.fixture
def decisions(office):
    return [office.published("900000.00", "f" * 11, project=office.new_project()) for _part in range(2)]


@pytest.mark.prove("votes")
def test_an_envelope_is_never_overdrawn(office, crowd, decisions, proof):
    wrong = sum(commit_twice(office, crowd, decisions) for _race in range(proof.size(gate=10, full=1_000)))
    proof.figure("wrong", wrong)

    assert wrong == 0


@pytest.mark.prove("votes")
def test_without_the_lock_an_envelope_is_overdrawn(office, crowd, decisions, monkeypatch, proof):
    def unlocked(envelope_id):
        return Envelope.objects.get(pk=envelope_id)

    def slowly(rows):
        found = rows.aggregate(total=Sum("amount"))["total"] or Decimal("0.00")
        time.sleep(0.02)
        return found

    monkeypatch.setattr(locks, "envelope_row", unlocked)
    monkeypatch.setattr(money, "_committed", slowly)
    wrong = sum(commit_twice(office, crowd, decisions) for _race in range(3))
    proof.figure("wrong_without_lock", wrong)

    assert wrong > 0
