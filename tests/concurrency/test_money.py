"""Two commitments on one envelope and two releases of one approval, all in the same instant (TRUST C1, C12)."""

from decimal import Decimal
import time

from django.db.models import F, Sum
import pytest

from core import clock
from funding import invariants, money_facts, services
from funding.models import Decision, Envelope, EnvelopeVote
from funding.services import locks, money
from tests.concurrency.conftest import codes, errors, tries_until_wrong
from tests.factories.funding import EnvelopeFactory
from tests.factories.records import MilestoneFactory
from tests.funding.purse import PAID_ON, decided

ONE = Decimal("1.00")
RACES_IN_ONE_ENVELOPE = 250  # sums over more rows than this would be what is timed


class Till:
    """One envelope, three approvals: two compete for its last dollar, the third has one dollar to release."""

    def __init__(self, office):
        self.office = office
        self.decisions = [decided(office) for _number in range(3)]
        self.milestone = MilestoneFactory(project=self.decisions[2].request.project, done_on=PAID_ON)
        self.new_envelope()

    def new_envelope(self):
        self.envelope = EnvelopeFactory(amount=Decimal("0.00"))
        self.races = 0

    def fill(self):
        """Two dollars more are voted; one is committed to the approval that releases, so one is left."""
        instant = clock.now()
        EnvelopeVote.objects.create(
            envelope=self.envelope,
            amount=2 * ONE,
            source="FCR",
            status="approved",
            proposed_at=instant,
            approved_at=instant,
        )
        Envelope.objects.filter(pk=self.envelope.pk).update(amount=F("amount") + 2 * ONE)
        self.commit(self.decisions[2])

    def commit(self, decision):
        return services.commit(
            actor=self.office.world["finance"],
            decision_id=decision.pk,
            envelope_id=self.envelope.pk,
            amount=ONE,
        )

    def release(self):
        return services.release_money(
            actor=self.office.world["finance"],
            decision_id=self.decisions[2].pk,
            envelope_id=self.envelope.pk,
            milestone_id=self.milestone.pk,
            amount=ONE,
        )

    def race(self, crowd):
        """Each sum has room for exactly one of its two; what else happens in the envelope changes nothing."""
        if self.races == RACES_IN_ONE_ENVELOPE:
            self.new_envelope()
        self.races += 1
        self.fill()
        results = crowd.together(
            lambda: self.commit(self.decisions[0]),
            lambda: self.commit(self.decisions[1]),
            self.release,
            self.release,
        )
        held = self.envelope.commitments.aggregate(total=Sum("amount"))["total"]
        released = self.envelope.releases.aggregate(total=Sum("amount"))["total"]
        refused = sorted(codes(results))
        wrong = held != 2 * self.races * ONE or released != self.races * ONE
        return len(errors(results)) + (wrong or refused != ["envelope.overdrawn", "release.overdrawn"])


@pytest.fixture
def till(office):
    return Till(office)


@pytest.mark.prove("funding")
def test_commitments_and_releases_at_once_overdraw_nothing(till, crowd, proof):
    races = proof.size(gate=8, full=5_000)
    wrong = sum(till.race(crowd) for _race in range(races))
    broken = invariants.check()
    proof.figure("commitments", 2 * races)
    proof.figure("releases", 2 * races)
    proof.figure("wrong", wrong)
    proof.figure("broken_invariants", len(broken))

    assert wrong == 0
    assert broken == []


@pytest.mark.prove("funding")
@pytest.mark.parametrize("summed", ["committed", "released"])
def test_without_the_locks_money_is_overdrawn(summed, till, crowd, monkeypatch, proof):
    """The twin: rows are read without their lock, and the sum grows old before it is written on."""

    def slowly(found):
        def sums(*args):
            answer = found(*args)
            time.sleep(0.02)
            return answer

        return sums

    monkeypatch.setattr(locks, "envelope_row", lambda key: Envelope.objects.get(pk=key))
    monkeypatch.setattr(
        locks, "decision_row", lambda key: Decision.objects.select_related("request__project").get(pk=key)
    )
    if summed == "committed":
        monkeypatch.setattr(money, "_committed", slowly(money._committed))
    else:
        monkeypatch.setattr(money_facts, "may_release", slowly(money_facts.may_release))
    first_wrong = tries_until_wrong(lambda: till.race(crowd))
    proof.figure("first_wrong_race", first_wrong)

    assert first_wrong
