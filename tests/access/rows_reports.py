"""Reports: issued ones are for everybody, the rest for those who make and check them."""

from typing import Any

from core import clock
from reports import services
from tests.access.rows_kpis import of
from tests.access.table import Row, api, page, post

BRIEF = {"form": "minister_brief"}
MAKERS = {"report_staff": 200, "official": 200, "auditor": 200}


def prepare(world: Any) -> None:
    maker, today = world["report_staff"], clock.today().isoformat()
    world.things |= {
        "draft_report": services.draft_report(actor=maker, period=today, **BRIEF),
        "cleared_report": services.draft_report(actor=maker, period=today, **BRIEF),
        "issued_report": services.draft_report(actor=maker, period=today, **BRIEF),
    }
    world.things["schedule"] = services.add_schedule(
        actor=maker, form="programme_month", day=3, least_coverage=50, readers=[maker.person]
    )
    for name in ("cleared_report", "issued_report"):
        services.clear_report(actor=world["team"], report_id=world.things[name].pk)
    services.issue_report(actor=world["official"], report_id=world.things["issued_report"].pk)
    for name in ("draft_report", "cleared_report", "issued_report"):
        world.things[name].refresh_from_db()


def new(world: Any) -> dict[str, Any]:
    return {"period": clock.today().isoformat()}


def sent(world: Any) -> dict[str, Any]:
    return BRIEF | new(world)


def match(name: str) -> Any:
    return lambda world: {"If-Match": f'"{world.things[name].version}"'}


def file(name: str, kind: str) -> Any:
    return lambda world: {"reference": world.things[name].reference, "kind": kind}


def signed(world: Any) -> dict[str, Any]:
    return {"document": world.things["issued_report"].document, "signature": world.things["issued_report"].signature}


def scheduled(world: Any) -> dict[str, Any]:
    return {"form": "programme_month", "day": 3, "least_coverage": 50, "readers": [world["head"].person_id]}


def number(world: Any) -> dict[str, Any]:
    return {"number": world.things["schedule"].pk}


def key(world: Any) -> dict[str, Any]:
    return {"id": world.things["schedule"].pk}


REASON = {"reason": "A claim came late."}
DRAFTED, CLEARED, ISSUED = of("draft_report"), of("cleared_report"), of("issued_report")
ACTED = {"official": 403, "auditor": 403, "report_staff": 403}

ROWS: list[Row] = [
    page("reports:report-list"),
    page("reports:verify"),
    post("reports:verify", 422),
    page("reports:report", at=ISSUED),
    page("reports:report", 404, at=DRAFTED, **MAKERS),
    page("reports:restatement", at=ISSUED),
    page("reports:restatement", 404, at=DRAFTED, **MAKERS),
    *[page("reports:report-file", at=file("issued_report", kind)) for kind in ("docx", "json", "sig")],
    page("reports:report-file", 404, at=file("draft_report", "pdf"), **MAKERS),
    page("reports:report-file", 404, at=file("draft_report", "json"), **dict.fromkeys(MAKERS, 409)),
    page("reports:report-new", 403, at={"form_key": "minister_brief"}, report_staff=200),
    post("reports:report-new", 403, at={"form_key": "minister_brief"}, data=new, report_staff=302),
    post("reports:report-clear", 404, at=DRAFTED, **ACTED),
    post("reports:report-issue", 404, at=CLEARED, **(ACTED | {"official": 302})),
    post("reports:report-withdraw", 404, at=DRAFTED, data=REASON, **(ACTED | {"report_staff": 302})),
    post("reports:report-correct", 403, at=ISSUED, data=REASON, report_staff=302),
    api("GET", "/api/v1/reports/"),
    api("GET", "/api/v1/reports/{reference}/", at=ISSUED),
    api("GET", "/api/v1/reports/{reference}/", 404, at=DRAFTED, **MAKERS),
    api("GET", "/api/v1/reports/{reference}/restatement/", at=ISSUED),
    api("GET", "/api/v1/reports/{reference}/pdf/", 404, at=DRAFTED, **MAKERS),
    api("GET", "/api/v1/reports/{reference}/docx/", at=ISSUED),
    api("POST", "/api/v1/reports/", 403, data=sent, report_staff=201),
    api("POST", "/api/v1/reports/{reference}/clear/", 404, at=DRAFTED, headers=match("draft_report"), **ACTED),
    api(
        "POST",
        "/api/v1/reports/{reference}/issue/",
        404,
        at=CLEARED,
        headers=match("cleared_report"),
        **(ACTED | {"official": 200}),
    ),
    api(
        "POST",
        "/api/v1/reports/{reference}/withdraw/",
        404,
        at=DRAFTED,
        data=REASON,
        headers=match("draft_report"),
        **(ACTED | {"report_staff": 200}),
    ),
    api("POST", "/api/v1/reports/{reference}/correct/", 403, at=ISSUED, data=REASON, report_staff=201),
    api("POST", "/api/v1/reports/verify/", 200, data=signed),
    page("reports:schedule-list"),
    page("reports:schedule-new", 403, report_staff=200),
    post("reports:schedule-new", 403, data=scheduled, report_staff=302),
    page("reports:schedule", 404, at=number, **MAKERS),
    post("reports:schedule-end", 404, at=number, data=REASON, **(ACTED | {"report_staff": 302})),
    api("GET", "/api/v1/report-schedules/"),
    api("GET", "/api/v1/report-schedules/{id}/", 404, at=key, **MAKERS),
    api("POST", "/api/v1/report-schedules/", 403, data=scheduled, report_staff=201),
    api("POST", "/api/v1/report-schedules/{id}/end/", 404, at=key, data=REASON, **(ACTED | {"report_staff": 200})),
]
