"""The life of a project and the departments: approvals, pilots, exits and drafts, as every persona."""

from core import clock
from projects.models import HeadApproval, PilotDecision, ProjectExit
from tests.access.rows_kpis import BASELINE_SENT
from tests.access.table import Row, api, page, post
from tests.factories.projects import ProjectFactory

ELSE = dict.fromkeys(("applicant", "head", "colleague"), 302)
DELIVERING = dict.fromkeys(ELSE, 200)
MADE = dict.fromkeys(ELSE, 201)
HERE = "/api/v1/projects/{reference}"


def prepare(world):
    lead, today = world["applicant"].person, clock.now()

    def project(number, **fields):
        return ProjectFactory(
            reference=f"AA-2026-9{number}", department=world.a, lead=lead, **{"gate_passed_on": None} | fields
        )

    made = {
        "early": project(21, stage="assessed"),
        "approved": project(22, stage="approved"),
        "pilot": project(23, stage="pilot"),
        "leaving": project(24, stage="idea"),
        "merging": project(25, stage="idea"),
        "draft": project(26, stage="idea", draft=True, registered_on=None),
    }
    HeadApproval.objects.create(
        project=made["approved"], statement="Read.", approved_by=world["head"].person, approved_at=today
    )
    PilotDecision.objects.create(
        project=made["pilot"], outcome="met", findings="Seen.", recorded_by=lead, recorded_at=today
    )
    for name, kind in (("leaving", "stop"), ("merging", "reclassify")):
        ProjectExit.objects.create(
            project=made[name],
            kind=kind,
            effective_on=clock.today(),
            reason="Over.",
            proposed_by=lead,
            proposed_at=today,
        )
    world.things["life"] = made


def at(name):
    return lambda world: {"reference": world.things["life"][name].reference}


def measured_at(world):
    return {"project": world.things["life"]["early"].reference}


def kpi_at(name):
    return lambda world: {"reference": world.things[name].reference}


def department_at(world):
    return {"safe_code": world.a.safe_code}


def exit_form(world):
    return {"kind": "stop", "effective_on": clock.today().isoformat(), "reason": "No longer needed."}


STATEMENT = {"statement": "Read the plan."}
RESULT = {"outcome": "met", "findings": "12 weeks."}
DECISION = {"decision": "scale", "reason": "It works."}
REASON = {"reason": "The scope grew."}
NOTE = {"note": "Not now."}

ROWS: list[Row] = [
    page("projects:project-life", at=at("early")),
    page("projects:project-life", 404, at=at("draft"), **DELIVERING),
    page("projects:milestone-overdue"),
    post("projects:project-simplified", 200, data={"field": "title", "title_zh_hant": "簽證"}),
    post("projects:project-register", 404, at=at("draft"), **ELSE),
    post("projects:project-stage", 403, at=at("early"), data={"stage": "approved"}, **ELSE),
    post("projects:project-approve-pilot", 403, at=at("early"), data=STATEMENT, head=302),
    post("projects:project-withdraw-approval", 403, at=at("approved"), data=REASON, head=302),
    post("projects:project-record-pilot", 403, at=at("pilot"), data=RESULT, **ELSE),
    post("projects:project-decide-pilot", 403, at=at("pilot"), data=DECISION, head=302),
    post("projects:project-flagship", 403, at=at("early")),
    post("projects:project-no-flagship", 403, at=at("early")),
    post("projects:project-propose-exit", 403, at=at("early"), data=exit_form, **ELSE),
    post("projects:project-approve-exit", 403, at=at("leaving"), head=302),
    post("projects:project-approve-exit", 403, at=at("merging")),
    post("projects:project-refuse-exit", 403, at=at("leaving"), data=NOTE, head=302),
    post("projects:project-withdraw-exit", 403, at=at("leaving"), data=NOTE, **ELSE),
    page("kpis:kpi-new", 403, at=measured_at, **DELIVERING),
    post("kpis:kpi-baseline", 403, at=kpi_at("free_kpi"), data=BASELINE_SENT, **ELSE),
    post("kpis:kpi-lock-baseline", 403, at=kpi_at("locked_kpi"), **ELSE),
    page("projects:department-list"),
    page("projects:department-detail", at=department_at),
    api("GET", f"{HERE}/life/", at=at("early")),
    api("GET", f"{HERE}/life/", 404, at=at("draft"), **DELIVERING),
    api("POST", "/api/v1/projects/simplify/", data={"text": "簽證"}),
    api("POST", f"{HERE}/register/", 404, at=at("draft"), **DELIVERING),
    api("POST", f"{HERE}/change-stage/", 403, at=at("early"), data={"stage": "approved"}, **DELIVERING),
    api("POST", f"{HERE}/approve-pilot/", 403, at=at("early"), data=STATEMENT, head=201),
    api("POST", f"{HERE}/withdraw-approval/", 403, at=at("approved"), data=REASON, head=200),
    api("POST", f"{HERE}/record-pilot/", 403, at=at("pilot"), data=RESULT, **MADE),
    api("POST", f"{HERE}/decide-pilot/", 403, at=at("pilot"), data=DECISION, head=200),
    api("POST", f"{HERE}/flagship/", 403, at=at("early"), data={"is_flagship": True}),
    api("POST", f"{HERE}/propose-exit/", 403, at=at("early"), data=exit_form, **MADE),
    api("POST", f"{HERE}/approve-exit/", 403, at=at("leaving"), data={}, head=200),
    api("POST", f"{HERE}/refuse-exit/", 403, at=at("leaving"), data=NOTE, head=200),
    api("POST", f"{HERE}/withdraw-exit/", 403, at=at("leaving"), data=NOTE, **DELIVERING),
    api("GET", "/api/v1/department-tree/"),
    api("GET", "/api/v1/departments/{safe_code}/standing/", at=department_at),
    api("GET", "/api/v1/departments/{safe_code}/movements/", at=department_at),
]
