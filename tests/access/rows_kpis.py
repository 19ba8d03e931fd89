"""KPIs of department A: everybody sees verified readings, A's people report, the Team manages sources."""

from datetime import date
from decimal import Decimal
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kpis import services
from kpis.installation import install
from kpis.models import Breach
from tests.access.table import Row, api, page, post
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, RunFactory, SourceFactory

A = {"applicant": 1, "head": 1, "colleague": 1}


def prepare(world: Any) -> None:
    install()
    kpi = KpiFactory(project=MeasuredProjectFactory(department=world.a), owner=world["applicant"].person)
    services.type_reading(actor=world["applicant"], kpi_id=kpi.pk, period="2026-01", value=Decimal(5))
    hidden = KpiFactory(project=MeasuredProjectFactory(department=world.a, status="draft"))
    free = KpiFactory(project=MeasuredProjectFactory(department=world.a))
    locked = KpiFactory(project=MeasuredProjectFactory(department=world.a))
    services.set_baseline(actor=world["applicant"], kpi_id=locked.pk, **BASELINE)
    Breach.objects.create(kpi=kpi, period_start=date(2026, 1, 1), opened_at=timezone.now())
    approved = SourceFactory(department=world.a, kpis=[kpi])
    proposed = SourceFactory(department=world.a, status="proposed", approved_by=None, approved_at=None)
    paused = SourceFactory(department=world.a, status="paused")
    world.things |= {
        "kpi": kpi,
        "hidden_kpi": hidden,
        "free_kpi": free,
        "locked_kpi": locked,
        "source": approved,
        "proposed_source": proposed,
        "paused_source": paused,
        "run": RunFactory(source=approved, state="dead", attempts=3),
    }
    world.things["period_lock"] = services.lock_periods(
        actor=world["team"], until=date(2020, 1, 31), reason="Before the programme."
    )
    world.things["offered_file"] = offered(world, "2026-05")
    reported = offered(world, "2026-06")
    world.things["reported_file"] = services.report_readings(actor=world["applicant"], file_id=reported.pk)


def of(name: str) -> Any:
    return lambda world: {"reference": world.things[name].reference}


def by_a(status: int) -> dict[str, int]:
    return dict.fromkeys(A, status)


SMALLEST = {"smallest": 8, "reason": "Agreed with the department."}
BASELINE = {
    "value": Decimal(3),
    "period_start": date(2024, 1, 1),
    "period_end": date(2024, 3, 31),
    "evidence": "Counted.",
}
BASELINE_SENT = {"value": "3", "period_start": "2024-01-01", "period_end": "2024-03-31", "evidence": "Counted."}
FOLLOW_UP = {"text": "Two more officers.", "due_on": "2098-01-01"}
TARGETS = {"targets": [{"period": "2098-01", "value": "9"}]}
VERDICT = {"period": "2026-01", "revision": 1}
SEES_SOURCES = {**by_a(200), "administrator": 200, "auditor": 200}


LOCKED = {"until": "2020-03-31", "reason": "Reported to the Panel."}
RETRY = {"reason": "The server is back."}


REPORTS = {"applicant": 200, "head": 403, "colleague": 403, "auditor": 403}
VERIFIES = {"applicant": 403, "head": 200, "colleague": 200, "auditor": 403}


def a_reading_file(world: Any, period: str) -> io.BytesIO:
    """One reading of the KPI that nobody has reported yet."""
    reference = world.things["kpi"].reference
    return io.BytesIO(f"kpi,period,value,numerator,denominator\n{reference},{period},7,,\n".encode())


def offered(world: Any, period: str) -> Any:
    return services.offer_readings(
        actor=world["applicant"], file=a_reading_file(world, period), file_name="readings.csv", encoding="utf-8"
    )


def number(name: str) -> Any:
    return lambda world: {"number": world.things[name].pk}


def a_file(world: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("readings.csv", a_reading_file(world, "2026-04").getvalue(), content_type="text/csv")
    return {"encoding": "utf-8", "file": file}


def the_job(world: Any) -> dict[str, Any]:
    return {"number": world.things["run"].pk}


def the_run(world: Any) -> dict[str, Any]:
    return {"id": world.things["run"].pk}


def a_new_kpi(world: Any) -> dict[str, Any]:
    project = world.things["kpi"].project.reference
    return {"project": project, "definition": "volume", "frequency": "monthly", "starts_on": "2026-01-01"}


def a_new_source(world: Any) -> dict[str, Any]:
    return {
        "department": "A&A",
        "name": "Case system",
        "url": "https://cases.example/readings.json",
        "hosts": ["cases.example:443"],
        "networks": ["10.20.0.0/16"],
        "paths": {"items": "data", "kpi": "kpi", "period": "month", "value": "value"},
        "kpis": [{"kpi": world.things["free_kpi"].reference}],
        "interval_minutes": 1440,
    }


MEASURE = {
    "name_en": "Waiting time",
    "name_zh_hant": "輪候時間",
    "unit_en": "minutes",
    "unit_zh_hant": "分鐘",
    "direction": "down",
    "formula": "value",
    "aggregation": "mean",
}


def a_measure(world: Any) -> dict[str, Any]:
    return {"key": world.things["kpi"].definition.key}


ROWS: list[Row] = [
    page("kpis:library"),
    page("kpis:measure-detail", at=a_measure),
    page("kpis:measure-new", 403, team=200),
    page("kpis:measure-revise", 403, at=a_measure, team=200),
    api("GET", "/api/v1/measures/"),
    api("GET", "/api/v1/measures/{key}/", at=a_measure),
    api("POST", "/api/v1/measures/", 403, data=MEASURE | {"key": "waiting-time"}, team=201),
    api("POST", "/api/v1/measures/{key}/revise/", 403, at=a_measure, data=MEASURE, team=201),
    post("kpis:measure-smallest-group", 403, at=a_measure, data=SMALLEST, team=302),
    api("POST", "/api/v1/measures/{key}/smallest-group/", 403, at=a_measure, data=SMALLEST, team=201),
    post("kpis:kpi-target", 403, at=of("kpi"), data={"value": "9", "due_on": "2098-01-01"}, **by_a(302)),
    post("kpis:kpi-targets", 403, at=of("kpi"), data={"targets": "2098-01 9\n2098-02 8"}, **by_a(302)),
    api("POST", "/api/v1/kpis/{reference}/targets/", 403, at=of("kpi"), data=TARGETS, **by_a(200)),
    post("kpis:kpi-adopt", 403, at=of("kpi"), data={"starts_on": "2026-01-01"}, **by_a(409)),
    api("POST", "/api/v1/kpis/{reference}/adopt/", 403, at=of("kpi"), data={"starts_on": "2026-01-01"}, **by_a(409)),
    post("kpis:kpi-follow-up", 403, at=of("kpi"), data=FOLLOW_UP, **by_a(302)),
    post("kpis:kpi-follow-up", 409, at=of("free_kpi"), data=FOLLOW_UP),
    api("GET", "/api/v1/kpis/{reference}/breaches/", at=of("kpi")),
    api("GET", "/api/v1/kpis/{reference}/breaches/", 404, at=of("hidden_kpi"), **by_a(200)),
    api("POST", "/api/v1/kpis/{reference}/follow-up/", 403, at=of("kpi"), data=FOLLOW_UP, **by_a(201)),
    page("kpis:kpi-list"),
    page("kpis:kpi-detail", at=of("kpi")),
    page("kpis:kpi-detail", 404, at=of("hidden_kpi"), **by_a(200)),
    post("kpis:reading-type", 403, at=of("kpi"), data={"period": "2026-02", "value": "7"}, **by_a(302)),
    post("kpis:reading-draft", 403, at=of("kpi"), data={"period": "2026-02", "value": "7"}, **by_a(302)),
    post(
        "kpis:reading-verify",
        404,
        at=of("kpi"),
        data=VERDICT | {"verdict": "verify"},
        applicant=403,
        head=302,
        colleague=302,
        auditor=403,
    ),
    api("GET", "/api/v1/kpis/"),
    api("POST", "/api/v1/kpis/", 403, data=a_new_kpi, **by_a(201)),
    api("GET", "/api/v1/kpis/{reference}/", at=of("kpi")),
    api("GET", "/api/v1/kpis/{reference}/", 404, at=of("hidden_kpi"), **by_a(200)),
    api("GET", "/api/v1/kpis/{reference}/readings/", at=of("kpi")),
    api("GET", "/api/v1/kpis/{reference}/effect/", at=of("kpi")),
    api("GET", "/api/v1/kpis/{reference}/draft/", at=of("kpi")),
    api("POST", "/api/v1/kpis/{reference}/save-draft/", 403, at=of("kpi"), data={"value": "7"}, **by_a(200)),
    api("GET", "/api/v1/kpis/{reference}/judgement/", at=of("kpi")),
    api("GET", "/api/v1/kpis/{reference}/years/", at=of("kpi")),
    api("GET", "/api/v1/kpis/{reference}/breakdowns/", at=of("kpi")),
    api("POST", "/api/v1/kpis/{reference}/baseline/", 403, at=of("kpi"), data=BASELINE_SENT, **by_a(200)),
    api("POST", "/api/v1/kpis/{reference}/lock-baseline/", 403, at=of("locked_kpi"), **by_a(200)),
    api(
        "POST",
        "/api/v1/kpis/{reference}/target/",
        403,
        at=of("kpi"),
        data={"value": "9", "due_on": "2098-01-01"},
        **by_a(200),
    ),
    api(
        "POST",
        "/api/v1/kpis/{reference}/type-reading/",
        403,
        at=of("kpi"),
        data={"period": "2026-02", "value": "7"},
        **by_a(201),
    ),
    api(
        "POST",
        "/api/v1/kpis/{reference}/verify-reading/",
        404,
        at=of("kpi"),
        data=VERDICT,
        applicant=403,
        head=200,
        colleague=200,
        auditor=403,
    ),
    page("kpis:file-list"),
    post("kpis:file-list", 422, data=a_file, **by_a(302)),
    api("POST", "/api/v1/reading-files/", 400, data={"encoding": "utf-8"}),
    page("kpis:file-template"),
    page("kpis:file-detail", 404, at=number("offered_file"), auditor=200, **by_a(200)),
    page("kpis:file-refused", 404, at=number("offered_file"), auditor=200, **by_a(200)),
    post("kpis:file-report", 404, at=number("offered_file"), applicant=302, head=403, colleague=403, auditor=403),
    post("kpis:file-withdraw", 404, at=number("offered_file"), applicant=302, head=403, colleague=403, auditor=403),
    post("kpis:file-verify", 404, at=number("reported_file"), applicant=403, head=302, colleague=302, auditor=403),
    api("GET", "/api/v1/reading-files/"),
    api("GET", "/api/v1/reading-files/{number}/", 404, at=number("offered_file"), auditor=200, **by_a(200)),
    api("POST", "/api/v1/reading-files/{number}/report/", 404, at=number("offered_file"), **REPORTS),
    api("POST", "/api/v1/reading-files/{number}/withdraw/", 404, at=number("offered_file"), **REPORTS),
    api("POST", "/api/v1/reading-files/{number}/verify/", 404, at=number("reported_file"), **VERIFIES),
    page("jobs:job-list"),
    page("jobs:job-detail", 404, at=the_job, **SEES_SOURCES),
    post("jobs:job-retry", 404, at=the_job, data=RETRY, administrator=302, auditor=403, **by_a(302)),
    api("GET", "/api/v1/jobs/"),
    api("GET", "/api/v1/jobs/{id}/", 404, at=the_run, **SEES_SOURCES),
    api("POST", "/api/v1/jobs/{id}/retry/", 404, at=the_run, data=RETRY, administrator=200, auditor=403, **by_a(200)),
    api("GET", "/api/v1/sources/"),
    api("POST", "/api/v1/sources/", 403, data=a_new_source, administrator=201, **by_a(201)),
    api("GET", "/api/v1/sources/{reference}/", 404, at=of("source"), **SEES_SOURCES),
    api("GET", "/api/v1/sources/{reference}/runs/", 404, at=of("source"), **SEES_SOURCES),
    api(
        "POST",
        "/api/v1/sources/{reference}/approve/",
        404,
        at=of("proposed_source"),
        administrator=200,
        auditor=403,
        **by_a(403),
    ),
    api(
        "POST",
        "/api/v1/sources/{reference}/pause/",
        404,
        at=of("source"),
        data={"reason": "Moving house."},
        administrator=200,
        auditor=403,
        **by_a(200),
    ),
    api(
        "POST",
        "/api/v1/sources/{reference}/resume/",
        404,
        at=of("paused_source"),
        administrator=200,
        auditor=403,
        **by_a(403),
    ),
    page("kpis:period-locks"),
    post("kpis:period-locks", 403, data=LOCKED),
    post("kpis:kpi-lock-periods", 403, at=of("kpi"), data=LOCKED),
    api("GET", "/api/v1/period-locks/"),
    api("GET", "/api/v1/period-locks/{id}/", at=lambda world: {"id": world.things["period_lock"].pk}),
    api("POST", "/api/v1/period-locks/", 403, data=LOCKED),
]
