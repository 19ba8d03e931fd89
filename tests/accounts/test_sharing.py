"""Sharing one record with one person: by whom, for how long, and over to the second (DESIGN 8)."""

from datetime import date, timedelta

from django.db import IntegrityError
import pytest

from accounts import grants
from accounts.models import ObjectGrant
from accounts.services import revoke_grant, share
from accounts.sharing import a_year_after
from core import clock
from core.errors import Conflict, NotAllowed, NotVisible, Unprocessable
from projects.models import Project
from tests.accounts.conftest import NOON
from tests.factories.accounts import UserFactory
from tests.factories.projects import ProjectFactory

LAST = date(2026, 12, 31)


@pytest.fixture
def draft(world, applicant):
    return ProjectFactory(reference="AA-2026-777", department=world.a, lead=applicant.person, draft=True)


def shared(actor, person, project, **more):
    return share(
        actor=actor,
        kind="project",
        reference=project.reference,
        person_id=person.person_id,
        **({"last_day": LAST, "reason": "Outside review."} | more),
    )


def sees(user, project):
    return Project.objects.visible_to(user).filter(pk=project.pk).exists()


def is_inside(user, project):
    return Project.objects.insider_to(user).filter(pk=project.pk).exists()


@pytest.mark.parametrize("persona", ["applicant", "head"])
def test_the_lead_and_the_head_share_a_draft(request, at, persona, draft, outsider, acts):
    assert not sees(outsider, draft)
    shared(request.getfixturevalue(persona), outsider, draft)
    assert (sees(outsider, draft), is_inside(outsider, draft)) == (True, True)
    assert acts() == ["grant.given"]


@pytest.mark.parametrize(
    ("persona", "error"),
    [("colleague", NotAllowed), ("b_applicant", NotVisible), ("administrator", NotVisible), ("auditor", NotVisible)],
)
def test_others_do_not_share_it(request, at, persona, error, draft, outsider):
    with pytest.raises(error):
        shared(request.getfixturevalue(persona), outsider, draft)
    assert not ObjectGrant.objects.exists()


def test_an_administrator_shares_a_registered_project_but_never_with_themselves(at, administrator, world, outsider):
    project = ProjectFactory(department=world.a)
    shared(administrator, outsider, project)
    assert is_inside(outsider, project)
    with pytest.raises(NotAllowed, match="themselves"):
        shared(administrator, administrator, project)
    assert not is_inside(administrator, project)


def test_a_grant_ends_to_the_second_whatever_runs_at_night(at, applicant, draft, outsider):
    shared(applicant, outsider, draft)
    at(clock.end_of_day(LAST) - timedelta(microseconds=1))
    assert (sees(outsider, draft), is_inside(outsider, draft)) == (True, True)
    at(clock.end_of_day(LAST))
    assert (sees(outsider, draft), is_inside(outsider, draft)) == (False, False)


def test_tidying_takes_guardian_s_permission_away_and_a_newer_grant_keeps_it(at, applicant, draft, outsider):
    first = shared(applicant, outsider, draft, last_day=date(2026, 11, 22))
    at(NOON + timedelta(days=1))
    second = shared(applicant, outsider, draft)
    assert grants.tidy() == 1
    assert sees(outsider, draft)
    revoke_grant(actor=applicant, grant_id=second.pk, reason="Done.")
    assert not outsider.has_perm("projects.view_project", draft)
    first.refresh_from_db()
    assert (first.state, second.person_id) == ("past", outsider.person_id)


@pytest.mark.parametrize(
    ("last_day", "code"),
    [
        (date(2026, 11, 21), "grant.past"),
        (date(2027, 11, 23), "grant.too_long"),
        (date(2098, 12, 31), "grant.too_long"),
    ],
)
def test_a_grant_has_an_end_within_twelve_months(at, applicant, draft, outsider, last_day, code):
    with pytest.raises(Unprocessable) as refusal:
        shared(applicant, outsider, draft, last_day=last_day)
    assert refusal.value.code == code
    assert not ObjectGrant.objects.exists()


def test_twelve_months_after_29_february_is_28_february():
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert a_year_after(date(2026, 11, 22)) == date(2027, 11, 22)


def test_a_record_is_shared_once_at_a_time_with_one_person(at, applicant, draft, outsider):
    grant = shared(applicant, outsider, draft)
    with pytest.raises(Conflict, match="already"):
        shared(applicant, outsider, draft)
    grant.pk = None
    with pytest.raises(IntegrityError, match="objectgrant_once_at_a_time"):
        grant.save(force_insert=True)


def test_a_revoked_grant_opens_nothing_and_stays_on_record(at, applicant, head, draft, outsider, acts):
    grant = shared(applicant, outsider, draft)
    revoke_grant(actor=head, grant_id=grant.pk, reason="Review is done.")
    assert not sees(outsider, draft)
    grant.refresh_from_db()
    assert (grant.state, grant.revoked_by) == ("revoked", head.person)
    assert acts() == ["grant.given", "grant.revoked"]
    with pytest.raises(Conflict):
        revoke_grant(actor=applicant, grant_id=grant.pk, reason="Again.")


def test_whom_it_is_shared_with_cannot_pass_it_on_or_end_it(at, applicant, draft, outsider, b_applicant):
    grant = shared(applicant, outsider, draft)
    with pytest.raises(NotAllowed):
        shared(outsider, b_applicant, draft)
    with pytest.raises(NotAllowed):
        revoke_grant(actor=outsider, grant_id=grant.pk, reason="R")


def test_a_new_account_of_the_person_sees_what_is_shared_with_the_person(at, applicant, draft, outsider):
    shared(applicant, outsider, draft)
    other = UserFactory(username="outsider2", person=outsider.person)
    grants.follow(other)
    assert sees(other, draft)


def test_a_grant_of_one_project_opens_no_other(at, applicant, draft, outsider, world):
    other = ProjectFactory(department=world.a, draft=True)
    shared(applicant, outsider, draft)
    assert not sees(outsider, other)
