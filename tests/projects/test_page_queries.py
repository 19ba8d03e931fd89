"""How many queries the page of a project and the lists ask, pinned: with nothing to show, and with everything."""

from datetime import date
from decimal import Decimal

from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
import pytest

from core import as_at, clock, kept
from kpis.rules.values import Measured
from projects.models import HeadApproval, PilotDecision, Project, ProjectExit, ReportedResult
from projects.present import _questions, may_have, present
from projects.selectors.course import live_days
from projects.views.projects import find
from tests.factories.accounts import PersonFactory
from tests.factories.funding import FundingRequestFactory
from tests.factories.kpis import KpiFactory, verified
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.factories.records import (
    IndependentRatingFactory,
    MilestoneFactory,
    ResourceUseFactory,
    StatusReportFactory,
)
from tests.factories.work import FollowFactory, TaggingFactory, TaskFactory
from tests.kpis.promising import promised
from work import subjects

BARE_PAGE = 6  # session, account with its rights, project, procedures, claims, facts
FULL_PAGE = 23  # with charts, benefits and what it took over; nine of them are the KPIs' own
MAKERS = {
    "milestones": lambda project: MilestoneFactory(project=project),
    "uses": lambda project: ResourceUseFactory(project=project),
    "results": lambda project: ReportedResult.objects.create(project=project, name="Waiting time", result="3"),
    "approvals": lambda project: HeadApproval.objects.create(
        project=project, approved_by=PersonFactory(), approved_at=clock.now(), statement="Go."
    ),
    "pilots": lambda project: PilotDecision.objects.create(
        project=project, outcome="met", findings="Good.", recorded_by=PersonFactory(), recorded_at=clock.now()
    ),
    "predecessors": lambda project: taken_over_by(project),
    "tags": lambda project: TaggingFactory(subject=project),
    "tasks": lambda project: TaskFactory(subject=project),
    "requests": lambda project: FundingRequestFactory(project=project),
    "kpis": lambda project: KpiFactory(project=project),
}


def taken_over_by(project):
    """A merger into the project, of one that every reader sees."""
    old = ProjectExit.objects.create(
        project=ProjectFactory(status="registered"),
        kind="merge",
        status="approved",
        effective_on=date(2026, 1, 1),
        reason="One service now.",
        proposed_by=PersonFactory(),
        proposed_at=clock.now(),
        decided_by=PersonFactory(),
        decided_at=clock.now(),
    )
    old.successors.add(project)
    return old


def queries(browser, address):
    browser.get(address)  # warm what is read once in a process
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(address)
    assert response.status_code == 200
    return len(captured), response


@pytest.fixture
def page(project):
    ProcedureFactory(project=project)
    return reverse("projects:project-detail", args=[project.reference])


@pytest.mark.parametrize("reader", ["applicant", "official", "team", "outsider"])
def test_the_page_of_a_project_asks_no_more_for_what_is_not_there(world, signed_in, page, reader):
    asked, _response = queries(signed_in(world[reader]), page)

    assert asked <= BARE_PAGE


@pytest.mark.parametrize("reader", ["applicant", "official", "team"])
def test_the_page_of_a_project_that_has_everything_stays_within_its_queries(world, signed_in, project, page, reader):
    rich(world, project)
    asked, response = queries(signed_in(world[reader]), page)

    assert asked <= FULL_PAGE
    assert response.context["came_from"]
    text = response.content.decode()
    for said in ("Waiting time", "Milestone", "Supplier", "tag ", "KPI-9"):
        assert said in text


def rich(world, project):
    """Two of everything that its page shows."""
    for _ in range(2):
        for kind, make in MAKERS.items():
            if kind not in {"pilots", "approvals"}:
                make(project)
        ProcedureFactory(project=project, in_use=True)
    StatusReportFactory(project=project)
    IndependentRatingFactory(project=project)
    FollowFactory(subject=project, person=world["applicant"].person)
    for kpi in project.kpis.all():
        verified(kpi, {date(2026, month, 1): Measured(Decimal(month)) for month in range(1, 10)})
        promised(world["applicant"], kpi)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_project_is_told_of_each_kind_it_has(project, kind):
    ProjectFactory(status="registered")
    bare = told(project)
    MAKERS[kind](project)

    assert kind not in bare
    assert kind in told(project)
    assert not [one for one in told(ProjectFactory()) if one in MAKERS]


def test_every_kind_that_is_told_is_tried_here():
    assert set(MAKERS) == set(_questions)


def test_a_project_read_in_another_way_is_asked_about_everything(project):
    assert all(may_have(project, kind) for kind in MAKERS)


def told(project):
    return Project.objects.annotate(present=present()).get(pk=project.pk).present


@pytest.mark.parametrize("reader", ["applicant", "colleague", "official", "team", "auditor", "outsider", "b_applicant"])
def test_the_query_that_finds_a_project_says_who_is_an_insider_as_the_rule_does(world, project, rf, reader):
    request = rf.get("/")
    request.user = world[reader]

    found = find(request, project.reference)

    assert found.is_inside == Project.objects.insider_to(world[reader]).filter(pk=project.pk).exists()
    assert subjects.is_insider(world[reader], found) == found.is_inside


def test_what_is_kept_of_now_is_not_told_of_the_past(project, applicant):
    ProcedureFactory(project=project, in_use=True, went_live_on=date(2026, 1, 5))
    long_ago = as_at.asked(QueryDict("as_at=2020-01-01"))

    with kept.reading():
        now, inside = live_days([project]), subjects.is_insider(applicant, project)
        with as_at.reading(long_ago):
            assert live_days([project]) == {project.pk: project.gate_passed_on} != now
            assert not subjects.is_insider(applicant, project)
    assert inside


LISTS = {
    "/projects/": 8,
    "/projects/?stage=live&q=project": 9,
    "/procedures/": 12,
    "/api/v1/projects/": 4,
    "/api/v1/procedures/": 7,
}


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("reader", ["applicant", "official"])
def test_a_list_asks_what_it_asked_when_it_was_measured(world, signed_in, project, address, reader):
    for number in range(12):
        made = ProjectFactory(department=world.a, title_en=f"Project {number}")
        TaggingFactory(subject=made)
        ProcedureFactory(project=made, in_use=True)
    asked, _response = queries(signed_in(world[reader]), address)

    assert asked <= LISTS[address]
