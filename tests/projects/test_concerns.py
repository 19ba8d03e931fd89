"""Risks and issues: raised, changed, closed, opened again, and read by insiders only."""

from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
import pytest

from accounts import grants
from accounts.models import ObjectGrant
from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Stale, Unprocessable
from projects import services
from projects.models import Concern
from tests.factories.accounts import PersonFactory
from tests.factories.projects import ProjectFactory
from tests.factories.records import ConcernFactory


def raise_one(actor, project, **more):
    said = {
        "kind": "risk",
        "title": "The supplier may be late",
        "likelihood": 3,
        "impact": 4,
        "owner": actor.person,
    } | more
    return services.raise_concern(actor=actor, project_id=project.pk, **said)


def unchanged(error, code, work):
    rows = list(Concern.objects.order_by("pk").values())
    with pytest.raises(error) as found, transaction.atomic():
        work()
    assert found.value.code == code
    assert list(Concern.objects.order_by("pk").values()) == rows


@pytest.fixture
def concern(project, applicant):
    return ConcernFactory(project=project, owner=applicant.person)


def test_a_risk_is_raised_by_the_department_with_an_owner(project, colleague, applicant):
    made = raise_one(colleague, project, owner=applicant.person, due_on=clock.today())

    assert (made.raised_by, made.owner, made.raised_on) == (colleague.person, applicant.person, clock.today())


def test_a_risk_has_a_likelihood_and_an_issue_has_none(project, applicant):
    unchanged(Unprocessable, "likelihood.required", lambda: raise_one(applicant, project, likelihood=None))
    unchanged(Unprocessable, "likelihood.issue", lambda: raise_one(applicant, project, kind="issue"))

    assert raise_one(applicant, project, kind="issue", likelihood=None).likelihood is None


def test_the_owner_belongs_to_the_department(project, applicant, outsider):
    unchanged(Unprocessable, "owner.department", lambda: raise_one(applicant, project, owner=outsider.person))


def test_it_is_not_due_before_it_was_raised(project, applicant):
    """FM-13."""
    before = clock.today() - timedelta(days=1)

    unchanged(Unprocessable, "date.order", lambda: raise_one(applicant, project, due_on=before))


def test_insiders_who_do_not_deliver_read_and_do_not_write(project, team, auditor):
    for person in (team, auditor):
        unchanged(NotAllowed, "department.other", lambda person=person: raise_one(person, project))


def test_it_is_changed_closed_with_a_note_and_opened_again(concern, applicant):
    def act(service, version, **said):
        return service(actor=applicant, concern_id=concern.pk, expected_version=version, **said)

    assert act(services.change_concern, 1, likelihood=2, response="Ask another supplier.").likelihood == 2
    unchanged(Stale, "version.stale", lambda: act(services.change_concern, 1, impact=1))
    unchanged(InvalidInput, "reason.required", lambda: act(services.close_concern, 2, note=" "))

    closed = act(services.close_concern, 2, note="Another supplier delivered.")

    assert (closed.closed_on, closed.closing_note) == (clock.today(), "Another supplier delivered.")
    unchanged(Conflict, "concern.closed", lambda: act(services.change_concern, 3, impact=1))
    unchanged(InvalidInput, "reason.required", lambda: act(services.reopen_concern, 3, reason=""))
    again = act(services.reopen_concern, 3, reason="It failed the test.")
    assert (again.closed_on, again.reopened_because) == (None, "It failed the test.")
    unchanged(Conflict, "concern.open", lambda: act(services.reopen_concern, 4, reason="Again."))


def test_outsiders_learn_nothing_by_any_act(concern, outsider, official):
    for person in (outsider, official):
        for service, said in (
            (services.change_concern, {"impact": 1}),
            (services.close_concern, {"note": "Over."}),
            (services.reopen_concern, {"reason": "Back."}),
        ):
            unchanged(
                NotVisible,
                "concern.none",
                lambda service=service, said=said, person=person: service(
                    actor=person, concern_id=concern.pk, expected_version=1, **said
                ),
            )


def test_who_reads_risks(concern, applicant, colleague, head, team, auditor, outsider, official, finance, verifier):
    def reads(user):
        return Concern.objects.visible_to(user).filter(pk=concern.pk).exists()

    assert all(reads(user) for user in (applicant, colleague, head, team, auditor))
    assert not any(reads(user) for user in (outsider, official, finance, verifier))


def test_the_database_keeps_ratings_in_their_range(project):
    for wrong in ({"impact": 6}, {"likelihood": 0}, {"likelihood": None}, {"closed_on": date(2026, 11, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConcernFactory(project=project, **wrong)


def test_a_project_that_was_shared_shows_its_risks(concern, outsider):
    other = ConcernFactory(project=ProjectFactory())
    grants_before = Concern.objects.visible_to(outsider).count()

    share(concern.project, outsider)

    assert grants_before == 0
    assert list(Concern.objects.visible_to(outsider)) == [concern]
    assert other.pk != concern.pk


def share(project, user):
    grant = ObjectGrant.objects.create(
        person=user.person,
        permission="projects.view_project",
        content_type=ContentType.objects.get_for_model(project),
        object_id=project.pk,
        kind="project",
        reference=project.reference,
        reason="Outside review.",
        granted_by=PersonFactory(),
        granted_at=clock.now() - timedelta(hours=1),
        ends_at=clock.now() + timedelta(days=7),
    )
    grants.allow(grant, project)
