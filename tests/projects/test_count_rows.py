"""Rows of TRUST 4 that touch the count, over HTTP, each by its id."""

from datetime import timedelta

from django.urls import reverse
import pytest

from core import clock
from projects.models import Claim, CountingRule, Procedure, ProcedureFact, Project
from tests.factories.projects import ProcedureFactory, ProjectFactory


@pytest.fixture
def send(api, applicant):
    return lambda procedure, act, **body: api(applicant).post(
        f"/api/v1/procedures/{procedure.reference}/{act}/", body, format="json"
    )


def test_wf_10_a_go_live_before_the_gate_is_422(procedure, project, send):
    Project.objects.filter(pk=project.pk).update(gate_passed_on=clock.today())
    before = (clock.today() - timedelta(days=1)).isoformat()
    answer = send(procedure, "claim", project=project.reference, went_live_on=before)

    assert (answer.status_code, answer.json()["code"]) == (422, "golive.before_gate")
    assert not Claim.objects.exists()


def test_wf_11_a_go_live_claimed_late_waits_for_a_second_person_and_does_not_count(procedure, project, send):
    Project.objects.filter(pk=project.pk).update(was_already_running=True)
    early = (clock.today() - timedelta(days=60)).isoformat()
    answer = send(procedure, "claim", project=project.reference, went_live_on=early, reason="Found late.")

    assert (answer.status_code, answer.json()["in_use"], Claim.objects.get().is_late) == (202, False, True)


def test_wf_18_a_procedure_counted_by_a_second_project_is_409(project, world, b_applicant, api):
    counted = ProcedureFactory(project=project, in_use=True)
    other = ProjectFactory(department=world.b)
    other.procedure_links.create(procedure=counted, linked_at=clock.now())
    body = {"project": other.reference, "went_live_on": clock.today().isoformat()}
    answer = api(b_applicant).post(f"/api/v1/procedures/{counted.reference}/claim/", body, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "procedure.counted")
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(("days", "code"), [(-1, "policy.past"), (5, "policy.overlap")], ids=["WF-19", "WF-20"])
def test_a_counting_rule_of_yesterday_or_over_another_is_409(rule, team, api, days, code):
    CountingRule.objects.filter(pk=rule.pk).update(ends_on=clock.today() + timedelta(days=9))
    body = {
        "starts_on": (clock.today() + timedelta(days=days)).isoformat(),
        "required_evidence": ["acceptance"],
        "source": "Circular 7",
    }
    answer = api(team).post("/api/v1/counting-rules/", body, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert CountingRule.objects.count() == 1


FORM = {"name_en": "Visa triage", "planned_on": ""}


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ({"name_en": "x" * 10_000}, "FM-06"),
        ({"name_en": " \u200b"}, "FM-07"),
        ({"planned_on": "2199-01-01"}, "FM-12"),
        ({"name_zh_hant": "簽證\x00"}, "FM-14"),
        ({"yearly_volume": "-1"}, "number"),
        ({"yearly_volume": "1.5"}, "whole"),
        ({"handling_minutes": "1e5"}, "exponent"),
        ({"waiting_days": "١٢"}, "digits"),
        ({"channel": "pigeon"}, "choice"),
    ],
)
def test_a_bad_fact_of_a_procedure_is_shown_beside_its_field_and_not_stored(project, signed_in, applicant, typed, row):
    address = reverse("projects:procedure-new", args=[project.reference])
    answer = signed_in(applicant).post(address, FORM | typed)

    assert answer.status_code == 422, row
    assert b'role="alert"' in answer.content
    assert not Procedure.objects.exists()


def test_fm_08_markup_in_a_name_is_text_wherever_it_is_shown(project, signed_in, applicant, verifier):
    name = "<script>alert(1)</script>"
    address = reverse("projects:procedure-new", args=[project.reference])
    assert signed_in(applicant).post(address, FORM | {"name_en": name, "yearly_volume": "1,200"}).status_code == 302
    made = Procedure.objects.get()
    assert (made.name_en, made.yearly_volume) == (name, 1200)
    for page in ("procedure-detail", "procedure-map", "procedure-edit"):
        text = signed_in(applicant).get(reverse(f"projects:{page}", args=[made.reference])).content.decode()
        assert "<script>alert(1)" not in text


def test_fm_15_a_project_of_others_cannot_be_chosen_and_sounds_like_one_that_is_not_there(
    project, world, signed_in, applicant
):
    counted = ProcedureFactory(project=project, in_use=True)
    own = ProjectFactory(department=world.a)
    hidden = ProjectFactory(department=world.b, draft=True)
    for one in (own, hidden):
        one.procedure_links.create(procedure=counted, linked_at=clock.now())
    address = reverse("projects:procedure-transfer", args=[counted.reference])
    told = [
        signed_in(applicant).post(address, {"to_project": key, "reason": "Moved."}).content.decode()
        for key in (hidden.pk, 10**9)
    ]

    assert all("Choose one of the entries offered." in text for text in told)
    assert not ProcedureFact.objects.filter(kind="transferred").exists()


def test_a_procedure_page_stays_within_its_queries(
    project, signed_in, applicant, verifier, django_assert_max_num_queries
):
    """However many facts it has, for whoever may do most on it."""
    counted = ProcedureFactory(project=project, in_use=True)
    address = reverse("projects:procedure-detail", args=[counted.reference])
    for user, most in ((applicant, 40), (verifier, 56)):
        browser = signed_in(user)
        browser.get(address)
        with django_assert_max_num_queries(most):
            browser.get(address)
