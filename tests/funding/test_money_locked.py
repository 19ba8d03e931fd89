"""Money of the LegCo tier: nothing may be done with it before the Finance Committee's approval is published (WF-07)."""

from decimal import Decimal

import pytest

from core.errors import Conflict
from funding import services
from funding.models import Commitment, Decision, Expenditure, Release
from tests.factories.funding import EnvelopeFactory
from tests.factories.records import MilestoneFactory
from tests.funding import outcomes
from tests.funding.purse import PAID_ON, Purse


def attempts(office, decision):
    """Each act that would touch the money of a decision."""
    envelope, later = EnvelopeFactory(), EnvelopeFactory(financial_year=2027)
    milestone = MilestoneFactory(project=decision.request.project, done_on=PAID_ON)
    purse = Purse(office, decision, envelope)
    return {
        "commit": lambda: purse.commit("1000.00"),
        "release": lambda: purse.release("400.00", milestone=milestone),
        "spend": lambda: purse.spend("300.00"),
        "carry": lambda: purse.carry("300.00", later),
    }


def refusals(acts):
    found = {}
    for name, act in acts.items():
        with pytest.raises(Conflict) as refusal:
            act()
        found[name] = refusal.value.code
    assert not (Commitment.objects.exists() or Expenditure.objects.exists() or Release.objects.exists())
    return found


def test_money_stays_locked_until_the_outcome_is_recorded_confirmed_and_published(office):
    request = outcomes.before_legco(office)
    recommended = Decision.objects.get(request=request)
    locked = {"commit": "legco.locked", "release": "legco.locked", "carry": "legco.locked"}
    locked |= {"spend": "decision.not_approved"}
    assert refusals(attempts(office, recommended)) == locked

    outcomes.record(office, request)
    assert refusals(attempts(office, recommended)) == locked

    services.confirm_outcome(
        actor=outcomes.officer("treasury", "finance"), request_id=request.pk, figures=outcomes.figures()
    )
    assert refusals(attempts(office, recommended)) == locked
    assert not Decision.objects.filter(request=request, outcome="approved").exists()

    services.publish_outcome(actor=office.world["secretary"], request_id=request.pk)
    approved = Decision.objects.get(request=request, outcome="approved")
    for act in attempts(office, approved).values():
        act()

    assert Commitment.objects.get().amount == Decimal("1000.00")
