"""Submitting, revising, endorsing, screening and withdrawing."""

from decimal import Decimal
import hashlib
import json

from django.utils import timezone
import pytest

from core.errors import Conflict, InvalidInput, InvalidMove, NotAllowed, NotVisible, Stale, Unprocessable
from core.models import LedgerEntry
from funding import invariants, services
from funding.models import FundingRequest, RequestVersion, Tier
from tests.factories.accounts import PostingFactory, give_role
from tests.factories.funding import line
from tests.factories.projects import ProcedureFactory


def facts_of(action):
    entry = LedgerEntry.objects.filter(action=action).latest("position")
    return json.loads(bytes(entry.payload))["facts"]


def revise(office, request, **fields):
    return services.revise_request(
        actor=office.world["applicant"],
        request_id=request.pk,
        expected_version=request.version,
        **{"reason": "New price.", **fields},
    )


def test_submitting_freezes_the_paper_and_chooses_the_tier(office):
    request = office.submitted("1200000.00")

    version = request.versions.get()
    assert (request.status, request.tier, request.assessed_amount) == (
        "submitted",
        Tier.WORKING_GROUP,
        Decimal("1200000.00"),
    )
    assert version.digest == hashlib.sha256(version.content.encode()).hexdigest()
    assert json.loads(version.content)["lines"][0]["amount"] == "1200000.00"
    assert facts_of("request.submitted") == {
        "version": 1,
        "digest": version.digest,
        "own_amount": "1200000.00",
        "assessed_amount": "1200000.00",
        "tier": "working_group",
        "raised": "",
        "policy_from": "2025-10-01",
    }


@pytest.mark.parametrize(
    ("amount", "tier"),
    [
        ("499999.99", "department"),
        ("500000.00", "working_group"),
        ("20000000.00", "working_group"),
        ("20000000.01", "legco"),
    ],
)
def test_the_stored_tier_is_exact_at_every_edge(office, amount, tier):
    assert office.submitted(amount).tier == tier


def test_a_request_for_recurrent_money_alone_is_refused(office, applicant):
    request = office.draft(lines=[line("5.00", category="recurrent")])

    with pytest.raises(InvalidInput) as refusal:
        services.submit_request(actor=applicant, request_id=request.pk, expected_version=1)

    assert refusal.value.code == "amount.min"
    assert not RequestVersion.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_what_was_not_looked_at_is_not_submitted(office, applicant):
    request = office.draft()

    with pytest.raises(Stale):
        services.submit_request(actor=applicant, request_id=request.pk, expected_version=7)

    assert FundingRequest.objects.get().status == "draft"


def test_a_request_is_submitted_once(office, applicant):
    request = office.submitted()

    with pytest.raises(InvalidMove) as refusal:
        services.submit_request(actor=applicant, request_id=request.pk, expected_version=request.version)

    assert refusal.value.code == "state.move"
    assert RequestVersion.objects.count() == 1


def test_a_revision_is_a_new_version_that_is_endorsed_and_screened_again(office):
    request = office.screened("1200000.00")

    revised = revise(office, request, lines=[line("700000.00")])

    assert (revised.status, revised.submitted_version, revised.own_amount) == ("submitted", 2, Decimal("700000.00"))
    assert list(revised.versions.values_list("own_amount", "reason")) == [
        (Decimal("1200000.00"), ""),
        (Decimal("700000.00"), "New price."),
    ]
    assert facts_of("request.revised")["reason"] == "New price."


def test_a_revision_ends_the_open_round_and_keeps_its_votes(office):
    round_ = office.round()
    office.vote(round_, "ff")
    request = FundingRequest.objects.get()

    revise(office, request, lines=[line("700000.00")])

    round_.refresh_from_db()
    assert (round_.status, round_.outcome, round_.votes.count()) == ("ended", "superseded", 2)
    assert invariants.check() == []


def test_a_revision_needs_a_reason(office):
    request = office.submitted()

    with pytest.raises(InvalidInput) as refusal:
        revise(office, request, reason=" ", title_en="Other")

    request.refresh_from_db()
    assert (refusal.value.code, request.title_en) == ("reason.required", "Model for letters")


def test_a_revision_cannot_leave_its_group(office):
    procedure = ProcedureFactory(project=office.project)
    request = office.submitted(procedure_ids=[procedure.pk])

    with pytest.raises(Unprocessable) as refusal:
        revise(office, request, procedure_ids=[])

    assert refusal.value.code == "link.kept"
    assert list(request.procedures.all()) == [procedure]


def test_a_decided_request_is_not_revised(office):
    office.published()
    request = FundingRequest.objects.get()

    with pytest.raises(InvalidMove):
        revise(office, request, title_en="Other")


def test_the_head_endorses_with_a_statement(office, head):
    request = office.submitted()

    services.endorse_request(actor=head, request_id=request.pk, statement="Needed.")

    request.refresh_from_db()
    assert (request.status, request.steps.last().note) == ("endorsed", "Needed.")
    assert facts_of("request.endorsed") == {"version": 1, "statement": "Needed."}


@pytest.mark.parametrize(
    ("persona", "amount", "statement", "error", "code"),
    [
        ("colleague", "1200000.00", "Needed.", NotAllowed, "head.only"),
        ("secretary", "1200000.00", "Needed.", NotAllowed, "head.only"),
        ("outsider", "1200000.00", "Needed.", NotVisible, "request.none"),
        ("head", "499999.99", "Needed.", Conflict, "tier.mismatch"),
        ("head", "1200000.00", " ", InvalidInput, "statement.required"),
    ],
)
def test_an_endorsement_is_refused(office, persona, amount, statement, error, code):
    request = office.submitted(amount)

    with pytest.raises(error) as refusal:
        services.endorse_request(actor=office.world[persona], request_id=request.pk, statement=statement)

    request.refresh_from_db()
    assert (refusal.value.code, request.status) == (code, "submitted")
    assert not LedgerEntry.objects.filter(action="request.endorsed").exists()


def test_a_head_who_wrote_part_of_it_cannot_endorse_it(office, head):
    request = office.draft()
    request = services.edit_draft(actor=head, request_id=request.pk, expected_version=1, title_en="Better")
    services.submit_request(actor=office.world["applicant"], request_id=request.pk, expected_version=2)

    with pytest.raises(NotAllowed) as refusal:
        services.endorse_request(actor=head, request_id=request.pk, statement="Mine.")

    assert refusal.value.code == "duty.separate"


def test_what_no_head_may_endorse_is_screened_straight_from_submission(office, head, secretary):
    request = office.submitted(actor=head)

    screened = services.screen_request(actor=secretary, request_id=request.pk)

    assert screened.status == "screened"
    assert facts_of("request.screened") == {"version": 1, "endorsed": False}


def test_screening_waits_for_the_endorsement(office, secretary):
    request = office.submitted()

    with pytest.raises(InvalidMove) as refusal:
        services.screen_request(actor=secretary, request_id=request.pk)

    assert refusal.value.code == "state.move"


def test_only_the_secretary_screens_and_never_the_secretarys_own_request(office, team, secretary):
    request = office.submitted()
    services.endorse_request(actor=office.world["head"], request_id=request.pk, statement="Needed.")
    with pytest.raises(NotAllowed) as stranger:
        services.screen_request(actor=team, request_id=request.pk)
    request.editors.create(person=secretary.person)
    with pytest.raises(NotAllowed) as own:
        services.screen_request(actor=secretary, request_id=request.pk)

    assert (stranger.value.code, own.value.code) == ("secretary.only", "duty.separate")


def test_the_applicant_withdraws_and_an_open_round_ends_with_it(office, applicant):
    round_ = office.round()

    services.withdraw_request(actor=applicant, request_id=round_.request_id, reason="Cancelled.")

    round_.refresh_from_db()
    assert (round_.status, round_.outcome, round_.request.status) == ("ended", "withdrawn", "withdrawn")
    assert facts_of("request.withdrawn") == {"reason": "Cancelled."}


@pytest.mark.parametrize(
    ("persona", "reason", "error", "code"),
    [
        ("colleague", "Cancelled.", NotAllowed, "applicant.only"),
        ("applicant", " ", InvalidInput, "reason.required"),
    ],
)
def test_a_withdrawal_is_refused(office, persona, reason, error, code):
    request = office.submitted()

    with pytest.raises(error) as refusal:
        services.withdraw_request(actor=office.world[persona], request_id=request.pk, reason=reason)

    request.refresh_from_db()
    assert (refusal.value.code, request.status) == (code, "submitted")


def test_an_acting_head_after_the_old_one_left_endorses(office, head, colleague):
    request = office.submitted()
    head.person.postings.update(ends_on=timezone.localdate())
    PostingFactory(person=colleague.person, department=office.world.a, duty="head", starts_on=timezone.localdate())
    give_role(colleague.person, "report_staff")

    assert services.endorse_request(actor=colleague, request_id=request.pk, statement="Yes.").status == "endorsed"
