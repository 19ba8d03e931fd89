"""Postings and heads: dated, one head on any day, acting for a stated time."""

from datetime import date, timedelta

from django.db import IntegrityError
import pytest

from accounts.models import Posting
from accounts.services import appoint_head, end_posting, start_posting
from core.errors import Conflict, NotAllowed, Unprocessable
from core.models import LedgerEntry
from tests.factories.accounts import PostingFactory

FIRST = date(2026, 12, 1)


def head_on(department, day):
    heads = Posting.objects.on(day).heads().filter(department=department)
    return [posting.person for posting in heads]


def handed(administrator, world, person, **more):
    return appoint_head(
        actor=administrator,
        department_id=world.a.pk,
        person_id=person.pk,
        **({"starts_on": FIRST, "reason": "R"} | more),
    )


def test_a_posting_runs_from_its_first_day_to_its_last(at, administrator, world, outsider):
    posting = start_posting(
        actor=administrator, person_id=outsider.person_id, department_id=world.a.pk, starts_on=date(2026, 11, 22)
    )
    end_posting(actor=administrator, posting_id=posting.pk, last_day=date(2026, 11, 30), reason="Back.")
    here = Posting.objects.filter(person=outsider.person, department=world.a)
    assert here.on(date(2026, 11, 30)).exists()
    assert not here.on(date(2026, 12, 1)).exists()


def test_both_ends_are_in_the_ledger(at, administrator, world, outsider):
    posting = start_posting(
        actor=administrator, person_id=outsider.person_id, department_id=world.a.pk, starts_on=date(2026, 11, 22)
    )
    end_posting(actor=administrator, posting_id=posting.pk, last_day=FIRST, reason="Back.")
    entries = LedgerEntry.objects.order_by("position")
    assert [entry.action for entry in entries] == ["posting.started", "posting.ended"]
    assert {entry.subject for entry in entries} == {f"person:{outsider.person_id}"}


def test_a_posting_ended_before_it_began_never_was(at, administrator, world, outsider):
    posting = start_posting(
        actor=administrator, person_id=outsider.person_id, department_id=world.a.pk, starts_on=FIRST
    )
    end_posting(actor=administrator, posting_id=posting.pk, last_day=FIRST - timedelta(days=1), reason="Plans changed.")
    assert posting.state in {"past", "ahead"}
    assert not Posting.objects.on(FIRST).filter(person=outsider.person, department=world.a).exists()


def test_nobody_is_posted_twice_to_one_department_at_a_time(administrator, world, applicant):
    with pytest.raises(Conflict, match="already posted"):
        start_posting(actor=administrator, person_id=applicant.person_id, department_id=world.a.pk, starts_on=FIRST)


@pytest.mark.parametrize("ends_on", [FIRST, FIRST - timedelta(days=1)])
def test_the_end_comes_after_the_start(administrator, world, outsider, ends_on):
    """FM-13."""
    with pytest.raises(Unprocessable) as refusal:
        start_posting(
            actor=administrator,
            person_id=outsider.person_id,
            department_id=world.a.pk,
            starts_on=FIRST,
            ends_on=ends_on,
        )
    assert (refusal.value.code, list(refusal.value.fields)) == ("date.order", ["ends_on"])
    assert not Posting.objects.filter(person=outsider.person, department=world.a).exists()


@pytest.mark.parametrize("persona", ["head", "team", "auditor", "official"])
def test_only_administrators_post_people(request, persona, world, outsider):
    with pytest.raises(NotAllowed):
        start_posting(
            actor=request.getfixturevalue(persona),
            person_id=outsider.person_id,
            department_id=world.a.pk,
            starts_on=FIRST,
        )


def test_a_department_is_handed_over_on_a_day(at, administrator, world, head, applicant, acts):
    handed(administrator, world, applicant.person)
    assert head_on(world.a, FIRST - timedelta(days=1)) == [head.person]
    assert head_on(world.a, FIRST) == [applicant.person]
    assert Posting.objects.on(FIRST).filter(person=head.person, department=world.a, duty="staff").exists()
    assert acts() == ["posting.head_changed"]


def test_the_former_head_may_go_altogether(at, administrator, world, head, applicant):
    handed(administrator, world, applicant.person, former_stays=False)
    assert not Posting.objects.on(FIRST).filter(person=head.person, department=world.a).exists()


def test_an_acting_head_serves_for_a_time_and_the_substantive_one_is_back(at, administrator, world, head, applicant):
    back = FIRST + timedelta(days=14)
    handed(administrator, world, applicant.person, ends_on=back, is_acting=True)
    assert head_on(world.a, FIRST) == [applicant.person]
    assert head_on(world.a, back - timedelta(days=1)) == [applicant.person]
    assert head_on(world.a, back) == [head.person]


def test_an_acting_head_who_stops_early_brings_the_substantive_one_back_early(
    at, administrator, world, head, applicant
):
    acting = handed(administrator, world, applicant.person, ends_on=FIRST + timedelta(days=14), is_acting=True)
    end_posting(actor=administrator, posting_id=acting.pk, last_day=FIRST + timedelta(days=2), reason="Back early.")
    assert head_on(world.a, FIRST + timedelta(days=2)) == [applicant.person]
    assert head_on(world.a, FIRST + timedelta(days=3)) == [head.person]


@pytest.mark.parametrize("days", [None, 367])
def test_an_acting_head_has_an_end_within_twelve_months(at, administrator, world, applicant, days):
    with pytest.raises(Unprocessable) as refusal:
        handed(
            administrator,
            world,
            applicant.person,
            ends_on=FIRST + timedelta(days=days) if days else None,
            is_acting=True,
        )
    assert refusal.value.code == "posting.acting_end"


def test_a_head_is_not_appointed_before_one_already_planned(at, administrator, world, applicant, colleague):
    handed(administrator, world, applicant.person)
    with pytest.raises(Conflict, match="later day"):
        handed(administrator, world, colleague.person, starts_on=FIRST - timedelta(days=5))


def test_two_heads_on_one_day_are_refused_by_the_database(world, head, applicant):
    with pytest.raises(IntegrityError, match="posting_one_head_at_a_time"):
        PostingFactory(person=applicant.person, department=world.a, duty="head", starts_on=FIRST)
