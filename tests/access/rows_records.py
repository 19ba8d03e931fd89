"""A project's records: the plan and the status are everybody's to read, risks and issues only insiders'."""

from core import clock
from tests.access.table import Row, api, page, post
from tests.factories.projects import ProjectFactory
from tests.factories.records import (
    ConcernFactory,
    DependencyFactory,
    MilestoneFactory,
    ResourceFactory,
    ResourceUseFactory,
    StatusReportFactory,
)

OWN = ("applicant", "head", "colleague")
INSIDERS = (*OWN, "auditor")
DONE_IT = dict.fromkeys(OWN, 302)
SEEN = dict.fromkeys(OWN, 200)
MADE = dict.fromkeys(OWN, 201)
READ = dict.fromkeys(INSIDERS, 200)
DUE = "2027-03-01"
MATCH = {"If-Match": '"1"'}


def prepare(world):
    project = ProjectFactory(reference="AA-2026-951", department=world.a, lead=world["applicant"].person)
    elsewhere = ProjectFactory(reference="BB-2026-951", department=world.b)
    world.things |= {
        "plan": project,
        "plan of b": elsewhere,
        "milestone": MilestoneFactory(project=project),
        "dependency": DependencyFactory(project=project, on_project=elsewhere),
        "report": StatusReportFactory(project=project, submitted_by=world["applicant"].person),
        "concern": ConcernFactory(project=project, owner=world["applicant"].person),
        "closed concern": ConcernFactory(project=project, owner=world["applicant"].person, closed=True),
        "resource": ResourceFactory(registered_by=world["applicant"].person),
        "use": ResourceUseFactory(project=project),
    }


def project_at(world):
    return {"reference": world.things["plan"].reference}


def month_at(month):
    return lambda world: project_at(world) | {"month": month}


def planned_at(name):
    word = "milestones" if name == "milestone" else "dependencies"
    return lambda world: project_at(world) | {"word": word, "pk": world.things[name].pk}


def new_at(word):
    return lambda world: project_at(world) | {"word": word}


def risk_at(name):
    return lambda world: project_at(world) | {"pk": world.things[name].pk}


def use_at(world):
    return project_at(world) | {"pk": world.things["use"].pk}


def resource_at(world):
    return {"reference": world.things["resource"].reference}


def key_of(name):
    return lambda world: {"id": world.things[name].pk}


def risk_form(world):
    person = world["applicant"].person.pk
    return {"kind": "risk", "title": "Late", "likelihood": 3, "impact": 4, "owner": person, "expected_version": 1}


def risk_sent(world):
    said = {"kind": "risk", "title": "Late", "likelihood": 3, "impact": 4, "owner": world["applicant"].person.pk}
    return said | {"project": world.things["plan"].reference}


def of_project(**said):
    return lambda world: {"project": world.things["plan"].reference} | said


SEPTEMBER, OCTOBER = "2026-09", "2026-10"
REPORT = {"rating": "green", "summary": "To plan."}
CORRECTION = REPORT | {"correction": "Late news."}
RATING = {"rating": "red", "reason": "Nothing was delivered."}
ENTRY = {"name_en": "All served", "due_on": DUE}
FORECAST = {"name_en": "All served", "forecast_on": DUE}
CHANGED = FORECAST | {"expected_version": 1}
RATING_CORRECTED = RATING | {"correction": "A delivery was overlooked."}
NAMED = {"kind": "model", "name_en": "HKGAI V1"}
USED = NAMED | {"starts_on": "2026-03-01"}
LIGHTER = {"impact": 2}
TODAY = clock.today().isoformat()
RISK_DENIED = {"auditor": 403, **DONE_IT}
RISK_DENIED_API = {"auditor": 403, **SEEN}

PAGES: list[Row] = [
    page("projects:plan", at=project_at),
    page("projects:planned-new", 403, at=new_at("milestones"), **SEEN),
    page("projects:planned-new", 404, at=new_at("surprises")),
    post("projects:planned-new", 403, at=new_at("dependencies"), data=ENTRY, **DONE_IT),
    page("projects:planned", at=planned_at("dependency")),
    post("projects:planned-change", 403, at=planned_at("milestone"), data=CHANGED, **DONE_IT),
    post(
        "projects:planned-agree",
        403,
        at=planned_at("milestone"),
        data={"current_on": "2027-05-01", "reason": "Rehearsal.", "expected_version": 1},
        **DONE_IT,
    ),
    post(
        "projects:planned-done",
        403,
        at=planned_at("milestone"),
        data={"done_on": "2026-03-01", "expected_version": 1},
        **DONE_IT,
    ),
    post(
        "projects:planned-withdraw",
        403,
        at=planned_at("dependency"),
        data={"reason": "Not needed.", "expected_version": 1},
        **DONE_IT,
    ),
    page("projects:status", at=project_at),
    page("projects:status-month", at=month_at(OCTOBER)),
    page("projects:status-month", 404, at=month_at("2199-01")),
    post("projects:status-report", 403, at=month_at(SEPTEMBER), data=REPORT, **DONE_IT),
    post("projects:status-report", 403, at=month_at(OCTOBER), data=REPORT, **dict.fromkeys(OWN, 409)),
    post("projects:status-correct", 403, at=month_at(OCTOBER), data=CORRECTION | {"expected_revision": 1}, **DONE_IT),
    post("projects:status-rate", 403, at=month_at(OCTOBER), data=RATING),  # for the Team, which no persona is
    post(
        "projects:status-correct-rating",
        403,
        at=month_at(OCTOBER),
        data=RATING | {"expected_revision": 1, "correction": "So."},
    ),
    page("projects:risks", 404, at=project_at, **READ),
    page("projects:risk-new", 404, at=project_at, **{"auditor": 403, **SEEN}),
    post("projects:risk-new", 404, at=project_at, data=risk_form, **RISK_DENIED),
    page("projects:risk", 404, at=risk_at("concern"), **READ),
    post("projects:risk-change", 404, at=risk_at("concern"), data=risk_form, **RISK_DENIED),
    post(
        "projects:risk-close",
        404,
        at=risk_at("concern"),
        data={"note": "Settled.", "expected_version": 1},
        **RISK_DENIED,
    ),
    post(
        "projects:risk-reopen",
        404,
        at=risk_at("closed concern"),
        data={"reason": "It came back.", "expected_version": 1},
        **RISK_DENIED,
    ),
    page("projects:use-new", 403, at=project_at, **SEEN),
    post("projects:use-new", 403, at=project_at, data=USED, **DONE_IT),
    page("projects:use-end", 403, at=use_at, **SEEN),
    post("projects:use-end", 403, at=use_at, data={"ends_on": TODAY}, **DONE_IT),
    page("projects:resource-list"),
    page("projects:resource-new"),
    post("projects:resource-new", 302, data=NAMED),
    page("projects:resource", at=resource_at),
    post(
        "projects:resource-change",
        403,
        at=resource_at,
        data={"name_en": "Renamed", "expected_version": 1},
        applicant=302,
    ),
    post(
        "projects:resource-withdraw",
        403,
        at=resource_at,
        data={"reason": "Sold.", "expected_version": 1},
        applicant=302,
    ),
]


def _planned(path: str, name: str) -> list[Row]:
    """The operations that milestones and dependencies have in common."""
    one = f"/api/v1/{path}/{{id}}/"
    return [
        api("GET", f"/api/v1/{path}/"),
        api("POST", f"/api/v1/{path}/", 403, data=of_project(**ENTRY), **MADE),
        api("GET", one, at=key_of(name)),
        api("PATCH", one, 403, at=key_of(name), data=FORECAST, headers=MATCH, **SEEN),
        api(
            "POST",
            f"{one}agree/",
            403,
            at=key_of(name),
            data={"current_on": "2027-05-01", "reason": "Rehearsal."},
            headers=MATCH,
            **SEEN,
        ),
        api("POST", f"{one}done/", 403, at=key_of(name), data={"done_on": "2026-03-01"}, headers=MATCH, **SEEN),
        api("POST", f"{one}withdraw/", 403, at=key_of(name), data={"reason": "Gone."}, headers=MATCH, **SEEN),
    ]


API: list[Row] = [
    *_planned("milestones", "milestone"),
    *_planned("dependencies", "dependency"),
    api("GET", "/api/v1/status-reports/"),
    api("POST", "/api/v1/status-reports/", 403, data=of_project(month=SEPTEMBER, **REPORT), **MADE),
    api("GET", "/api/v1/status-reports/{id}/", at=key_of("report")),
    api("POST", "/api/v1/status-reports/{id}/correct/", 403, at=key_of("report"), data=CORRECTION, **MADE),
    api("GET", "/api/v1/independent-ratings/"),
    api("POST", "/api/v1/independent-ratings/", 403, data=of_project(month=OCTOBER, **RATING)),
    api("GET", "/api/v1/independent-ratings/{id}/", 404, at={"id": 999_999}),
    api(
        "POST",
        "/api/v1/independent-ratings/{id}/correct/",
        404,
        at={"id": 999_999},
        data=RATING_CORRECTED,
    ),
    api("GET", "/api/v1/risks/"),
    api("POST", "/api/v1/risks/", 403, data=risk_sent, **MADE),
    api("GET", "/api/v1/risks/{id}/", 404, at=key_of("concern"), **READ),
    api(
        "PATCH", "/api/v1/risks/{id}/", 404, at=key_of("concern"), data={"impact": 2}, headers=MATCH, **RISK_DENIED_API
    ),
    api(
        "POST",
        "/api/v1/risks/{id}/close/",
        404,
        at=key_of("concern"),
        data={"note": "Settled."},
        headers=MATCH,
        **RISK_DENIED_API,
    ),
    api(
        "POST",
        "/api/v1/risks/{id}/reopen/",
        404,
        at=key_of("closed concern"),
        data={"reason": "It came back."},
        headers=MATCH,
        **RISK_DENIED_API,
    ),
    api("GET", "/api/v1/resources/"),
    api("POST", "/api/v1/resources/", 201, data=NAMED),
    api("GET", "/api/v1/resources/{reference}/", at=resource_at),
    api(
        "PATCH",
        "/api/v1/resources/{reference}/",
        403,
        at=resource_at,
        data={"name_en": "Renamed"},
        headers=MATCH,
        applicant=200,
    ),
    api(
        "POST",
        "/api/v1/resources/{reference}/withdraw/",
        403,
        at=resource_at,
        data={"reason": "Sold."},
        headers=MATCH,
        applicant=200,
    ),
    api("GET", "/api/v1/resource-uses/"),
    api("POST", "/api/v1/resource-uses/", 403, data=of_project(**USED), **MADE),
    api("GET", "/api/v1/resource-uses/{id}/", at=key_of("use")),
    api("POST", "/api/v1/resource-uses/{id}/end/", 403, at=key_of("use"), data={"ends_on": TODAY}, **SEEN),
]
ROWS: list[Row] = [*PAGES, *API]
