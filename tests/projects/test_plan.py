"""Milestones and dependencies: three dates, one of which never moves, one only with a reason."""

from datetime import date, timedelta

from django.db import IntegrityError, ProgrammingError, connection, transaction
import pytest

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Stale, Unprocessable
from projects import services
from projects.models import Dependency, Milestone
from tests.factories.projects import ProjectFactory
from tests.factories.records import DependencyFactory, MilestoneFactory

DUE = date(2027, 3, 1)


@pytest.fixture
def milestone(project):
    return MilestoneFactory(project=project, original_on=DUE)


def unchanged(error, code, work):
    """The act is refused with this code and no milestone or dependency is other than before."""
    rows = [list(kind.objects.order_by("pk").values()) for kind in (Milestone, Dependency)]
    with pytest.raises(error) as found, transaction.atomic():
        work()
    assert found.value.code == code
    assert [list(kind.objects.order_by("pk").values()) for kind in (Milestone, Dependency)] == rows


def act(service, actor, thing, **said):
    version = said.pop("expected_version", thing.version)
    return service(actor=actor, kind=type(thing), pk=thing.pk, expected_version=version, **said)


def test_a_new_milestone_is_first_agreed_agreed_and_expected_for_one_day(project, applicant):
    made = services.add_milestone(
        actor=applicant, project_id=project.pk, name_en="All counters", name_zh_hant="全部櫃位", due_on=DUE
    )

    assert (made.original_on, made.current_on, made.forecast_on) == (DUE, DUE, DUE)
    assert made.name_zh_hans == "全部柜位"


def test_the_forecast_moves_freely_and_the_agreed_date_stays(milestone, colleague):
    changed = act(services.change_planned, colleague, milestone, forecast_on=date(2027, 4, 5))

    assert (changed.forecast_on, changed.current_on, changed.original_on) == (date(2027, 4, 5), DUE, DUE)
    assert changed.version == 2


def test_another_agreed_date_needs_a_reason_and_leaves_the_first_one(milestone, applicant):
    unchanged(
        InvalidInput,
        "reason.required",
        lambda: act(services.agree_date, applicant, milestone, current_on=date(2027, 5, 1), reason=" \u200b"),
    )
    unchanged(
        Unprocessable, "date.same", lambda: act(services.agree_date, applicant, milestone, current_on=DUE, reason="So.")
    )

    agreed = act(services.agree_date, applicant, milestone, current_on=date(2027, 5, 1), reason="A second rehearsal.")

    assert (agreed.original_on, agreed.current_on, agreed.reason) == (DUE, date(2027, 5, 1), "A second rehearsal.")


def test_the_database_keeps_the_first_date_whatever_is_tried(milestone):
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Milestone.objects.filter(pk=milestone.pk).update(original_on=date(2027, 6, 1))
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_milestone SET original_on = '2027-06-01' WHERE id = %s", [milestone.pk])

    milestone.refresh_from_db()
    assert milestone.original_on == DUE


def test_a_milestone_is_done_on_a_day_that_has_come(milestone, applicant):
    tomorrow = clock.today() + timedelta(days=1)
    unchanged(Unprocessable, "date.future", lambda: act(services.mark_done, applicant, milestone, done_on=tomorrow))
    unchanged(InvalidInput, "date.required", lambda: act(services.mark_done, applicant, milestone, done_on=None))

    done = act(services.mark_done, applicant, milestone, done_on=clock.today())

    assert done.done_on == clock.today()
    unchanged(Conflict, "plan.done", lambda: act(services.change_planned, applicant, done, forecast_on=DUE))
    assert act(services.mark_done, applicant, done, done_on=None).done_on is None


def test_what_is_given_up_is_withdrawn_with_a_reason_and_stays(milestone, applicant):
    unchanged(InvalidInput, "reason.required", lambda: act(services.withdraw_planned, applicant, milestone, reason=""))

    gone = act(services.withdraw_planned, applicant, milestone, reason="Merged into another milestone.")

    assert gone.withdrawn_at is not None
    assert Milestone.objects.filter(pk=milestone.pk).exists()
    unchanged(Conflict, "plan.withdrawn", lambda: act(services.mark_done, applicant, gone, done_on=clock.today()))


def test_a_version_seen_before_somebody_elses_change_is_stale(milestone, applicant, colleague):
    act(services.change_planned, colleague, milestone, forecast_on=date(2027, 4, 5))

    unchanged(
        Stale,
        "version.stale",
        lambda: act(services.change_planned, applicant, milestone, forecast_on=DUE, expected_version=1),
    )


def test_only_the_lead_and_the_department_plan(project, milestone, outsider, team):
    for person in (outsider, team):
        unchanged(
            NotAllowed,
            "department.other",
            lambda person=person: services.add_milestone(
                actor=person, project_id=project.pk, name_en="Mine", due_on=DUE
            ),
        )
        unchanged(
            NotAllowed,
            "department.other",
            lambda person=person: act(services.change_planned, person, milestone, forecast_on=date(2027, 4, 5)),
        )


def test_a_plan_of_anothers_draft_is_not_there(applicant, world):
    hidden = MilestoneFactory(project=ProjectFactory(department=world.b, draft=True))

    unchanged(NotVisible, "plan.none", lambda: act(services.mark_done, applicant, hidden, done_on=clock.today()))


def depend(actor, project, other, **more):
    return services.add_dependency(
        actor=actor, project_id=project.pk, name_en="Its interface", due_on=DUE, on_project_id=other.pk, **more
    )


def test_a_project_waits_for_another_registered_one_or_for_something_outside(project, applicant):
    other = ProjectFactory()

    assert depend(applicant, project, other).on_project == other
    outside = services.add_dependency(actor=applicant, project_id=project.pk, name_en="A new law", due_on=DUE)
    assert outside.on_project is None


def test_a_project_waits_neither_for_itself_nor_for_one_it_may_not_name(project, applicant, world):
    draft_of_b = ProjectFactory(department=world.b, draft=True)
    own_draft = ProjectFactory(department=world.a, draft=True)

    unchanged(Unprocessable, "dependency.itself", lambda: depend(applicant, project, project))
    unchanged(Unprocessable, "choice.invalid", lambda: depend(applicant, project, draft_of_b))
    unchanged(Unprocessable, "choice.invalid", lambda: depend(applicant, project, own_draft))


def test_two_projects_never_wait_for_each_other_over_however_many(project, applicant, world):
    second, third = ProjectFactory(department=world.a), ProjectFactory(department=world.a)
    depend(applicant, project, second)
    depend(applicant, second, third)

    unchanged(Conflict, "dependency.circle", lambda: depend(applicant, third, project))

    Dependency.objects.filter(project=second).update(withdrawn_at=clock.now(), withdrawn_because="Settled.")
    assert depend(applicant, third, project).pk


def test_the_database_refuses_a_project_that_waits_for_itself(project):
    with pytest.raises(IntegrityError), transaction.atomic():
        DependencyFactory(project=project, on_project=project)


def test_the_plan_of_a_stopped_project_stays_as_it_is(project, milestone, applicant):
    project.stage = "retired"
    project.save(update_fields=["stage"])

    unchanged(
        Conflict,
        "project.stopped",
        lambda: act(services.change_planned, applicant, milestone, forecast_on=date(2027, 4, 5)),
    )
