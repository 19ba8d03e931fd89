"""The department pages: the tree, who heads and leads since when, and totals that explain themselves."""

from datetime import date, timedelta

from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
import pytest

from accounts.models import Posting
from core import clock
from projects import services
from projects.models import Project, ProjectExit
from projects.selectors import departments
from tests.factories.accounts import DepartmentFactory, PersonFactory, PostingFactory
from tests.factories.projects import ProcedureFactory, ProjectFactory

FIRST = date(2026, 1, 1)


@pytest.fixture
def client(signed_in, official):
    return signed_in(official)


def tree_page():
    return reverse("projects:department-list")


def department_page(department):
    return reverse("projects:department-detail", args=[department.safe_code])


def test_the_tree_shows_own_numbers_and_those_of_the_whole_bureau(world, rule, official, client, head):
    bureau = DepartmentFactory(code="BUR", kind="bureau")
    for child in (world.a, world.b):
        child.parent = bureau
        child.save()
    ProcedureFactory(in_use=True, project=ProjectFactory(department=world.a))
    ProcedureFactory(claimed=True, project=ProjectFactory(department=world.b))
    ProjectFactory(department=world.b, draft=True)

    branches = {branch.department.code: branch for branch in departments.tree(official)}

    assert branches["BUR"].own == departments.Figures()
    assert branches["BUR"].whole == departments.Figures(projects=2, claimed=2, verified=1, in_use=1)
    assert branches["A&A"].level == 1
    assert branches["A&A"].head.person == head.person
    assert "Head" in client.get(tree_page()).content.decode()


def test_the_tree_asks_the_same_number_of_queries_however_many_departments(
    world, client, django_assert_num_queries, django_assert_max_num_queries
):
    client.get(tree_page())
    with django_assert_max_num_queries(16) as few:
        client.get(tree_page())
    for _n in range(20):
        ProjectFactory(department=DepartmentFactory())
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(tree_page())


def test_heads_and_leads_are_named_with_their_dates(world, rule, applicant, colleague, head, client, at):
    with at("2026-03-02"):
        project = services.register_project(
            actor=applicant, department_id=world.a.pk, title_en="New", category="other", lead=applicant.person
        )
    with at("2026-05-04"):
        services.edit_project(actor=applicant, project_id=project.pk, expected_version=1, lead=colleague.person)
        before = PostingFactory(department=world.b, person=PersonFactory(name_en="Early Head"), duty="head")
        Posting.objects.filter(pk=before.pk).update(ends_on=date(2024, 2, 1))
        led = departments.leads_of([project])

        text = client.get(department_page(world.b)).content.decode()

    assert [(one.person, clock.hong_kong_day(one.since)) for one in led] == [
        (colleague.person, date(2026, 5, 4)),
        (applicant.person, date(2026, 3, 2)),
    ]
    assert led[0].until is None
    assert clock.hong_kong_day(led[1].until) == date(2026, 5, 4)
    assert "Early Head" in text
    assert "1 Jan 2020 to 1 Feb 2024" in text


def test_the_number_of_projects_explains_itself_by_name(world, rule, applicant, head, team, client, api, official, at):
    with at("2026-02-02"):
        staying, leaving = (_register(applicant, world.a, title) for title in ("Staying", "Leaving"))
    with at("2026-04-10"):
        added = _register(applicant, world.a, "Added")
        services.save_draft(actor=applicant, department_id=world.a.pk, title_en="Draft", category="other")
    with at("2026-05-20"):
        services.propose_exit(
            actor=applicant,
            project_id=leaving.pk,
            kind="merge",
            effective_on=date(2026, 3, 1),
            reason="One team goes on.",
            successor_ids=[added.pk],
        )
        services.approve_exit(actor=team, project_id=leaving.pk)
    with at("2026-06-30"):
        asked = {"from": "2026-04-01", "to": "2026-05-31"}
        page = client.get(department_page(world.a), asked)
        said = api(official).get(f"/api/v1/departments/{world.a.safe_code}/movements/", asked).json()
        before = api(official).get(
            f"/api/v1/departments/{world.a.safe_code}/movements/", {"from": "2026-02-01", "to": "2026-03-31"}
        )

    moved = page.context["moved"]
    assert [len(part) for part in (moved.opening, moved.added, moved.exited, moved.closing)] == [2, 1, 1, 2]
    text = page.content.decode()
    assert "2 at the opening + 1 added − 1 left = 2 at the closing" in text
    assert "One team goes on." in text
    assert said["exited"][0]["successors"] == [added.reference]
    assert [row["reference"] for row in said["opening"]] == [staying.reference, leaving.reference]
    assert [said[f"{name}_count"] for name in ("opening", "added", "exited", "closing")] == [2, 1, 1, 2]
    # what ended in March but was agreed in May changes nothing that was reported for March
    assert (before.json()["exited_count"], before.json()["closing_count"]) == (0, 2)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"from": "2026-02-30"}, "date.format"),
        ({"from": "2199-01-01"}, "date.range"),
        ({"from": "2026-05-02", "to": "2026-05-01"}, "date.order"),
        ({"to": "2098-01-01"}, "date.future"),
        ({"since": "2026-05-02"}, "param.unknown"),
    ],
)
def test_days_that_cannot_be_are_refused(world, client, api, official, query, code):
    assert client.get(department_page(world.a), query).status_code == 400
    answer = api(official).get(f"/api/v1/departments/{world.a.safe_code}/movements/", query)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


@given(
    st.lists(st.tuples(st.integers(0, 200), st.none() | st.integers(0, 120)), max_size=12),
    st.integers(0, 250),
    st.integers(0, 60),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_stored_histories_add_up_between_any_two_days(world, official, told, start, length):
    Project.objects.all().delete()
    for entered, stayed in told:
        registered = FIRST + timedelta(days=entered)
        left = None if stayed is None else registered + timedelta(days=stayed)
        ProjectFactory(
            department=world.a, registered_on=registered, left_on=left, stage="live" if left is None else "retired"
        )
    first = FIRST + timedelta(days=start)
    projects = departments.projects_of(world.a, official)

    moved = departments.moved(projects, first=first, last=first + timedelta(days=length))

    assert moved.adds_up
    rows = Project.objects.filter(registered_on__lte=moved.last).exclude(left_on__lte=moved.last)
    assert {one.pk for one in moved.closing} == set(rows.values_list("pk", flat=True))


def test_the_api_says_what_the_pages_say(world, rule, project, api, official, head):
    client = api(official)
    standing = client.get(f"/api/v1/departments/{world.a.safe_code}/standing/").json()
    tree = {row["department"]: row for row in client.get("/api/v1/department-tree/").json()}

    assert standing["figures"] == tree["AA"]["own"] == {"projects": 1, "claimed": 0, "verified": 0, "in_use": 0}
    assert standing["heads"][0]["person"]["id"] == head.person_id
    assert standing["stages"] == [{"stage": "live", "projects": [project.reference]}]
    assert client.get("/api/v1/departments/NONE/standing/").status_code == 404
    assert not ProjectExit.objects.exists()


def _register(actor, department, title):
    return services.register_project(actor=actor, department_id=department.pk, title_en=title, category="other")
