"""Whatever waits for a second person stands in somebody's work: one table of every separation of duties (DESIGN 8)."""

import ast
from pathlib import Path

from django.conf import settings
from django.urls import reverse
import pytest

from accounts.duties import duties_of
from accounts.services import give_role
from core import clock, outbox
from core.models import OutboxMessage
from exchange import services as exchange
from reports import services as reports
from tests.factories.accounts import UserFactory
from tests.factories.accounts import give_role as hold_role

# Each policy that refuses somebody because another person must act, with the duty by which that other person learns
# of it. A policy without one does not make anything wait: the reason stands beside it.
DUTIES = {
    "accounts.policies.can_confirm_role": "role.confirm",
    "exchange.policies.can_approve": "webhook.approve",
    "funding.policies.conditions.can_discharge": "condition.discharge",
    "funding.policies.conditions.can_waive": "condition.waive",
    "funding.policies.dated.can_approve_policy": "policy.approve",
    "funding.policies.delegations.can_approve_delegation": "policy.approve",
    "funding.policies.finance_committee.can_confirm_outcome": "outcome.confirm",
    "funding.policies.lookalikes.can_confirm_cut": "finding.confirm",
    "funding.policies.requests.can_endorse": "request.",
    "funding.policies.reviews.can_answer_review": "review.answer",
    "funding.policies.spending.can_approve_money": "money.approve",
    "funding.policies.states.serves_committee": "request.",
    "kpis.policies.can_verify_reading": "reading.verify",
    "kpis.policies.can_verify_file": "reading.verify",
    "kpis.policies.can_judge_review": "benefit.judge",
    "kpis.policies.can_approve_source": "source.approve",
    "projects.policies.claims._second_person": "claim.confirm",
    "projects.policies.counting.can_approve_rule": "policy.approve",
    "projects.policies.help.can_answer_help": "help.answer",
    "projects.policies.independence.is_independent": "claim.verify",
    "projects.policies.life.can_decide_pilot": "pilot.decide",
    "projects.policies.life.can_decide_exit": "exit.decide",
    "projects.policies.life._is_unconflicted_head": "pilot.decide",
    "reports.policies.can_clear": "report.clear",
    "reports.policies.can_issue": "report.issue",
}
NOTHING_WAITS = {
    "accounts.policies.can_give_role": "nothing is asked before the other administrator begins",
    "accounts.policies._own": "nothing is asked before the other administrator begins",
    "funding.policies.bodies.can_appoint": "nothing is asked before the other secretary begins",
    "funding.policies.conditions._own": "the same condition is discharged or waived by the two above",
    "funding.policies.money.can_commit": "money is committed when finance chooses; no row waits",
    "funding.policies.outcomes._own_item": "the paper of one's own item is another officer's from the start",
    "funding.policies.spending.can_correct_spending": "one act of the second person; no row waits",
    "projects.policies.records.can_rate": "a rating is given or not; no row waits",
}


def separations():
    root = Path(settings.BASE_DIR)
    for path in sorted([*root.glob("*/policies.py"), *root.glob("*/policies/*.py")]):
        for found in ast.parse(path.read_text()).body:
            if isinstance(found, ast.FunctionDef) and _says(found, "duty.separate"):
                yield f"{'.'.join(path.relative_to(root).with_suffix('').parts)}.{found.name}"


def _says(node, word):
    return any(isinstance(each, ast.Constant) and each.value == word for each in ast.walk(node))


def _codes():
    """Every code that a source of duties can yield; of one made from a status, its beginning."""
    root = Path(settings.BASE_DIR)
    for path in [*root.glob("*/duties.py"), *root.glob("*/*_duties.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_every_separation_of_duties_is_in_the_table():
    assert sorted(separations()) == sorted([*DUTIES, *NOTHING_WAITS])


@pytest.mark.parametrize("code", sorted(set(DUTIES.values())))
def test_every_duty_of_the_table_has_a_source(code):
    assert code in set(_codes())


def waits_for(user):
    return [(duty.code, duty.reference) for duty in duties_of(user)]


def test_a_deciding_role_waits_for_the_second_administrator(world):
    second = UserFactory(username="second_administrator")
    hold_role(second.person, "administrator")
    for name in ("administrator", "team", "auditor"):
        assert waits_for(world[name]) == []

    give_role(actor=world["administrator"], person_id=world["outsider"].person_id, role="verifier", reason="Needed.")

    [duty] = duties_of(second)
    assert (duty.code, duty.address) == ("role.confirm", reverse("people:person", args=[world["outsider"].person_id]))
    for name in ("administrator", "outsider", "team", "auditor"):
        assert waits_for(world[name]) == []


def test_a_report_waits_to_be_cleared_and_then_for_a_third_person(world):
    from tests.factories.projects import ProcedureFactory

    ProcedureFactory(department=world.a, in_use=True, went_live_on=clock.today())
    day = clock.today().isoformat()
    report = reports.draft_report(actor=world["report_staff"], form="minister_brief", period=day)
    assert waits_for(world["team"]) == [("report.clear", report.reference)]
    assert waits_for(world["official"]) == waits_for(world["report_staff"]) == []

    reports.clear_report(actor=world["team"], report_id=report.pk)

    assert waits_for(world["official"]) == [("report.issue", report.reference)]
    assert waits_for(world["team"]) == waits_for(world["report_staff"]) == []


def test_a_webhook_waits_for_approval_and_its_dead_letters_for_its_owner(world, monkeypatch):
    sent = {"url": "https://hooks.example.hk/x", "networks": ["10.20.0.0/24"], "events": ["project.gate_passed"]}
    owner = world["applicant"]
    webhook, _secret = exchange.propose(actor=owner, name="Hooks", **sent)
    assert waits_for(world["administrator"]) == waits_for(world["team"]) == [("webhook.approve", webhook.reference)]
    assert waits_for(owner) == []
    exchange.approve(actor=world["administrator"], webhook_id=webhook.pk)
    outbox.add("webhook.deliver", key=f"{webhook.reference}:1", webhook=webhook.pk)
    OutboxMessage.objects.filter(topic="webhook.deliver").update(parked_at=clock.now())

    assert waits_for(owner) == [("webhook.mend", webhook.reference)]
    assert waits_for(world["administrator"]) == []
