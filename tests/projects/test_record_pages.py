"""The pages of a project's records over HTTP: what is shown to whom, refused input, forms opened too early."""

import json

from django.urls import reverse
import pytest

from projects.models import Concern, Milestone, ResourceUse, StatusReport
from tests.factories.projects import ProjectFactory
from tests.factories.records import (
    ConcernFactory,
    DependencyFactory,
    IndependentRatingFactory,
    MilestoneFactory,
    ResourceFactory,
    ResourceUseFactory,
    StatusReportFactory,
)

STRANGE = "Late\u202egnihton"


@pytest.fixture
def as_person(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def page(name, *args):
    return reverse(f"projects:{name}", args=args)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def milestone(project):
    return MilestoneFactory(project=project, name_en="All counters <b>served</b>", original_on="2027-03-01")


def test_a_plan_shows_its_dates_its_slip_and_what_it_waits_for(project, milestone, as_person, official):
    other = ProjectFactory(reference="BB-2026-007", stage="pilot")
    DependencyFactory(project=project, on_project=other, original_on="2027-01-01", forecast_on="2027-01-13")

    text = text_of(as_person(official).get(page("plan", project.reference)))

    assert "12 days later than first agreed" in text
    assert "BB-2026-007" in text
    assert "stage: pilot" in text
    assert "All counters &lt;b&gt;served&lt;/b&gt;" in text  # FM-08
    assert "<b>served" not in text
    assert page("planned-new", project.reference, "milestones") not in text


def test_a_form_opened_before_somebody_elses_change_shows_both(project, milestone, as_person, applicant):
    Milestone.objects.filter(pk=milestone.pk).update(forecast_on="2027-04-04", version=2)
    sent = {"name_en": "All served", "forecast_on": "2027-05-05", "expected_version": 1}

    answer = as_person(applicant).post(page("planned-change", project.reference, "milestones", milestone.pk), sent)

    assert answer.status_code == 412
    assert ("Expected on", "2027-04-04") in [(str(label), value) for label, value in answer.context["stale"].stored]
    assert "2027-05-05" in text_of(answer)
    milestone.refresh_from_db()
    assert str(milestone.forecast_on) == "2027-04-04"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("due_on", "2199-01-01"), ("name_en", STRANGE), ("name_en", "\u200b \u3000"), ("name_en", "x" * 10_000)],
)
def test_what_cannot_be_a_milestone_is_refused_with_its_values_kept(project, as_person, applicant, field, typed):
    """FM-06, FM-07, FM-12, and text rules of TRUST 4.0."""
    sent = {"name_en": "All served", "due_on": "2027-03-01"} | {field: typed}

    answer = as_person(applicant).post(page("planned-new", project.reference, "milestones"), sent)

    assert answer.status_code == 422
    assert 'role="alert"' in text_of(answer)
    assert not Milestone.objects.exists()
    assert as_person(applicant).get(page("plan", project.reference)).status_code == 200


def test_a_draft_of_another_department_is_no_choice_and_reads_like_a_missing_one(project, as_person, applicant, world):
    """FM-15."""
    hidden = ProjectFactory(department=world.b, draft=True)
    told = []
    for reference in (hidden.reference, "BB-2026-999"):
        sent = {"name_en": "Its interface", "due_on": "2027-03-01", "on_project": reference}
        answer = as_person(applicant).post(page("planned-new", project.reference, "dependencies"), sent)
        told.append((answer.status_code, answer.context["form"].errors["on_project"]))

    assert told[0] == told[1]
    assert told[0][0] == 422


def test_a_month_is_reported_and_corrected_on_its_page(project, as_person, applicant):
    at = (project.reference, "2026-10")
    client = as_person(applicant)
    assert client.post(page("status-report", *at), {"rating": "green", "summary": "To plan."}).status_code == 302
    sent = {"rating": "red", "summary": "Late.", "expected_revision": 1}

    assert client.post(page("status-correct", *at), sent).status_code == 422
    assert client.post(page("status-correct", *at), sent | {"correction": "Late news."}).status_code == 302
    stale = client.post(page("status-correct", *at), sent | {"correction": "Later news."})

    assert stale.status_code == 412
    assert list(StatusReport.objects.order_by("revision").values_list("rating", flat=True)) == ["green", "red"]
    assert "To plan." in text_of(client.get(page("status-month", *at)))


def test_the_two_ratings_stand_side_by_side_in_list_and_page(project, as_person, official):
    StatusReportFactory(project=project, rating="green")
    IndependentRatingFactory(project=project, rating="red")
    client = as_person(official)

    assert "the two differ" in text_of(client.get(page("status", project.reference)))
    for address in (page("project-list"), page("project-detail", project.reference)):
        text = text_of(client.get(address))
        assert "on track" in text
        assert "off track" in text


def test_outsiders_find_no_trace_of_risks_anywhere(project, as_person, outsider, official):
    concern = ConcernFactory(project=project, title="The supplier may leave")
    own = ("project-detail", "plan", "status")
    for person in (outsider, official):
        client = as_person(person)
        for name in ("risks", "risk-new"):
            assert client.get(page(name, project.reference)).status_code == 404
        assert client.get(page("risk", project.reference, concern.pk)).status_code == 404
        for name in own:
            text = text_of(client.get(page(name, project.reference)))
            assert "The supplier may leave" not in text
            assert page("risks", project.reference) not in text
        listed = client.get("/api/v1/risks/", {"project": project.reference}).json()
        assert (listed["count"], listed["results"]) == (0, [])


def test_the_matrix_opens_exactly_the_risks_it_counts(project, as_person, auditor):
    ConcernFactory.create_batch(2, project=project, likelihood=4, impact=5)
    ConcernFactory(project=project, likelihood=4, impact=5, closed=True)
    ConcernFactory(project=project, likelihood=1, impact=1)
    client = as_person(auditor)
    shown = client.get(page("risks", project.reference)).context["matrix"]
    cell = next(cell for row in shown for cell in row if (cell.likelihood, cell.impact) == (4, 5))

    found = client.get(
        page("risks", project.reference), {"kind": "risk", "state": "open", "likelihood": "4", "impact": "5"}
    )

    assert cell.count == found.context["page_of"].paginator.count == 2


def test_lists_ask_the_same_number_of_queries_for_one_row_and_for_twenty(
    project, as_person, applicant, django_assert_num_queries, django_assert_max_num_queries
):
    makers = {
        page("plan", project.reference): lambda: (
            MilestoneFactory(project=project),
            DependencyFactory(project=project, on_project=ProjectFactory()),
        ),
        page("risks", project.reference): lambda: ConcernFactory(project=project),
        page("resource-list"): lambda: ResourceUseFactory(),
    }
    for address, make in makers.items():
        make()
        as_person(applicant).get(address)
        with django_assert_max_num_queries(20) as one:
            as_person(applicant).get(address)
        for _n in range(19):
            make()
        with django_assert_num_queries(len(one.captured_queries)):
            assert as_person(applicant).get(address).status_code == 200


def test_a_project_says_what_it_is_built_from_until_the_use_ends(project, as_person, applicant):
    client = as_person(applicant)
    known = ResourceFactory(kind="model", name_en="HKGAI V1")
    sent = {"kind": "model", "name_en": "hkgai v1", "purpose": "Drafting", "starts_on": "2026-03-01"}
    assert client.post(page("use-new", project.reference), sent).status_code == 302
    use = ResourceUse.objects.get()

    assert use.resource == known
    assert "Drafting" in text_of(client.get(page("project-detail", project.reference)))
    early = client.post(page("use-end", project.reference, use.pk), {"ends_on": "2026-02-01"})
    assert early.status_code == 422  # FM-13
    assert client.post(page("use-end", project.reference, use.pk), {"ends_on": "2026-06-01"}).status_code == 302
    assert "Drafting" not in text_of(client.get(page("project-detail", project.reference)))
    assert "Drafting" in text_of(client.get(page("resource", known.reference)))


def test_resources_are_found_by_kind_and_words(as_person, official, world):
    ResourceFactory(kind="model", name_en="HKGAI V1")
    ResourceFactory(kind="system", name_en="HKGAI desk")
    client = as_person(official)

    def found(**query):
        return [row.name_en for row in client.get(page("resource-list"), query).context["page_of"]]

    assert found(kind="model") == ["HKGAI V1"]
    assert found(q="desk") == ["HKGAI desk"]
    assert sorted(found(q="hkgai")) == ["HKGAI V1", "HKGAI desk"]


def test_a_program_meets_the_same_rules(project, as_person, applicant):
    client = as_person(applicant)

    def post(path, headers=None, **body):
        return client.post(path, json.dumps(body), content_type="application/json", headers=headers or {})

    made = post("/api/v1/milestones/", project=project.reference, name_en="All served", due_on="2027-03-01")
    one = f"/api/v1/milestones/{made.json()['id']}/"
    assert (made.status_code, made.json()["slip_days"], made.headers["ETag"]) == (201, 0, '"1"')
    assert post(f"{one}agree/", current_on="2027-05-01", reason="So.").status_code == 428  # AP-12
    stale = post(f"{one}agree/", {"If-Match": '"9"'}, current_on="2027-05-01", reason="So.")
    assert stale.status_code == 412  # AP-13
    unknown = post(
        "/api/v1/milestones/", project=project.reference, name_en="X", due_on="2027-03-01", original_on="2020-01-01"
    )
    assert (unknown.status_code, unknown.json()["code"]) == (400, "field.read_only")  # AP-10
    month = {"project": project.reference, "rating": "green", "summary": "Fine."}
    future = post("/api/v1/status-reports/", **month, month="2098-01")
    assert (future.status_code, future.json()["code"]) == (422, "date.future")
    wrong = post("/api/v1/status-reports/", **month, month="2026-13")
    assert wrong.status_code == 400
    assert Milestone.objects.count() == 1
    assert not StatusReport.objects.exists()
    assert not Concern.objects.exists()


def test_records_speak_chinese(project, milestone, as_person, applicant):
    client = as_person(applicant)
    client.cookies["django_language"] = "zh-hant"

    assert "里程碑及依賴事項" in text_of(client.get(page("plan", project.reference)))
    assert "部門自評" in text_of(client.get(page("status", project.reference)))
    assert "風險及問題" in text_of(client.get(page("risks", project.reference)))
    assert "供應商、模型、數據集及系統" in text_of(client.get(page("resource-list")))
