"""Proposals for tests: a second person of the Team, a policy and a voting rule as somebody would propose them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
import pytest

from core import clock
from core.models import LedgerEntry
from funding import services
from funding.models import Body, FundingPolicy, TierLine, VotingRule
from funding.services.funding_policies import NewLine
from tests.factories.accounts import PostingFactory, UserFactory, give_role

SOON = timedelta(days=30)


def second_of_team(world: Any) -> Any:
    user = UserFactory(username="team2")
    PostingFactory(person=user.person, department=world.team_department)
    give_role(user.person, "team")
    return user


def lines(
    first: str = "1000000.00", second: str = "20000000.00", *, first_in: bool = False, second_in: bool = True
) -> list[NewLine]:
    body = Body.objects.get(code="digitalisation-working-group")
    return [
        NewLine("department", Decimal(first), first_in),
        NewLine("working_group", Decimal(second), second_in, body),
        NewLine("legco", body=body),
    ]


def propose(actor: Any, **said: Any) -> FundingPolicy:
    given = {"starts_on": clock.today() + SOON, "lines": lines(), "source": "Circular 4/2026"}
    return services.propose_policy(actor=actor, **given | said)


def approve(actor: Any, policy: FundingPolicy) -> FundingPolicy:
    return services.approve_policy(actor=actor, policy_id=policy.pk)


def propose_rule(actor: Any, **said: Any) -> VotingRule:
    given = {"body": Body.objects.first(), "starts_on": clock.today() + SOON, "source": "Terms of reference 2"}
    return services.propose_voting_rule(actor=actor, **given | said)


def approve_rule(actor: Any, rule: VotingRule) -> VotingRule:
    return services.approve_voting_rule(actor=actor, rule_id=rule.pk)


def refused(error: type[Exception], code: str, work: Any) -> Any:
    """The act is refused with this code and stores nothing."""
    before = _stored()
    with pytest.raises(error) as found, transaction.atomic():
        work()
    assert found.value.code == code
    assert _stored() == before
    return found.value


def _stored() -> tuple[Any, ...]:
    return (
        list(FundingPolicy.objects.order_by("pk").values()),
        TierLine.objects.count(),
        list(VotingRule.objects.order_by("pk").values()),
        LedgerEntry.objects.count(),
    )
