"""Declared programmes and supplements join the group, so that a split over either gains nothing (DESIGN 4)."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import InvalidInput, Unprocessable
from funding import services
from funding.models import FundingRequest, Programme
from funding.rules.group import Member, group, link_between
from tests.factories.projects import ProjectFactory
from tests.funding.replaying import replay

TODAY = date(2026, 11, 22)
AMOUNT = Decimal("400000.00")


def member(key, **ends):
    return Member(key, 1_000 + key, TODAY, AMOUNT, **ends)


def test_requests_that_declare_one_programme_belong_together():
    found = group(member(1, programme=7), [member(2, programme=7), member(3, programme=8), member(4)], months=12)

    assert [(one.member.key, one.why) for one in found] == [(2, "same_programme")]


def test_a_supplement_belongs_with_what_it_adds_to_seen_from_either():
    first, more = member(1), member(2, supplements=1)

    assert link_between(first, more) == link_between(more, first) == "supplement"


def test_no_programme_is_no_programme_in_common():
    assert link_between(member(1), member(2)) == ""


def test_parts_of_a_programme_in_different_projects_are_routed_as_the_whole(office):
    first = office.submitted("300000.00", new_programme="Letters for everybody")
    assert first.tier == "department"

    second = office.submitted("300000.00", project_id=office.new_project().pk, new_programme="letters FOR everybody ")

    first.refresh_from_db()
    assert Programme.objects.count() == 1
    assert (first.tier, second.tier) == ("working_group", "working_group")
    assert first.assessed_amount == second.assessed_amount == Decimal("600000.00")
    assert replay().differences == []


def test_a_programme_is_explained_before_anything_is_stored(office, applicant):
    first = office.submitted("300000.00", new_programme="Letters for everybody")

    route = services.explain_route(
        actor=applicant,
        project_id=office.new_project().pk,
        own_amount=Decimal("300000.00"),
        programme_id=first.programme_id,
    )

    assert (route.tier, route.assessed) == ("working_group", Decimal("600000.00"))
    assert [(one.reference, one.why) for one in route.related] == [(first.reference, "same_programme")]


def test_a_supplement_to_an_approved_request_is_summed_with_it_and_the_decision_stands(office):
    decision = office.published("19900000.00")
    approved = decision.request

    more = office.submitted("200000.00", project_id=office.new_project().pk, supplements_id=approved.pk)

    approved.refresh_from_db()
    assert (more.tier, more.assessed_amount) == ("legco", Decimal("20100000.00"))
    assert (approved.status, approved.tier) == ("published", "working_group")
    assert replay().differences == []


def test_only_an_approved_request_of_ones_own_department_can_be_added_to(office):
    waiting = office.submitted()

    with pytest.raises(InvalidInput) as refusal:
        office.draft(supplements_id=waiting.pk)

    assert list(refusal.value.fields) == ["supplements"]
    assert FundingRequest.objects.count() == 1


def test_a_programme_and_a_supplement_once_submitted_stay(office, applicant):
    approved = office.published().request
    request = office.submitted(new_programme="Letters for everybody", supplements_id=approved.pk)

    for change in ({"programme_id": None}, {"new_programme": "Another"}, {"supplements_id": None}):
        with pytest.raises(Unprocessable) as refusal:
            services.revise_request(
                actor=applicant, request_id=request.pk, expected_version=request.version, reason="Apart.", **change
            )
        assert refusal.value.code == "link.kept"

    request.refresh_from_db()
    assert (request.submitted_version, request.supplements) == (1, approved)


def test_a_programme_can_be_declared_by_a_revision_and_routes_anew(office, applicant):
    first = office.submitted("300000.00", new_programme="Letters for everybody")
    second = office.submitted("300000.00", project_id=ProjectFactory(department=office.world.a).pk)
    assert second.tier == "department"

    services.revise_request(
        actor=applicant,
        request_id=second.pk,
        expected_version=second.version,
        reason="It belongs to the programme.",
        programme_id=first.programme_id,
    )

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.tier, second.tier) == ("working_group", "working_group")
    assert replay().differences == []
