"""KPIs and sources over the API."""

from datetime import date
from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from kpis.installation import install
from kpis.models import Definition, Kpi, Reading, Source
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, RunFactory, SourceFactory

ADDRESS = "https://cases.dept.example:8443/readings.json"


@pytest.fixture
def api():
    def sign_in(user):
        client = APIClient()
        client.force_authenticate(user)
        return client

    return sign_in


@pytest.fixture
def kpi(world):
    return KpiFactory(project=MeasuredProjectFactory(department=world.a), owner=world["applicant"].person)


def proposal(kpi, **changes):
    return {
        "department": "A&A",
        "name": "Case system",
        "url": ADDRESS,
        "hosts": ["cases.dept.example:8443"],
        "networks": ["10.20.0.0/16"],
        "paths": {"items": "data", "kpi": "kpi", "period": "month", "value": "value"},
        "kpis": [{"kpi": kpi.reference}],
        "interval_minutes": 1440,
    } | changes


def test_a_department_defines_a_kpi_sets_its_baseline_and_target(api, applicant, world):
    install()
    project = MeasuredProjectFactory(department=world.a)
    client = api(applicant)

    made = client.post(
        "/api/v1/kpis/",
        {"project": project.reference, "definition": "volume", "frequency": "monthly", "starts_on": "2026-01-15"},
        format="json",
    )

    assert made.status_code == 201, made.json()
    reference = made.json()["reference"]
    assert Kpi.objects.get(reference=reference).starts_on == date(2026, 1, 1)
    baseline = {"value": "90", "period_start": "2025-10-01", "period_end": "2025-12-31", "evidence": "Counted."}
    assert client.post(f"/api/v1/kpis/{reference}/baseline/", baseline, format="json").status_code == 200
    assert client.post(f"/api/v1/kpis/{reference}/lock-baseline/", {}, format="json").status_code == 200
    again = client.post(f"/api/v1/kpis/{reference}/baseline/", baseline | {"value": "1"}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "baseline.locked")
    target = client.post(f"/api/v1/kpis/{reference}/target/", {"value": "150", "due_on": "2098-01-01"}, format="json")
    assert target.status_code == 200


def test_another_department_defines_nothing_here(api, b_applicant, kpi):
    answer = api(b_applicant).post(
        f"/api/v1/kpis/{kpi.reference}/target/", {"value": "1", "due_on": "2098-01-01"}, format="json"
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "duty.department")
    assert not kpi.targets.exists()


def test_a_baseline_is_not_set_after_go_live(api, applicant, kpi):
    type(kpi.project).objects.filter(pk=kpi.project_id).update(stage="live")
    body = {"value": "90", "period_start": "2025-10-01", "period_end": "2025-12-31", "evidence": "Counted."}

    answer = api(applicant).post(f"/api/v1/kpis/{kpi.reference}/baseline/", body, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "baseline.after_go_live")


def test_a_typed_reading_is_verified_by_a_second_person_only(api, applicant, colleague, b_applicant, kpi):
    """TRUST WF-13."""
    typed = api(applicant).post(
        f"/api/v1/kpis/{kpi.reference}/type-reading/", {"period": "2026-01", "value": "12.5"}, format="json"
    )
    assert typed.status_code == 201, typed.json()
    verdict = {"period": "2026-01", "revision": 1}

    own = api(applicant).post(f"/api/v1/kpis/{kpi.reference}/verify-reading/", verdict, format="json")
    other = api(b_applicant).post(f"/api/v1/kpis/{kpi.reference}/verify-reading/", verdict, format="json")
    second = api(colleague).post(f"/api/v1/kpis/{kpi.reference}/verify-reading/", verdict, format="json")
    twice = api(colleague).post(f"/api/v1/kpis/{kpi.reference}/verify-reading/", verdict, format="json")

    assert (own.status_code, own.json()["code"]) == (403, "duty.separate")
    assert other.status_code == 404
    assert (second.status_code, second.json()["verdict"]) == (200, "verified")
    assert (twice.status_code, twice.json()["code"]) == (409, "reading.state")


def test_unverified_readings_are_hidden_from_others(api, applicant, official, team, kpi):
    api(applicant).post(
        f"/api/v1/kpis/{kpi.reference}/type-reading/", {"period": "2026-01", "value": "1"}, format="json"
    )

    counts = {
        user.username: api(user).get(f"/api/v1/kpis/{kpi.reference}/readings/").json()["count"]
        for user in (applicant, official, team)
    }

    assert counts == {"applicant": 1, "official": 0, "team": 1}


@pytest.mark.parametrize("value", [12.5, "1,234", "NaN", "1e400", "１", "1.1234567", None, True])
def test_a_value_is_text_with_a_plain_number(api, applicant, kpi, value):
    answer = api(applicant).post(
        f"/api/v1/kpis/{kpi.reference}/type-reading/", {"period": "2026-01", "value": value}, format="json"
    )

    assert answer.status_code == 400
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"period": "2199-01", "value": "1"}, 422, "observed.future"),
        ({"period": "2023-01", "value": "1"}, 422, "observed.before_start"),
        ({"period": "January", "value": "1"}, 422, "period.format"),
        ({"period": "2026-01", "value": "-1"}, 422, "value.range"),
        ({"period": "2026-01", "numerator": "1", "denominator": "2"}, 422, "value.parts"),
        ({"period": "2026-01", "value": "1", "state": "verified"}, 400, "field.read_only"),
        ({"period": "2026-01", "value": "1", "approved_by": 1}, 400, "field.unknown"),
    ],
)
def test_a_reading_is_refused_with_its_code(api, applicant, kpi, body, status, code):
    answer = api(applicant).post(f"/api/v1/kpis/{kpi.reference}/type-reading/", body, format="json")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Reading.objects.exists()


@pytest.mark.parametrize("persona", ["applicant", "team", "administrator", "auditor"])
@pytest.mark.parametrize("method", ["delete", "patch", "put"])
def test_nobody_edits_or_removes_readings(api, world, kpi, persona, method):
    """TRUST WF-12."""
    for address in (f"/api/v1/kpis/{kpi.reference}/readings/", f"/api/v1/kpis/{kpi.reference}/"):
        assert getattr(api(world[persona]), method)(address, {}, format="json").status_code == 405


def test_a_source_is_proposed_by_one_and_approved_by_another(api, applicant, team, kpi):
    made = api(applicant).post("/api/v1/sources/", proposal(kpi), format="json")
    assert made.status_code == 201, made.json()
    address = f"/api/v1/sources/{made.json()['reference']}/approve/"
    assert made.json()["columns"] == ["kpi", "month", "value"]

    assert api(applicant).post(address, {}, format="json").status_code == 403
    approved = api(team).post(address, {}, format="json")

    assert (approved.status_code, approved.json()["status"]) == (200, "approved")
    assert api(team).post(address, {}, format="json").json()["code"] == "source.state"


def test_who_proposed_a_source_does_not_approve_it(api, team, kpi):
    made = api(team).post("/api/v1/sources/", proposal(kpi), format="json")

    answer = api(team).post(f"/api/v1/sources/{made.json()['reference']}/approve/", {}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (403, "duty.separate")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (
            {"url": "https://169.254.169.254/x", "hosts": ["169.254.169.254:443"], "networks": ["169.254.0.0/16"]},
            "address.forbidden",
        ),
        ({"url": "https://good.example@10.0.0.1/"}, "address.userinfo"),
        ({"url": "file:///etc/passwd"}, "address.scheme"),
        ({"url": "gopher://cases.dept.example/"}, "address.scheme"),
        ({"url": "http://cases.dept.example:8443/"}, "address.scheme"),
        ({"url": "https://other.example/"}, "address.host"),
        ({"networks": ["0.0.0.0/0"]}, "address.network"),
        ({"networks": ["everywhere"]}, "address.network"),
        ({"paths": {"items": "data[", "period": "month", "value": "value", "kpi": "kpi"}}, "path.format"),
    ],
)
def test_a_source_with_a_bad_address_or_path_is_refused(api, applicant, kpi, changes, code):
    answer = api(applicant).post("/api/v1/sources/", proposal(kpi, **changes), format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Source.objects.exists()


def test_a_source_reports_no_kpi_of_another_department(api, b_applicant, world, kpi):
    body = proposal(kpi, department="BB")

    answer = api(b_applicant).post("/api/v1/sources/", body, format="json")

    assert answer.status_code == 404
    assert not Source.objects.exists()


def test_sources_and_runs_are_hidden_from_other_departments(api, applicant, b_applicant, kpi, world):
    source = SourceFactory(department=world.a, kpis=[kpi])
    RunFactory(source=source, state="rejected", reason="schema")

    assert api(b_applicant).get("/api/v1/sources/").json()["count"] == 0
    assert api(b_applicant).get(f"/api/v1/sources/{source.reference}/runs/").status_code == 404
    runs = api(applicant).get(f"/api/v1/sources/{source.reference}/runs/").json()
    assert [run["reason"] for run in runs["results"]] == ["schema"]


def test_a_paused_source_is_resumed_by_the_team(api, applicant, team, kpi, world):
    source = SourceFactory(department=world.a, kpis=[kpi])
    address = f"/api/v1/sources/{source.reference}"

    assert api(applicant).post(f"{address}/pause/", {"reason": "Moving house."}, format="json").status_code == 200
    assert api(applicant).post(f"{address}/resume/", {}, format="json").status_code == 403
    assert api(team).post(f"{address}/resume/", {}, format="json").json()["status"] == "approved"


def test_the_list_shows_none_and_not_zero_where_there_is_no_data(api, official, kpi):
    row = api(official).get("/api/v1/kpis/").json()["results"][0]

    assert row["latest_value"] is None
    assert row["standing"] == "no_target"


def test_the_library_is_installed_once_in_three_languages(db):
    assert install() == 7
    assert install() == 0
    for definition in Definition.objects.all():
        assert all((definition.name_en, definition.name_zh_hant, definition.name_zh_hans, definition.unit_zh_hant))
    assert Definition.objects.get(key="error-rate").highest == Decimal(100)
