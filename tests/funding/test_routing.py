"""The one function that decides the tier, over stored requests and their links."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core import clock
from core.errors import NotVisible, Unprocessable
from core.models import LedgerEntry
from funding import invariants, services, wording
from funding.models import FundingPolicy, FundingRequest, Round, Tier, TierLine
from tests.factories.accounts import PostingFactory
from tests.factories.funding import line
from tests.factories.projects import ProcedureFactory


def explain(office, amount, *, actor=None, **fields):
    return services.explain_route(
        actor=actor or office.world["applicant"],
        project_id=fields.pop("project_id", office.project.pk),
        own_amount=Decimal(amount),
        **fields,
    )


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("499999.99", "Goes to the Head of Department, because HK$499,999.99 is less than HK$500,000.00."),
        (
            "1200000.00",
            "Goes to the digitalisation working group, because HK$1,200,000.00 is between HK$500,000.00 and"
            " HK$20,000,000.00.",
        ),
        (
            "20000000.01",
            "Goes to the digitalisation working group for a recommendation and then to the Finance Committee of"
            " the Legislative Council, because HK$20,000,000.01 is more than HK$20,000,000.00.",
        ),
    ],
)
def test_the_route_is_explained_before_submitting(office, amount, sentence):
    assert wording.route_sentence(explain(office, amount)) == sentence
    assert not FundingRequest.objects.exists()


def test_related_requests_are_named_with_their_amounts(office):
    first = office.submitted("400000.00")

    route = explain(office, "400000.00")

    assert (route.tier, route.assessed) == (Tier.WORKING_GROUP, Decimal("800000.00"))
    assert [(one.reference, one.amount, one.why) for one in route.related] == [
        (first.reference, Decimal("400000.00"), "same_project")
    ]
    assert "HK$800,000.00 (HK$400,000.00 with HK$400,000.00 of 1 related request)" in wording.route_sentence(route)


def test_a_related_request_that_is_hidden_counts_without_its_reference(office, b_applicant):
    office.submitted("400000.00")

    route = explain(office, "400000.00", actor=b_applicant)

    assert [(one.reference, one.amount) for one in route.related] == [("", Decimal("400000.00"))]


def test_the_explanation_is_what_submitting_does(office):
    draft = office.draft("400000.00")
    office.submitted("300000.00")

    route = explain(office, "400000.00", request_id=draft.pk)
    submitted = services.submit_request(actor=office.world["applicant"], request_id=draft.pk, expected_version=1)

    assert (submitted.tier, submitted.assessed_amount) == (route.tier, route.assessed)


def test_a_hidden_project_has_no_route(office, outsider):
    hidden = office.new_project(draft=True)

    with pytest.raises(NotVisible):
        explain(office, "1.00", actor=outsider, project_id=hidden.pk)


def test_three_parts_of_one_programme_all_get_the_tier_of_the_whole(office):
    parts = [office.submitted("400000.00", title_en=f"Part {n}") for n in range(3)]

    stored = FundingRequest.objects.filter(pk__in=[part.pk for part in parts])
    assert set(stored.values_list("tier", "assessed_amount")) == {(Tier.WORKING_GROUP, Decimal("1200000.00"))}
    assert parts[0].tier == Tier.DEPARTMENT
    assert LedgerEntry.objects.filter(action="request.rerouted").count() == 3
    assert invariants.check() == []


def test_parts_are_joined_over_procedures_and_declared_links(office, b_applicant):
    procedure = ProcedureFactory(project=office.project)
    first = office.submitted("300000.00", procedure_ids=[procedure.pk])
    other = office.new_project()
    other.procedure_links.create(procedure=procedure, linked_at=clock.now())
    second = office.submitted("300000.00", project_id=other.pk, procedure_ids=[procedure.pk])
    third = office.submitted("300000.00", project_id=office.new_project().pk, linked_ids=[second.pk])

    first.refresh_from_db()
    assert (first.assessed_amount, third.assessed_amount) == (Decimal("900000.00"), Decimal("900000.00"))
    assert (first.tier, third.tier) == (Tier.WORKING_GROUP, Tier.WORKING_GROUP)


def test_a_sum_that_raises_the_tier_ends_the_open_round(office):
    round_ = office.round("19000000.00")
    office.vote(round_, "fff")

    office.submitted("1000000.01", title_en="The rest")

    round_.refresh_from_db()
    first = round_.request
    assert (round_.status, round_.outcome, round_.votes.count()) == ("ended", "route_changed", 3)
    assert (first.tier, first.status, first.assessed_amount) == (Tier.LEGCO, "screened", Decimal("20000000.01"))
    assert office.open(first).motion_kind == Round.MotionKind.RECOMMEND
    assert invariants.check() == []


def test_a_sum_that_rises_within_the_tier_leaves_the_round_open(office):
    round_ = office.round("1000000.00")

    office.submitted("500000.00")

    round_.refresh_from_db()
    assert (round_.status, round_.request.assessed_amount) == ("open", Decimal("1500000.00"))


def test_a_sum_that_falls_waits_until_no_round_is_open(office, applicant):
    second = office.submitted("15000000.00", title_en="The other half")
    round_ = office.round("15000000.00")
    assert round_.motion_kind == Round.MotionKind.RECOMMEND

    services.withdraw_request(actor=applicant, request_id=second.pk, reason="Cancelled.")
    round_.refresh_from_db()
    assert (round_.status, round_.request.tier) == ("open", Tier.LEGCO)
    services.adjourn_round(actor=office.chair, round_id=round_.pk)

    first = FundingRequest.objects.get(pk=round_.request_id)
    assert (first.tier, first.assessed_amount, first.status) == (
        Tier.WORKING_GROUP,
        Decimal("15000000.00"),
        "screened",
    )


def test_a_request_that_falls_to_the_department_goes_back_to_its_head(office, applicant):
    second = office.submitted("300000.00", title_en="The other half")
    first = office.screened("300000.00")

    services.withdraw_request(actor=applicant, request_id=second.pk, reason="Cancelled.")

    first.refresh_from_db()
    assert (first.tier, first.status) == (Tier.DEPARTMENT, "submitted")
    assert invariants.check() == []


def test_a_decision_stands_and_counts_with_what_was_approved(office):
    decision = office.published("600000.00")

    later = office.submitted("19500000.00")

    decided = FundingRequest.objects.get(pk=decision.request_id)
    assert (decided.tier, decided.status, decided.assessed_amount) == (
        Tier.WORKING_GROUP,
        "published",
        Decimal("600000.00"),
    )
    assert (later.tier, later.assessed_amount) == (Tier.LEGCO, Decimal("20100000.00"))


def test_a_rejected_request_adds_nothing_once_that_is_published(office, secretary):
    round_ = office.round("600000.00")
    office.vote(round_, "aaaaa")
    office.close(round_)
    before = explain(office, "100000.00")
    services.publish_decision(actor=secretary, round_id=round_.pk, reason="Not shown.")
    after = explain(office, "100000.00")

    assert (before.assessed, after.assessed) == (Decimal("700000.00"), Decimal("100000.00"))


def new_policy(upper):
    old = FundingPolicy.objects.get()
    today = clock.today()
    old.ends_on = today
    old.save()
    body = TierLine.objects.get(policy=old, tier=Tier.LEGCO).body
    policy = FundingPolicy.objects.create(starts_on=today, source="Circular", status="approved")
    TierLine.objects.create(policy=policy, tier=Tier.DEPARTMENT, upper=Decimal(upper))
    TierLine.objects.create(policy=policy, tier=Tier.LEGCO, body=body)
    return policy


def test_a_request_keeps_the_policy_of_its_first_submission(office, applicant):
    request = office.submitted("1200000.00")
    new_policy("5000000.00")

    lowered = services.revise_request(
        actor=applicant, request_id=request.pk, expected_version=2, reason="Less.", lines=[line("1000000.00")]
    )

    assert (lowered.tier, lowered.policy.starts_on.isoformat()) == (Tier.WORKING_GROUP, "2025-10-01")


def test_a_version_that_raises_the_assessed_amount_takes_the_policy_of_that_day(office, applicant):
    request = office.submitted("1200000.00")
    policy = new_policy("5000000.00")

    raised = services.revise_request(
        actor=applicant, request_id=request.pk, expected_version=2, reason="More.", lines=[line("1300000.00")]
    )

    assert (raised.tier, raised.policy) == (Tier.DEPARTMENT, policy)


def test_a_head_who_asks_sends_the_request_to_the_working_group_and_the_route_says_why(office, head):
    route = explain(office, "100000.00", actor=head)
    request = office.submitted("100000.00", actor=head)

    assert (request.tier, request.raised) == (Tier.WORKING_GROUP, "no_free_head")
    assert wording.route_sentence(route) == (
        "Goes to the digitalisation working group, because the Head of Department is involved in this request"
        " and cannot decide it."
    )
    assert invariants.check() == []


def test_a_head_appointed_after_submission_who_is_involved_is_passed_over_at_screening(
    office, applicant, head, secretary
):
    request = office.submitted("100000.00")
    head.person.postings.update(ends_on=clock.today())
    applicant.person.postings.update(ends_on=clock.today())
    PostingFactory(person=applicant.person, department=office.world.a, duty="head", starts_on=clock.today())

    screened = services.screen_request(actor=secretary, request_id=request.pk)

    assert (screened.tier, screened.raised, screened.status) == (Tier.WORKING_GROUP, "no_free_head", "screened")


def test_requests_more_than_a_year_apart_are_summed_only_within_one_project(office):
    procedure = ProcedureFactory(project=office.project)
    old = office.submitted("400000.00", procedure_ids=[procedure.pk])
    FundingRequest.objects.filter(pk=old.pk).update(first_submitted_at=clock.now() - timedelta(days=400))
    other = office.new_project()
    other.procedure_links.create(procedure=procedure, linked_at=clock.now())

    elsewhere = explain(office, "400000.00", project_id=other.pk, procedure_ids=[procedure.pk])

    assert elsewhere.assessed == Decimal("400000.00")
    assert explain(office, "400000.00").assessed == Decimal("800000.00")


def test_a_group_too_large_for_its_column_is_refused(office, applicant):
    for n in range(10):
        office.submitted("999999999999.99", title_en=f"Large {n}")
    last = office.draft("999999999999.99")

    with pytest.raises(Unprocessable) as refusal:
        services.submit_request(actor=applicant, request_id=last.pk, expected_version=1)

    assert refusal.value.code == "amount.max"
    assert FundingRequest.objects.get(pk=last.pk).status == "draft"
