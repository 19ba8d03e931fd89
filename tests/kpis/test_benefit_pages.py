"""Benefits on their pages, on a project's page and over the API, in both languages and as far as one may see."""

from django.urls import reverse
import pytest
import time_machine

from kpis import selectors
from kpis.models import Benefit
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, verified
from tests.kpis.promising import BEFORE, HALF_YEAR, hours_saved, months, promised

API = {"content_type": "application/json"}


@pytest.fixture
def kpi(world):
    return hours_saved(world)


def test_promise_review_and_answer_on_the_pages_in_both_languages(kpi, applicant, team, outsider, signed_in):
    lead, address = signed_in(applicant), reverse("kpis:benefit-new", args=[kpi.reference])
    typed = {
        "summary_en": "Time of counter staff", "summary_zh_hant": "櫃位人員工時", "kind": "hours", "promised": "1200",
        "due_on": "2027-12-31", "formula": "amount", "factor": "1", "factor_source": "", "share": "100",
    }  # fmt: skip
    assert "Promise a benefit" in lead.get(reverse("kpis:kpi-detail", args=[kpi.reference])).content.decode()
    with time_machine.travel(BEFORE, tick=False):
        assert "Register the promise" in lead.get(address).content.decode()
        for wrong in ({"promised": "1,200"}, {"share": "101"}, {"summary_zh_hant": ""}, {"formula": "per_case"}):
            refused = lead.post(address, typed | wrong)
            assert refused.status_code in (200, 422)
            assert "is-invalid" in refused.content.decode() or "field-error" in refused.content.decode()
        assert not Benefit.objects.exists()
        assert lead.post(address, typed).status_code == 302
    benefit = Benefit.objects.get()
    assert benefit.summary_zh_hans == "柜位人员工时"
    verified(kpi, months(6))
    page = reverse("kpis:benefit-detail", args=[benefit.reference])
    with time_machine.travel(HALF_YEAR, tick=False):
        answer = lead.post(
            reverse("kpis:benefit-review", args=[benefit.reference]), {"months": "6", "lessons": "Train earlier."}
        )
        assert answer.status_code == 302
        sent = {"months": "6", "answer": "accept", "note": ""}
        judge = reverse("kpis:benefit-judge", args=[benefit.reference])
        assert lead.post(judge, sent).status_code == 403
        assert signed_in(team).post(judge, sent).status_code == 302
        theirs = signed_in(outsider)
        shown = theirs.get(page).content.decode()
        assert "Train earlier." in shown and "480" in shown and "partly realised" in shown
        assert "Record a review" not in shown
        listed = theirs.get(reverse("kpis:benefit-list"), headers={"Accept-Language": "zh-hant"}).content.decode()
        assert "櫃位人員工時" in listed and "部分實現" in listed
        project = theirs.get(reverse("projects:project-detail", args=[kpi.project.reference])).content.decode()
        assert "Time of counter staff" in project


def test_a_benefit_of_a_hidden_project_is_nowhere(world, applicant, outsider, signed_in):
    hidden = KpiFactory(project=MeasuredProjectFactory(department=world.a, status="draft"))
    benefit = promised(applicant, hidden)

    theirs = signed_in(outsider)

    assert theirs.get(reverse("kpis:benefit-detail", args=[benefit.reference])).status_code == 404
    assert benefit.reference not in theirs.get(reverse("kpis:benefit-list")).content.decode()
    assert theirs.get("/api/v1/benefits/").json()["results"] == []
    assert selectors.totals(selectors.benefit_rows(outsider)) == []


def test_the_api_does_the_same(kpi, applicant, team, signed_in):
    lead = signed_in(applicant)
    body = {
        "kpi": kpi.reference, "kind": "hours", "formula": "amount", "promised": "1200", "due_on": "2027-12-31",
        "summary_en": "Time", "summary_zh_hant": "時間",
    }  # fmt: skip
    with time_machine.travel(BEFORE, tick=False):
        assert lead.post("/api/v1/benefits/", body | {"tempered": "5"}, **API).status_code == 400
        assert lead.post("/api/v1/benefits/", body | {"promised": 1200}, **API).status_code == 400
        assert lead.post("/api/v1/benefits/", body | {"kpi": "KPI-0000"}, **API).status_code == 400
        made = lead.post("/api/v1/benefits/", body, **API)
    assert made.status_code == 201
    assert made.json()["summary"] == {"en": "Time", "zh_hant": "時間", "zh_hans": "时间"}
    address = f"/api/v1/benefits/{made.json()['reference']}/"
    verified(kpi, months(6))
    with time_machine.travel(HALF_YEAR, tick=False):
        review = lead.post(f"{address}review/", {"months": 6, "lessons": "Train earlier."}, **API)
        assert (review.status_code, review.json()["realised"]) == (201, "480")
        judged = signed_in(team).post(f"{address}judge-review/", {"months": 6, "accept": True}, **API)
        assert judged.json()["status"] == "accepted"
        shown = lead.get(address).json()
        assert shown["reviews"][0]["review"]["realised"] == "480"
        assert shown["tempered"] == "960"
    withdrawn = signed_in(team).post(f"{address}withdraw/", {"reason": "Wrong measure."}, **API)
    assert withdrawn.json()["status"] == "withdrawn"
    assert [row["status"] for row in lead.get("/api/v1/benefits/?status=withdrawn").json()["results"]] == ["withdrawn"]


def test_the_register_asks_as_many_questions_for_many_benefits_as_for_one(
    kpi, applicant, world, signed_in, django_assert_max_num_queries
):
    for _number in range(12):
        promised(applicant, KpiFactory(project=MeasuredProjectFactory(department=world.a)))
    client = signed_in(applicant)

    with django_assert_max_num_queries(14):
        assert client.get(reverse("kpis:benefit-list")).status_code == 200
