"""The counting rule as dated, two-person policy (FEATURES B4, TRUST T5, WF-19, WF-20)."""

from datetime import date, timedelta

from django.urls import reverse
import pytest

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed, Unprocessable
from core.models import LedgerEntry
from projects import services
from projects.models import CountingRule, EvidenceKind, Procedure
from tests.factories.accounts import PostingFactory, UserFactory, give_role
from tests.factories.projects import ProcedureFactory, record_fact
from tests.projects.refusals import refused

SOON = timedelta(days=30)


@pytest.fixture
def second(world):
    user = UserFactory(username="team2")
    PostingFactory(person=user.person, department=world.team_department)
    give_role(user.person, "team")
    return user


def propose(actor, **more):
    said = {
        "starts_on": clock.today() + SOON,
        "required_evidence": [EvidenceKind.OPERATING_RECORD, EvidenceKind.ACCEPTANCE],
        "source": "Circular 3/2026",
    }
    return services.propose_rule(actor=actor, **said | more)


def approve(actor, rule):
    return services.approve_rule(actor=actor, rule_id=rule.pk)


def test_a_rule_is_proposed_by_one_and_approved_by_another(rule, team, second):
    proposed = propose(team)
    refused(NotAllowed, "duty.separate", lambda: approve(team, proposed))
    approve(second, proposed)
    rule.refresh_from_db()

    assert (rule.ends_on, CountingRule.objects.get(status="approved", ends_on=None)) == (proposed.starts_on, proposed)
    acts = LedgerEntry.objects.filter(subject=proposed.ledger_ref).values_list("action", flat=True)
    assert list(acts) == ["counting_rule.proposed", "counting_rule.approved"]
    refused(Conflict, "policy.state", lambda: approve(second, proposed))


def test_a_rule_never_starts_in_the_past(rule, team, second, at):
    yesterday = clock.today() - timedelta(days=1)
    refused(Conflict, "policy.past", lambda: propose(team, starts_on=yesterday))
    proposed = propose(team, starts_on=clock.today())
    CountingRule.objects.filter(pk=proposed.pk).update(starts_on=yesterday)
    refused(Conflict, "policy.past", lambda: approve(second, proposed))
    assert CountingRule.objects.filter(status="approved").count() == 1


def test_rules_never_overlap_also_when_two_proposals_meet(rule, team, second):
    first, other = propose(team), propose(team)
    approve(second, first)

    refused(Conflict, "policy.overlap", lambda: approve(second, other))
    refused(Conflict, "policy.overlap", lambda: propose(team, starts_on=clock.today()))
    refused(Conflict, "policy.overlap", lambda: propose(team))
    propose(team, starts_on=first.starts_on + SOON)


@pytest.mark.parametrize(
    ("said", "error", "code"),
    [
        ({"required_evidence": []}, InvalidInput, "choice.invalid"),
        ({"required_evidence": ["gossip"]}, InvalidInput, "choice.invalid"),
        ({"source": " "}, InvalidInput, "blank"),
        ({"attestation_months": 0}, Unprocessable, "number.range"),
        ({"late_claim_days": 366}, Unprocessable, "number.range"),
        ({"transition_on": date(2025, 1, 1)}, Unprocessable, "date.order"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(rule, team, said, error, code):
    refused(error, code, lambda: propose(team, **said))
    assert CountingRule.objects.count() == 1


def test_only_the_team_proposes_and_a_withdrawn_proposal_stays_on_record(rule, team, second, applicant):
    refused(NotAllowed, "duty.rules", lambda: propose(applicant))
    proposed = propose(team)
    refused(
        InvalidInput,
        "reason.required",
        lambda: services.withdraw_rule(actor=second, rule_id=proposed.pk, reason=" "),
    )
    services.withdraw_rule(actor=second, rule_id=proposed.pk, reason="Not ready.")

    refused(Conflict, "policy.state", lambda: approve(second, proposed))
    assert CountingRule.objects.get(pk=proposed.pk).status == "withdrawn"


@pytest.fixture
def stricter(rule, team):
    """In use today by the first rule; the proposed one lets verifiers be no nearer than another branch."""
    day = clock.today()
    return propose(team, starts_on=day, transition_on=day, verifier_scope="branch")


def test_the_page_names_who_would_fall_before_the_rule_is_approved(stricter, signed_in, second, official):
    near = ProcedureFactory(in_use=True)
    text = signed_in(official).get(reverse("projects:counting-rule-detail", args=[stricter.pk])).content.decode()

    assert near.reference in text
    assert "1 procedure would leave the count" in text
    assert "verified by a person of the delivering department" in text
    assert "1 without this rule, 0 with it" in text


def test_approving_moves_the_count_and_its_reason_at_once(stricter, second, signed_in):
    near = ProcedureFactory(in_use=True)
    approve(second, stricter)
    near.refresh_from_db()

    assert (near.reason, Procedure.objects.in_use(clock.today()).count()) == ("verifier_too_near", 0)


def test_a_rule_that_starts_later_is_worked_out_again_on_its_day(rule, team, second, at):
    waiting = ProcedureFactory(claimed=True, went_live_on=clock.today() - timedelta(days=3))
    record_fact(
        waiting,
        "evidence",
        on=clock.today(),
        claim=waiting.claims.get(),
        evidence_kind=EvidenceKind.ACCEPTANCE,
        note="kept",
    )
    services.refresh_standings()
    waiting.refresh_from_db()
    assert waiting.reason == "evidence_missing"
    approve(second, propose(team, required_evidence=[EvidenceKind.ACCEPTANCE]))
    with at((clock.today() + SOON).isoformat()):
        assert services.refresh_standings() == 1
        assert services.refresh_standings() == 0
    waiting.refresh_from_db()
    assert waiting.reason == "not_verified"


def test_the_page_proposes_and_approves_and_answers_overlaps_with_409(rule, team, second, signed_in):
    new = reverse("projects:counting-rule-new")
    shown = signed_in(team).get(new)
    assert shown.context["form"]["attestation_months"].value() == 12
    typed = {
        "starts_on": (clock.today() + SOON).isoformat(),
        "required_evidence": ["acceptance"],
        "verifier_scope": "family",
        "attestation_months": "6",
        "late_claim_days": "14",
        "restatement_days": "31",
        "source": "Circular 5",
    }
    made = signed_in(team).post(new, typed)
    rule_page = made.url
    assert made.status_code == 302
    assert signed_in(team).post(f"{rule_page}approve/").status_code == 403
    assert signed_in(second).post(f"{rule_page}approve/").status_code == 302
    assert signed_in(team).post(new, typed).status_code == 409
    assert signed_in(team).post(new, typed | {"starts_on": "2020-01-01"}).status_code == 409
    assert signed_in(team).post(new, typed | {"attestation_months": "0"}).status_code == 422
    assert CountingRule.objects.filter(status="approved").count() == 2
    text = signed_in(team).get(reverse("projects:how-we-count")).content.decode()
    assert "6 months after it was verified" in text


def test_the_api_has_the_same_acts(rule, team, second, api):
    body = {
        "starts_on": (clock.today() + SOON).isoformat(),
        "required_evidence": ["acceptance"],
        "source": "Circular 6",
    }
    made = api(team).post("/api/v1/counting-rules/", body, format="json")
    address = f"/api/v1/counting-rules/{made.json()['number']}/"

    assert (made.status_code, made.json()["status"]) == (201, "proposed")
    assert api(team).get(f"{address}impact/").json()["falling"] == []
    assert api(team).post(f"{address}approve/").json()["code"] == "duty.separate"
    assert api(second).post(f"{address}approve/").json()["status"] == "approved"
    again = api(team).post("/api/v1/counting-rules/", body, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "policy.overlap")
