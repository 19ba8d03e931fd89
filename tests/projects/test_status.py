"""Monthly reports and independent ratings: one of each a month, corrected by revisions, never by its own side."""

from datetime import date

from django.db import IntegrityError, transaction
import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Stale, Unprocessable
from projects import services
from projects.models import IndependentRating, Rating, StatusReport
from projects.records import status
from tests.factories.accounts import DepartmentFactory, PostingFactory, UserFactory, give_role
from tests.factories.projects import ProjectFactory
from tests.factories.records import IndependentRatingFactory, StatusReportFactory

OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def november(at):
    with at("2026-11-22"):
        yield


def report(actor, project, month=OCTOBER, **more):
    said = {"rating": Rating.GREEN, "summary": "To plan."} | more
    return services.report_month(actor=actor, project_id=project.pk, month=month, **said)


def rate(actor, project, month=OCTOBER, **more):
    said = {"rating": Rating.RED, "reason": "Nothing was delivered."} | more
    return services.rate_month(actor=actor, project_id=project.pk, month=month, **said)


def nothing_said(error, code, work):
    before = (StatusReport.objects.count(), IndependentRating.objects.count())
    with pytest.raises(error) as found, transaction.atomic():
        work()
    assert found.value.code == code
    assert (StatusReport.objects.count(), IndependentRating.objects.count()) == before


def a_member_of_the_team(department):
    user = UserFactory()
    PostingFactory(person=user.person, department=department)
    give_role(user.person, "team")
    return user


def test_a_month_is_reported_once_and_corrected_by_the_next_revision(project, applicant, colleague):
    first = report(applicant, project)
    nothing_said(Conflict, "report.exists", lambda: report(colleague, project))

    second = services.correct_report(
        actor=colleague,
        project_id=project.pk,
        month=OCTOBER,
        expected_revision=1,
        rating=Rating.AMBER,
        summary="The interface is late.",
        correction="Learned after the month.",
    )

    assert (first.revision, second.revision, second.submitted_by) == (1, 2, colleague.person)
    first.refresh_from_db()
    assert (first.rating, first.summary) == (Rating.GREEN, "To plan.")


def test_a_correction_names_its_reason_and_the_revision_it_saw(project, applicant):
    report(applicant, project)
    said = {"actor": applicant, "project_id": project.pk, "month": OCTOBER, "rating": "red", "summary": "Late."}

    nothing_said(
        InvalidInput, "reason.required", lambda: services.correct_report(**said, expected_revision=1, correction="")
    )
    nothing_said(
        Stale, "version.stale", lambda: services.correct_report(**said, expected_revision=2, correction="Late news.")
    )
    nothing_said(
        NotVisible,
        "report.none",
        lambda: services.correct_report(
            **(said | {"month": date(2026, 9, 1)}), expected_revision=1, correction="Late news."
        ),
    )


@pytest.mark.parametrize(
    ("month", "error", "code"),
    [
        (date(2026, 12, 1), Unprocessable, "date.future"),
        (date(2027, 10, 1), Unprocessable, "date.future"),
        (date(2026, 10, 2), InvalidInput, "month.format"),
    ],
)
def test_a_month_that_has_not_begun_or_is_none_is_refused(project, applicant, team, month, error, code):
    nothing_said(error, code, lambda: report(applicant, project, month))
    nothing_said(error, code, lambda: rate(team, project, month))


def test_the_running_month_may_be_reported(project, applicant):
    assert report(applicant, project, date(2026, 11, 1)).pk


def test_only_the_lead_and_the_department_report(project, outsider, team, auditor):
    for person in (outsider, team, auditor):
        nothing_said(NotAllowed, "department.other", lambda person=person: report(person, project))


def test_the_team_rates_once_and_corrects_by_the_next_revision(project, team):
    rate(team, project)
    nothing_said(Conflict, "rating.exists", lambda: rate(team, project))

    second = services.correct_rating(
        actor=team,
        project_id=project.pk,
        month=OCTOBER,
        expected_revision=1,
        rating=Rating.AMBER,
        reason="One was delivered.",
        correction="A delivery was overlooked.",
    )

    assert second.revision == 2
    assert IndependentRating.objects.filter(project=project).count() == 2


def test_nobody_without_the_duty_rates(project, outsider, auditor, verifier, applicant):
    for person in (outsider, auditor, verifier, applicant):
        nothing_said(NotAllowed, "duty.rating", lambda person=person: rate(person, project))


def test_nobody_of_the_delivering_family_rates(world):
    bureau = DepartmentFactory(code="BUR")
    department = DepartmentFactory(code="DEP", parent=bureau)
    office = DepartmentFactory(code="OFF", parent=department)
    project = ProjectFactory(department=department)

    for place in (bureau, department, office):
        member = a_member_of_the_team(place)
        nothing_said(NotAllowed, "duty.department", lambda member=member: rate(member, project))
    assert rate(a_member_of_the_team(DepartmentFactory(code="ELSE")), project).pk


def test_moving_away_makes_nobody_independent_of_the_month_before(project, world):
    member = UserFactory()
    PostingFactory(person=member.person, department=world.a, starts_on="2026-01-01", ends_on="2026-10-20")
    PostingFactory(person=member.person, department=world.team_department, starts_on="2026-10-20")
    give_role(member.person, "team")

    nothing_said(NotAllowed, "duty.department", lambda: rate(member, project))
    assert rate(member, project, date(2026, 11, 1)).pk


def test_neither_the_lead_nor_who_reported_the_month_rates_it(project, team, world):
    project.lead = team.person
    project.save(update_fields=["lead"])
    nothing_said(NotAllowed, "duty.separate", lambda: rate(team, project))

    reporter = a_member_of_the_team(world.team_department)
    StatusReportFactory(project=project, month=OCTOBER, submitted_by=reporter.person)
    nothing_said(NotAllowed, "duty.separate", lambda: rate(reporter, project))


def test_a_stopped_project_is_neither_reported_nor_rated(project, applicant, team):
    project.stage = "retired"
    project.save(update_fields=["stage"])

    nothing_said(Conflict, "project.stopped", lambda: report(applicant, project))
    nothing_said(Conflict, "project.stopped", lambda: rate(team, project))


def test_the_database_keeps_one_revision_of_a_number_and_asks_corrections_for_a_reason(project):
    StatusReportFactory(project=project)
    IndependentRatingFactory(project=project)

    for make in (StatusReportFactory, IndependentRatingFactory):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(project=project)
        with pytest.raises(IntegrityError), transaction.atomic():
            make(project=project, revision=2)
        with pytest.raises(IntegrityError), transaction.atomic():
            make(project=project, month=date(2026, 9, 2))


def test_the_latest_of_either_side_is_of_its_own_month(project, official):
    StatusReportFactory(project=project, month=date(2026, 9, 1), rating="green")
    StatusReportFactory(project=project, month=OCTOBER, rating="green")
    StatusReportFactory(project=project, month=OCTOBER, revision=2, correction="Late news.", rating="amber")
    IndependentRatingFactory(project=project, month=date(2026, 9, 1), rating="red")
    silent = ProjectFactory()

    found = status.latest(official, [project, silent])

    assert (found[project.pk].own.rating, found[project.pk].own.month) == ("amber", OCTOBER)
    assert (found[project.pk].independent.rating, found[project.pk].independent.month) == ("red", date(2026, 9, 1))
    assert silent.pk not in found


def test_months_stand_side_by_side_from_the_first_one_said(project, official):
    StatusReportFactory(project=project, month=date(2026, 8, 1), rating="green")
    IndependentRatingFactory(project=project, month=date(2026, 8, 1), rating="red")
    IndependentRatingFactory(project=project, month=OCTOBER)

    months = status.months(official, project, date(2026, 11, 22))

    assert [one.name for one in months] == ["2026-11", "2026-10", "2026-09", "2026-08"]
    assert [(bool(one.report), bool(one.rating), one.is_split) for one in months] == [
        (False, False, False),
        (False, True, False),
        (False, False, False),
        (True, True, True),
    ]
