"""A person leaves: everything is handed over in one act, and the accounts close with the day (FEATURES N7)."""

from datetime import date, timedelta

from django.db import IntegrityError
import pytest

from accounts import grants, holdings
from accounts.models import Departure, Posting, RoleGrant, User
from accounts.services import close_accounts_due, give_role, record_leaving, share
from core import clock
from core.api import authentication
from core.errors import Conflict, NotAllowed, Unprocessable
from core.models import ApiToken
from projects.models import Project
from tests.accounts.conftest import NOON
from tests.factories.projects import ProjectFactory
from tests.funding.scene import make_scene

TODAY = date(2026, 11, 22)
LAST = date(2026, 11, 30)


@pytest.fixture
def project(world, applicant):
    return ProjectFactory(reference="AA-2026-001", department=world.a, lead=applicant.person)


def leaves(administrator, user, holders=None, **more):
    return record_leaving(
        actor=administrator,
        person_id=user.person_id,
        holders=holders or {},
        **({"last_day": LAST, "reason": "Retires."} | more),
    )


def test_what_a_person_holds_is_listed(at, project, applicant, world):
    names = [one.name for one in holdings.held_by(applicant.person, TODAY)]
    assert names == ["lead:AA-2026-001"]


def test_a_lead_needs_a_new_holder_of_the_department(at, administrator, project, applicant, colleague, outsider, acts):
    with pytest.raises(Unprocessable) as unnamed:
        leaves(administrator, applicant)
    with pytest.raises(Unprocessable) as vacant:
        leaves(administrator, applicant, {"lead:AA-2026-001": None})
    with pytest.raises(Unprocessable) as strange:
        leaves(administrator, applicant, {"lead:AA-2026-001": outsider.person})
    assert [one.value.code for one in (unnamed, vacant, strange)] == [
        "leaving.holder",
        "leaving.holder",
        "leaving.department",
    ]
    project.refresh_from_db()
    assert (project.lead, Departure.objects.count(), acts()) == (applicant.person, 0, [])


def test_confirming_hands_over_and_ends_all_with_the_last_day(at, administrator, project, applicant, colleague, acts):
    give_role(actor=administrator, person_id=applicant.person_id, role="report_staff", reason="R")
    departure = leaves(administrator, applicant, {"lead:AA-2026-001": colleague.person})
    project.refresh_from_db()
    assert project.lead == colleague.person
    assert Posting.objects.on(LAST).filter(person=applicant.person).exists()
    assert not Posting.objects.on(LAST + timedelta(days=1)).filter(person=applicant.person).exists()
    assert RoleGrant.objects.get(person=applicant.person).ends_at == clock.end_of_day(LAST)
    assert departure.closed_at is None
    assert acts() == ["role.granted", "project.lead_changed", "person.leaving"]


def test_accounts_close_at_the_end_of_the_last_day(at, client, administrator, applicant):
    leaves(administrator, applicant)
    at(clock.end_of_day(LAST) - timedelta(seconds=1))
    token, _until = authentication.issue(applicant)
    client.force_login(applicant, backend="accounts.backends.DatedRolesBackend")
    assert close_accounts_due() == 0
    assert client.get("/people/").status_code == 200
    at(clock.end_of_day(LAST))
    assert (close_accounts_due(), close_accounts_due()) == (1, 0)
    account = User.objects.get(pk=applicant.pk)
    assert (account.is_active, account.has_usable_password()) == (False, False)
    assert not ApiToken.objects.live(clock.now()).exists()
    assert client.get("/people/").status_code == 302
    assert client.get("/api/v1/me/", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_one_who_left_already_is_closed_at_once(at, administrator, applicant):
    departure = leaves(administrator, applicant, last_day=TODAY - timedelta(days=1))
    assert departure.closed_at == NOON
    assert not User.objects.get(pk=applicant.pk).is_active


def test_rights_end_to_the_second_even_if_nothing_runs(at, administrator, project, b_applicant, applicant):
    ProjectFactory(reference="AA-2026-002", department=project.department, draft=True)
    share(
        actor=administrator,
        kind="project",
        reference=project.reference,
        person_id=b_applicant.person_id,
        last_day=LAST + timedelta(days=90),
        reason="Review.",
    )
    leaves(administrator, b_applicant)
    at(clock.end_of_day(LAST) - timedelta(microseconds=1))
    assert shared_with(b_applicant).count() == 1
    at(clock.end_of_day(LAST))
    assert shared_with(b_applicant).count() == 0


def shared_with(user):
    return Project.objects.filter(pk__in=grants.ids(user, "projects.view_project"))


def test_a_proposed_role_comes_to_nothing(at, administrator, outsider):
    grant = give_role(actor=administrator, person_id=outsider.person_id, role="verifier", reason="R")
    leaves(administrator, outsider)
    grant.refresh_from_db()
    assert grant.state == "withdrawn"


def test_a_head_is_succeeded_on_the_day_after(at, administrator, world, head, colleague):
    [held] = holdings.held_by(head.person, LAST)
    leaves(administrator, head, {held.name: colleague.person})
    heads = Posting.objects.heads().filter(department=world.a)
    assert [one.person for one in heads.on(LAST)] == [head.person]
    assert [one.person for one in heads.on(LAST + timedelta(days=1))] == [colleague.person]


def test_a_seat_becomes_vacant_and_a_request_gets_a_new_lead_without_losing_the_conflict(
    at, administrator, world, applicant, colleague
):
    scene = make_scene(world)
    request = scene.draft()
    names = {one.name: colleague.person for one in holdings.held_by(applicant.person, LAST)}
    assert f"request:{request.reference}" in names
    leaves(administrator, applicant, names)
    request.refresh_from_db()
    assert request.lead == colleague.person
    assert request.editors.filter(person=applicant.person).exists()

    member = scene.members[1]
    [seat] = holdings.held_by(member.person, LAST)
    leaves(administrator, member, {seat.name: None})
    term = member.person.seat_terms.get()
    assert term.ends_on == LAST + timedelta(days=1)


def test_a_seat_is_not_given_away_here(at, administrator, world, colleague):
    scene = make_scene(world)
    [seat] = holdings.held_by(scene.members[1].person, LAST)
    with pytest.raises(Unprocessable):
        leaves(administrator, scene.members[1], {seat.name: colleague.person})


def test_what_the_person_does_not_hold_cannot_be_handed_over(at, administrator, outsider, colleague):
    with pytest.raises(Unprocessable, match="does not hold"):
        leaves(administrator, outsider, {"lead:AA-2026-001": colleague.person})


def test_nobody_records_their_own_leaving_nor_one_twice(at, administrator, second, outsider):
    with pytest.raises(NotAllowed):
        leaves(administrator, administrator)
    leaves(administrator, outsider)
    with pytest.raises(Conflict, match="on record already"):
        leaves(second, outsider)
    assert Departure.objects.count() == 1


@pytest.mark.parametrize("persona", ["head", "team", "auditor"])
def test_only_administrators_record_a_leaving(request, at, persona, outsider):
    with pytest.raises(NotAllowed):
        leaves(request.getfixturevalue(persona), outsider)


def test_somebody_about_to_leave_takes_nothing_over(at, administrator, project, applicant, colleague):
    leaves(administrator, colleague)
    with pytest.raises(Unprocessable):
        leaves(administrator, applicant, {"lead:AA-2026-001": colleague.person})


def test_it_is_all_or_nothing(at, administrator, project, applicant, colleague, monkeypatch):
    def breaks(*args, **kwargs):
        raise IntegrityError("stopped half-way")

    monkeypatch.setattr("accounts.services.leaving._end_rights", breaks)
    with pytest.raises(IntegrityError):
        leaves(administrator, applicant, {"lead:AA-2026-001": colleague.person})
    project.refresh_from_db()
    assert project.lead == applicant.person
    assert not Departure.objects.exists()


def test_the_page_names_everything_and_confirms(at, client, administrator, project, applicant, colleague):
    client.force_login(administrator)
    address = f"/people/{applicant.person_id}/leaving/"
    page = client.get(address, {"last_day": LAST.isoformat()}).content.decode()
    assert "AA-2026-001" in page
    refused = client.post(address, {"last_day": LAST.isoformat(), "reason": "Retires.", "to_0": ""})
    assert refused.status_code == 422
    done = client.post(address, {"last_day": LAST.isoformat(), "reason": "Retires.", "to_0": str(colleague.person_id)})
    project.refresh_from_db()
    assert (done.status_code, project.lead) == (302, colleague.person)
