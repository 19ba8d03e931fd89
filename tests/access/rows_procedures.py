"""The count defended: maps, lineage, transfers, counting rules, targets with shares, days restated."""

from datetime import timedelta

from core import clock
from projects.installation import install
from projects.models import CountingRule, ProjectProcedure, Target
from tests.access.table import Row, api, page, post
from tests.factories.projects import ProcedureFactory, ProjectFactory

OWN = dict.fromkeys(("applicant", "head", "colleague"), 302)
OWN_PAGE = dict.fromkeys(OWN, 200)
OWN_MADE = dict.fromkeys(OWN, 201)
STEP = {"name_en": "Check the form", "done_by": "Clerk", "work_minutes": "12.5"}
SPLIT = {"name_en_1": "First part", "name_en_2": "Second part", "reason": "Two steps."}
PARTS = {"into": [{"name_en": "First half"}, {"name_en": "Second half"}], "reason": "Two steps."}
ROWS_OF_MAP = {
    "steps-TOTAL_FORMS": "1",
    "steps-INITIAL_FORMS": "0",
    "steps-0-name_en": "Check the form",
    "steps-0-done_by": "Clerk",
    "steps-0-work_minutes": "12.5",
    "expected_number": "0",
}
MATCH = {"If-Match": '"1"'}


def prepare(world):
    install()
    project = ProjectFactory(department=world.a, lead=world["applicant"].person)
    other = ProjectFactory(department=world.a, lead=world["applicant"].person)
    made = {"plain": ProcedureFactory(project=project), "same": ProcedureFactory(department=world.a)}
    made["counted"] = ProcedureFactory(project=project, in_use=True)
    ProjectProcedure.objects.create(project=other, procedure=made["counted"], linked_at=clock.now())
    proposer = world["official"].person
    rule = CountingRule.objects.create(
        starts_on=clock.today() + timedelta(days=30),
        required_evidence=["acceptance"],
        source="Circular 3",
        proposed_by=proposer,
    )
    world.things |= {"counting": made, "receiving": other, "proposed rule": rule, "target": Target.objects.first()}


def at(name):
    return lambda world: {"reference": world.things["counting"][name].reference}


def map_at(world):
    return at("plain")(world) | {"variant": "as_is"}


def rule_at(world):
    return {"number": world.things["proposed rule"].pk}


def target_at(world):
    return {"due_on": world.things["target"].due_on.isoformat()}


def edited(world):
    return {"name_en": "Another name", "expected_version": world.things["counting"]["plain"].version}


def moved(world):
    return {"to_project": world.things["receiving"].pk, "reason": "It runs there now."}


def moved_by_name(world):
    return {"to_project": world.things["receiving"].reference, "reason": "It runs there now."}


def merged(world):
    return {"into": world.things["counting"]["same"].reference, "reason": "The same step."}


def proposed(world):
    return {
        "starts_on": (clock.today() + timedelta(days=60)).isoformat(),
        "required_evidence": ["acceptance"],
        "verifier_scope": "branch",
        "attestation_months": 6,
        "late_claim_days": 14,
        "restatement_days": 31,
        "source": "Circular 4",
    }


def shares(world):
    day = world.things["target"].due_on.isoformat()
    return {"shares": [{"department": "AA", "due_on": day, "value": 3}], "source": "Paper 7"}


def yesterday(world):
    return {"day": (clock.today() - timedelta(days=1)).isoformat()}


ROWS: list[Row] = [
    page("projects:procedure-edit", 403, at=at("plain"), **OWN_PAGE),
    post("projects:procedure-edit", 403, at=at("plain"), data=edited, **OWN),
    page("projects:procedure-map", at=at("plain")),
    page("projects:procedure-map-edit", 403, at=map_at, **OWN_PAGE),
    post("projects:procedure-map-edit", 403, at=map_at, data=ROWS_OF_MAP, **OWN),
    post("projects:procedure-transfer", 403, at=at("counted"), data=moved, **OWN),
    post("projects:procedure-merge", 403, at=at("plain"), data=merged, **OWN),
    post("projects:procedure-split", 403, at=at("plain"), data=SPLIT, **OWN),
    page("projects:policy-index"),
    page("projects:counting-rule-list"),
    page("projects:counting-rule-new", 403),
    post("projects:counting-rule-new", 403, data=proposed),
    page("projects:counting-rule-detail", at=rule_at),
    post("projects:counting-rule-approve", 403, at=rule_at),
    post("projects:counting-rule-withdraw", 403, at=rule_at, data={"reason": "Not now."}),
    page("projects:target-detail", at=target_at),
    page("projects:target-shares", 403, at=target_at),
    post("projects:target-shares", 403, at=target_at, data={"source": "Paper 7"}),
    page("projects:restatements"),
    page("projects:restatements", query=yesterday),
    api(
        "PATCH",
        "/api/v1/procedures/{reference}/",
        403,
        at=at("plain"),
        data={"name_en": "New name"},
        headers=MATCH,
        **OWN_PAGE,
    ),
    api("POST", "/api/v1/procedures/{reference}/transfer/", 403, at=at("counted"), data=moved_by_name, **OWN_PAGE),
    api("POST", "/api/v1/procedures/{reference}/merge/", 403, at=at("plain"), data=merged, **OWN_PAGE),
    api("POST", "/api/v1/procedures/{reference}/split/", 403, at=at("plain"), data=PARTS, **OWN_MADE),
    api("GET", "/api/v1/procedures/{reference}/map/", at=at("plain")),
    api(
        "POST",
        "/api/v1/procedures/{reference}/draw-map/",
        403,
        at=at("plain"),
        data={"variant": "as_is", "expected_number": 0, "steps": [STEP]},
        **OWN_MADE,
    ),
    api("GET", "/api/v1/procedures/{reference}/look-alikes/", at=at("plain")),
    api("GET", "/api/v1/counting-rules/"),
    api("POST", "/api/v1/counting-rules/", 403, data=proposed),
    api("GET", "/api/v1/counting-rules/{number}/", at=rule_at),
    api("GET", "/api/v1/counting-rules/{number}/impact/", at=rule_at),
    api("POST", "/api/v1/counting-rules/{number}/approve/", 403, at=rule_at),
    api("POST", "/api/v1/counting-rules/{number}/withdraw/", 403, at=rule_at, data={"reason": "Not now."}),
    api("GET", "/api/v1/targets/"),
    api("GET", "/api/v1/targets/{due_on}/", at=target_at),
    api("POST", "/api/v1/targets/{due_on}/shares/", 403, at=target_at, data=shares),
    api("GET", "/api/v1/restatements/", query=yesterday),
]
