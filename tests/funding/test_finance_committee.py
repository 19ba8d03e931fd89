"""The Legislative Council: papers, counts that agree, two officers of different units, then money."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
import pytest

from accounts.models import Posting
from core import clock
from core.errors import Conflict, InvalidInput, InvalidMove, NotAllowed, Unprocessable
from core.models import LedgerEntry
from funding import facts, invariants, services
from funding.models import Decision, FinanceCommitteeEntry, FinanceCommitteeItem, FundingRequest, VotingRule
from funding.rules import finance_committee as rules
from funding.rules.finance_committee import Counts
from funding.rules.tally import Base, Tie
from funding.rules.tally import VotingRule as Rule
from tests.factories.accounts import DepartmentFactory
from tests.factories.funding import EnvelopeFactory
from tests.funding.outcomes import ASKED, approved_by_legco, before_legco, figures, officer, record, set_papers

FC = Rule(quorum_share=0, quorum_least=9, tie=Tie.CASTING_VOTE)


def refused(error, code, act):
    with pytest.raises(error) as refusal:
        act()
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("FCR(2026-27)12", True),
        ("FCR(2099-00)1", True),
        ("FCR(2026-28)12", False),
        ("FCR(2026-27)0", False),
        ("FCR(2026-27)", False),
        ("FCR (2026-27) 12", False),
        ("fcr(2026-27)12", False),
        ("FCR(2026-27)12\n", False),
    ],
)
def test_paper_numbers(text, good):
    assert rules.is_paper_number(text) is good


@pytest.mark.parametrize(
    ("outcome", "counts", "fault"),
    [
        ("approved", (40, 30, 5, 2, ""), ""),
        ("approved", (9, 1, 0, 0, ""), ""),
        ("approved", (8, 8, 0, 0, ""), "quorum"),
        ("approved", (40, 20, 21, 0, ""), "present"),
        ("approved", (41, 20, 21, 0, ""), "majority"),
        ("rejected", (41, 20, 21, 0, ""), ""),
        ("rejected", (40, 30, 5, 2, ""), "majority"),
        ("rejected", (40, 0, 0, 12, ""), ""),
        ("approved", (40, 0, 0, 12, ""), "majority"),
        ("approved", (40, 15, 15, 1, ""), "tie"),
        ("rejected", (40, 15, 15, 1, ""), "tie"),
        ("approved", (40, 15, 15, 1, "for"), ""),
        ("rejected", (40, 15, 15, 1, "against"), ""),
        ("rejected", (40, 15, 15, 1, "for"), "majority"),
        ("approved", (40, 16, 15, 1, "for"), "casting"),
        ("withdrawn", (0, 0, 0, 0, ""), ""),
        ("withdrawn", (40, 0, 0, 0, ""), "withdrawn"),
    ],
)
def test_an_outcome_follows_from_its_counts_under_the_committees_rule(outcome, counts, fault):
    assert rules.fault(outcome, Counts(*counts), FC) == fault


def test_under_a_rule_of_members_present_silence_weighs_against():
    present = replace(FC, base=Base.PRESENT, tie=Tie.FAILS)

    assert rules.fault("approved", Counts(40, 20, 3, 0), present) == "majority"
    assert rules.fault("approved", Counts(40, 21, 3, 0), present) == ""


def test_the_installed_rule_is_the_one_of_the_committee(office):
    rule = VotingRule.objects.get(body__code="finance-committee")

    assert facts.voting_rule(rule) == FC
    assert "Rule 71(8)" in rule.source


def test_papers_have_one_number_each_in_its_form(office):
    request = before_legco(office)
    other = before_legco(office, paper="FCR(2026-27)13")

    refused(InvalidInput, "fcr.format", lambda: set_papers(office, other, paper="FCR 2026-27 12"))
    refused(Conflict, "fcr.taken", lambda: set_papers(office, other, paper="FCR(2026-27)12"))
    with pytest.raises(IntegrityError), transaction.atomic():
        FinanceCommitteeItem.objects.filter(request=other).update(paper="FCR(2026-27)12")
    assert request.finance_committee_item.paper == "FCR(2026-27)12"


def test_only_a_published_recommendation_goes_before_the_council(office, secretary):
    small = office.published("1200000.00", project=office.new_project()).request
    lost = office.published(ASKED, "aaaaa", project=office.new_project()).request

    refused(Conflict, "tier.mismatch", lambda: set_papers(office, small, paper="FCR(2026-27)1"))
    refused(Conflict, "tier.mismatch", lambda: record(office, lost, figures(), reason="x"))
    assert not FinanceCommitteeItem.objects.exists()


def test_money_is_locked_until_two_officers_agree_and_it_is_published(office, secretary, finance):
    request = before_legco(office)
    recommendation, envelope = request.decisions.get(), EnvelopeFactory()

    def commit(decision, amount=ASKED):
        return services.commit(actor=finance, decision_id=decision.pk, envelope_id=envelope.pk, amount=Decimal(amount))

    refused(Conflict, "legco.locked", lambda: commit(recommendation))
    record(office, request, figures("24000000.00"), reason="Without the reserve.")
    refused(Conflict, "legco.locked", lambda: commit(recommendation))
    refused(InvalidMove, "state.move", lambda: services.publish_outcome(actor=secretary, request_id=request.pk))
    treasury = officer("treasury", "finance")
    services.confirm_outcome(actor=treasury, request_id=request.pk, figures=figures("24000000.00"))
    refused(Conflict, "legco.locked", lambda: commit(recommendation))
    decision = services.publish_outcome(actor=secretary, request_id=request.pk)

    commit(decision, "24000000.00")
    request.refresh_from_db()
    assert (request.status, request.outcome, decision.is_in_part) == ("published", "approved", True)
    assert (decision.tier, decision.amount, decision.reason) == (
        "legco",
        Decimal("24000000.00"),
        "Without the reserve.",
    )
    assert decision.entry.verdict.by == treasury.person
    assert list(
        LedgerEntry.objects.filter(subject=request.reference, action__startswith="legco")
        .order_by("position")
        .values_list("action", flat=True)
    ) == ["legco.papers_set", "legco.recorded", "legco.confirmed"]
    assert invariants.check() == []


def test_one_person_does_not_hold_both_pens_nor_do_two_of_one_unit(office, secretary, finance):
    request = before_legco(office)
    record(office, request)

    def confirm(actor):
        return services.confirm_outcome(actor=actor, request_id=request.pk, figures=figures())

    unit = Posting.objects.get(person=secretary.person).department
    child = officer("child", "finance", DepartmentFactory(parent=unit))
    refused(NotAllowed, "duty.separate", lambda: confirm(secretary))
    refused(NotAllowed, "duty.unit", lambda: confirm(finance))
    refused(NotAllowed, "duty.unit", lambda: confirm(child))
    refused(NotAllowed, "legco.confirm", lambda: confirm(office.world["applicant"]))
    assert confirm(officer("treasury", "finance")).verdict.verdict == "confirmed"


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": Decimal("24999999.99")},
        {"outcome": "rejected"},
        {"meeting_on": clock.today() - timedelta(days=1)},
        {"counts": Counts(40, 30, 5, 3)},
        {"counts": Counts(41, 30, 5, 2)},
    ],
)
def test_a_discrepant_confirmation_changes_nothing(office, changed):
    request = before_legco(office)
    record(office, request)

    said = replace(figures(), **changed)
    second = officer("treasury", "finance")
    refused(
        Conflict,
        "legco.discrepant",
        lambda: services.confirm_outcome(actor=second, request_id=request.pk, figures=said),
    )
    assert FinanceCommitteeItem.objects.get(request=request).status == "recorded"


def test_an_entry_is_sent_back_with_a_reason_and_the_next_is_a_revision(office):
    request = before_legco(office)
    record(office, request, figures("20000000.00"), reason="Misread.")
    second = officer("treasury", "finance")
    refused(
        InvalidInput,
        "reason.required",
        lambda: services.return_entry(actor=second, request_id=request.pk, reason=" "),
    )
    services.return_entry(actor=second, request_id=request.pk, reason="The minutes say 25 million.")
    record(office, request)
    services.confirm_outcome(actor=second, request_id=request.pk, figures=figures())

    rows = FinanceCommitteeEntry.objects.order_by("revision")
    assert [(row.revision, str(row.amount), row.verdict.verdict) for row in rows] == [
        (1, "20000000.00", "returned"),
        (2, ASKED, "confirmed"),
    ]


@pytest.mark.parametrize(
    ("said", "reason", "error", "code"),
    [
        (figures("25000000.01"), "", Unprocessable, "decision.amount"),
        (figures("0.00"), "", Unprocessable, "decision.amount"),
        (figures("24000000.00"), "", InvalidInput, "reason.required"),
        (figures("0.00", outcome="rejected"), "So.", Unprocessable, "legco.majority"),
        (
            figures(counts={"present": 8, "votes_for": 8, "votes_against": 0, "abstained": 0}),
            "",
            Unprocessable,
            "legco.quorum",
        ),
        (figures(meeting_on=clock.today() + timedelta(days=1)), "", Unprocessable, "meeting.day"),
        (figures(meeting_on=clock.today() - timedelta(days=1)), "", Unprocessable, "meeting.day"),
        (figures("0.00", outcome="returned"), "", InvalidInput, "choice.invalid"),
    ],
)
def test_what_cannot_be_is_not_recorded(office, said, reason, error, code):
    request = before_legco(office)

    refused(error, code, lambda: record(office, request, said, reason=reason))
    assert not FinanceCommitteeEntry.objects.exists()


def test_nothing_is_recorded_before_the_papers_or_by_another(office, finance):
    decision = office.published(ASKED, project=office.new_project())

    refused(Conflict, "legco.papers", lambda: record(office, decision.request))
    refused(NotAllowed, "secretary.only", lambda: record(office, decision.request, by=finance))


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        ("rejected", {"votes_for": 5, "votes_against": 30}),
        ("withdrawn", {"present": 0, "votes_for": 0, "votes_against": 0, "abstained": 0}),
    ],
)
def test_a_rejection_or_a_withdrawal_ends_it_without_money(office, secretary, outcome, counts):
    request = before_legco(office)
    said = figures("0.00", outcome=outcome, counts=counts)
    record(office, request, said, reason="The Administration did not persuade.")
    services.confirm_outcome(actor=officer("treasury", "finance"), request_id=request.pk, figures=said)

    decision = services.publish_outcome(actor=secretary, request_id=request.pk)

    request.refresh_from_db()
    later = office.submitted("100.00", project_id=request.project_id)
    assert (request.outcome, decision.amount, str(later.assessed_amount)) == (outcome, Decimal("0.00"), "100.00")
    assert invariants.check() == []


def test_what_was_recommended_counts_until_the_council_decides_and_then_what_it_approved(office, secretary):
    request = before_legco(office)
    first = office.submitted("100.00", project_id=request.project_id)
    record(office, request, figures("21000000.00"), reason="Less.")
    services.confirm_outcome(
        actor=officer("treasury", "finance"), request_id=request.pk, figures=figures("21000000.00")
    )
    services.publish_outcome(actor=secretary, request_id=request.pk)

    before = str(first.assessed_amount)
    first.refresh_from_db()
    assert (before, str(first.assessed_amount)) == ("25000100.00", "21000100.00")


def test_conditions_of_the_recommendation_become_tasks_when_the_council_approves(office):
    round_ = office.round(ASKED, conditions=["Report to the Panel each year."])
    office.vote(round_, "fffff")
    office.close(round_)
    assert not office.publish(round_).tasks.exists()
    request = FundingRequest.objects.get()
    set_papers(office, request, paper="FCR(2026-27)40")
    record(office, request)
    services.confirm_outcome(actor=officer("treasury", "finance"), request_id=request.pk, figures=figures())

    decision = services.publish_outcome(actor=office.world["secretary"], request_id=request.pk)

    assert [task.text for task in decision.tasks.all()] == ["Report to the Panel each year."]


def test_a_forged_outcome_is_found(office):
    request = approved_by_legco(office)
    assert invariants.check() == []
    Decision.objects.filter(request=request, tier="legco", round=None).update(amount=Decimal("24000000.00"))

    assert [finding[:3] for finding in invariants.check()] == ["I1:"]
