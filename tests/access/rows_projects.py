"""The registers: a project of department A, a procedure in each state that an act needs."""

from datetime import timedelta

from core import clock
from core.references import next_reference
from projects.installation import install
from projects.models import Claim, EvidenceKind, ProcedureFact
from tests.access.table import Row, api, page, post
from tests.factories.projects import ProcedureFactory, ProjectFactory, record_fact

OWN = dict.fromkeys(("applicant", "head", "colleague"), 302)
OWN_PAGE = dict.fromkeys(OWN, 200)
OWN_MADE = dict.fromkeys(OWN, 201)
NEW = {"title_en": "Reading visa papers", "category": "other"}
EVIDENCE = {"kind": "acceptance", "note": "File 12."}
ATTESTED = {"note": "Seen in daily use."}


def prepare(world):
    install()
    next_reference(f"AA-{clock.today().year}", digits=3)  # another area has a project of this number
    project = ProjectFactory(reference="AA-2026-901", department=world.a, lead=world["applicant"].person)
    hidden = ProjectFactory(reference="BB-2026-901", department=world.b, draft=True)
    states = {"plain": {}, "counted": {"in_use": True}, "elsewhere": {}}
    made = {name: ProcedureFactory(project=project, **state) for name, state in states.items() if name != "elsewhere"}
    made["elsewhere"] = ProcedureFactory()
    made["ready"] = _with_evidence(project, late=False)
    made["late"] = _with_evidence(project, late=True)
    world.things |= {"register": project, "hidden project": hidden, "procedures": made}


def _with_evidence(project, *, late):
    procedure = ProcedureFactory(claimed=True, project=project)
    claim = procedure.claims.get()
    Claim.objects.filter(pk=claim.pk).update(is_late=late)
    for kind in EvidenceKind.values:
        columns = {"claim": claim, "evidence_kind": kind, "note": "kept"}
        record_fact(procedure, ProcedureFact.Kind.EVIDENCE, on=clock.today(), **columns)
    return procedure


def project_at(world):
    return {"reference": world.things["register"].reference}


def hidden_at(world):
    return {"reference": world.things["hidden project"].reference}


def procedure_at(name):
    return lambda world: {"reference": world.things["procedures"][name].reference}


def new_project(world):
    return NEW | {"department": world.a.pk}


def edited(world):
    project = world.things["register"]
    return NEW | {"stage": project.stage, "lead": project.lead_id, "expected_version": project.version}


def ended(world):
    return {"effective_on": clock.today().isoformat(), "reason": "No longer needed."}


def claim_form(world):
    return {"project": world.things["register"].pk, "went_live_on": clock.today().isoformat()}


def claim_sent(world):
    went_live_on = (clock.today() - timedelta(days=1)).isoformat()
    return {"project": world.things["register"].reference, "went_live_on": went_live_on}


def linked(world):
    return {"procedure": world.things["procedures"]["elsewhere"].reference}


MATCH = {"If-Match": '"1"'}

MAY_EXPORT = dict.fromkeys(("head", "secretary", "official", "report_staff", "finance", "auditor"), 200)

ROWS: list[Row] = [
    page("projects:project-list"),
    page("projects:project-export", 403, query={"format": "csv"}, **MAY_EXPORT),
    page("projects:project-new"),
    post("projects:project-new", 422, data=new_project, **OWN),
    page("projects:project-detail", at=project_at),
    page("projects:project-detail", 404, at=hidden_at, b_applicant=200, outsider=200),
    page("projects:project-edit", 403, at=project_at, **OWN_PAGE),
    page("projects:project-edit", 404, at=hidden_at, b_applicant=200, outsider=200),
    post("projects:project-edit", 403, at=project_at, data=edited, **OWN),
    page("projects:procedure-new", 403, at=project_at, **OWN_PAGE),
    post("projects:procedure-new", 403, at=project_at, data={"name_en": "New step"}, **OWN),
    post("projects:project-link", 403, at=project_at, data=linked, **OWN),
    page("projects:procedure-list"),
    page("projects:procedure-export", 403, query={"format": "csv"}, **MAY_EXPORT),
    page("projects:how-we-count"),
    page("projects:procedure-detail", at=procedure_at("counted")),
    post("projects:procedure-claim", 403, at=procedure_at("plain"), data=claim_form, **OWN),
    post("projects:procedure-claim", 403, at=procedure_at("counted"), data=claim_form, **dict.fromkeys(OWN, 409)),
    post("projects:procedure-evidence", 403, at=procedure_at("ready"), data=EVIDENCE, **OWN),
    post("projects:procedure-verify", 403, at=procedure_at("ready"), verifier=302),
    post("projects:procedure-confirm-late", 403, at=procedure_at("late"), verifier=302),
    post("projects:procedure-attest", 403, at=procedure_at("counted"), data=ATTESTED, verifier=302),
    post("projects:procedure-retire", 403, at=procedure_at("counted"), data=ended, **OWN),
    api("GET", "/api/v1/projects/"),
    api("POST", "/api/v1/projects/", 403, data=NEW | {"department": "AA"}, **OWN_MADE),
    api("GET", "/api/v1/projects/{reference}/", at=project_at),
    api("GET", "/api/v1/projects/{reference}/", 404, at=hidden_at, b_applicant=200, outsider=200),
    api("PATCH", "/api/v1/projects/{reference}/", 403, at=project_at, data=NEW, headers=MATCH, **OWN_PAGE),
    api("POST", "/api/v1/projects/{reference}/add-procedure/", 403, at=project_at, data={"name_en": "New"}, **OWN_MADE),
    api("POST", "/api/v1/projects/{reference}/link/", 403, at=project_at, data=linked, **OWN_MADE),
    api("GET", "/api/v1/procedures/"),
    api("GET", "/api/v1/procedures/{reference}/", at=procedure_at("counted")),
    api(
        "POST",
        "/api/v1/procedures/{reference}/claim/",
        403,
        at=procedure_at("plain"),
        data=claim_sent,
        **dict.fromkeys(OWN, 202),
    ),
    api("POST", "/api/v1/procedures/{reference}/evidence/", 403, at=procedure_at("ready"), data=EVIDENCE, **OWN_MADE),
    api("POST", "/api/v1/procedures/{reference}/verify/", 403, at=procedure_at("ready"), verifier=200),
    api("POST", "/api/v1/procedures/{reference}/confirm-late/", 403, at=procedure_at("late"), verifier=200),
    api("POST", "/api/v1/procedures/{reference}/attest/", 403, at=procedure_at("counted"), data=ATTESTED, verifier=200),
    api("POST", "/api/v1/procedures/{reference}/retire/", 403, at=procedure_at("counted"), data=ended, **OWN_PAGE),
]
