"""Who may see what, worked out again from DESIGN 8 alone: no query of the product is asked.

Every record here carries a word of its own, so that any answer can be searched for what it shows. `readers` of a
record are listed from the plain facts of this world: who is posted where, who holds which office, what was shared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounts import grants
from accounts.models import ObjectGrant
from core import clock
from kpis import services as kpi_services
from projects.models import HelpRequest
from projects.models.records import Concern
from tests.access import table
from tests.factories.kpis import KpiFactory
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.factories.work import CommentFactory, DocumentFactory, TagFactory, TaggingFactory

PERSONAS = (*table.PERSONAS, "team")
DEPARTMENT_A = frozenset({"applicant", "head", "colleague"})
DEPARTMENT_B = frozenset({"b_applicant", "outsider"})
EVERYBODY = frozenset(PERSONAS)
INNER_OFFICES = frozenset({"team", "auditor"})  # risks, comments, unverified readings, documents above open
FUNDING_OFFICES = frozenset({"team", "secretary", "finance", "auditor"})  # submitted requests
BODY = frozenset({"member", "chair"})
SHARED_WITH, ONCE_SHARED_WITH = "official", "finance"  # the draft of B: by a running grant, by one that ended


@dataclass(frozen=True)
class Thing:
    """One record, the word only it holds, and who may read that word anywhere."""

    kind: str
    state: str
    reference: str
    word: str
    readers: frozenset[str]
    subject: str = ""  # the project it hangs on

    @property
    def is_page(self) -> bool:
        return self.kind in ("project", "procedure", "request", "round", "kpi", "help")


def make_things(world: Any) -> list[Thing]:
    """Records of A and of B in each state, and everything that hangs on them."""
    made: list[Thing] = []
    for code, department, own, person in (
        ("aa", world.a, DEPARTMENT_A, world["applicant"].person),
        ("bb", world.b, DEPARTMENT_B, world["b_applicant"].person),
    ):
        for status in ("registered", "draft"):
            made += _project(world, code, status, department=department, own=own, person=person)
        procedure = ProcedureFactory(
            reference=f"PROC-9{code.upper()}", department=department, name_en=f"zq{code}procedure", in_use=True
        )
        made.append(Thing("procedure", code, procedure.reference, f"zq{code}procedure", EVERYBODY))
        made += _inner(procedure, f"{code}proc", readers=EVERYBODY, inside=own | INNER_OFFICES, person=person)
    return [*made, *_requests(world)]


def _project(
    world: Any, code: str, status: str, *, department: Any, own: frozenset[str], person: Any
) -> Iterable[Thing]:
    name = f"{code}{status}"
    project = ProjectFactory(
        reference=f"ZQ{code.upper()}-2026-{'001' if status == 'registered' else '002'}",
        department=department,
        lead=person,
        status=status,
        title_en=f"zq{name}title",
        title_zh_hant=f"zq{name}中文",
        summary_en=f"zq{name}summary",
    )
    shared = frozenset({SHARED_WITH}) if name == "bbdraft" else frozenset()
    readers = EVERYBODY if status == "registered" else own | shared
    # Registered: the offices read inside. A draft is its department's alone, and of whom it is shared with.
    inside = own | shared | (INNER_OFFICES if status == "registered" else frozenset())
    if shared:
        _grant(project, world[SHARED_WITH].person, by=person, hours=+24)
        _grant(project, world[ONCE_SHARED_WITH].person, by=person, hours=-24)
    yield Thing("project", name, project.reference, f"zq{name}title", readers)
    for word in (f"zq{name}中文", f"zq{name}summary"):
        yield Thing("text", name, project.reference, word, readers, project.reference)
    yield from _inner(project, name, readers=readers, inside=inside, person=person)
    Concern.objects.create(
        project=project,
        kind="risk",
        title=f"zq{name}risk",
        likelihood=3,
        impact=4,
        owner=person,
        raised_by=person,
        raised_on=clock.today(),
    )
    yield Thing("risk", name, "", f"zq{name}risk", inside, project.reference)
    HelpRequest.objects.create(
        reference=f"HELP-9{name.upper()}",
        project=project,
        kind="data",
        question=f"zq{name}help",
        asked_by=person,
        asked_at=clock.now(),
    )
    yield Thing("help", name, f"HELP-9{name.upper()}", f"zq{name}help", inside, project.reference)
    tag = TagFactory(reference=f"TAG-9{name.upper()}", name_en=f"zq{name}tag", made_by=person)
    TaggingFactory(subject=project, tag=tag)
    yield Thing("tag", name, "", f"zq{name}tag", readers, project.reference)
    yield from _kpi(project, name, readers=readers, inside=inside, person=person)


def _inner(thing: Any, name: str, *, readers: frozenset[str], inside: frozenset[str], person: Any) -> Iterable[Thing]:
    for classification, who in (("open", readers), ("restricted", inside)):
        word = f"zq{name}{classification}"
        reference = f"DOC-9{name.upper()}{classification[0].upper()}"
        DocumentFactory(subject=thing, reference=reference, title_en=word, classification=classification)
        yield Thing("document", f"{name} {classification}", reference, word, who, thing.reference)
    CommentFactory(subject=thing, text=f"zq{name}comment", author=person)
    yield Thing("comment", name, "", f"zq{name}comment", inside, thing.reference)


def _kpi(project: Any, name: str, *, readers: frozenset[str], inside: frozenset[str], person: Any) -> Iterable[Thing]:
    kpi = KpiFactory(reference=f"KPI-8{len(name)}{sum(map(ord, name))}", project=project, owner=person)
    yield Thing("kpi", name, kpi.reference, kpi.reference, readers, project.reference)
    if name == "aaregistered":
        kpi_services.type_reading(actor=_account(person), kpi_id=kpi.pk, period="2026-01", value=Decimal("86421.37"))
        yield Thing("reading", name, "", "86421.37", inside, project.reference)


def _account(person: Any) -> Any:
    return person.accounts.first()


def _requests(world: Any) -> Iterable[Thing]:
    """Requests of A in each state; title, tier, amount and decision of a published one are everybody's."""
    scene = world.things["scene"]
    states = {
        "draft": (scene.draft, DEPARTMENT_A, DEPARTMENT_A),
        "submitted": (scene.submitted, DEPARTMENT_A | FUNDING_OFFICES, DEPARTMENT_A | FUNDING_OFFICES),
        "deciding": (_opened, DEPARTMENT_A | FUNDING_OFFICES | BODY, DEPARTMENT_A | FUNDING_OFFICES | BODY),
        "published": (_published, EVERYBODY, DEPARTMENT_A | FUNDING_OFFICES | BODY),
    }
    for state, (bring, readers, whole) in states.items():
        content = {"title_en": f"zq{state}request", "justification": f"zq{state}paper"}
        made = bring(scene, content) if bring in (_opened, _published) else bring("300000.00", **content)
        yield Thing("request", state, made.reference, f"zq{state}request", readers)
        yield Thing("paper", state, made.reference, f"zq{state}paper", whole, made.reference)


def _opened(scene: Any, content: dict[str, str]) -> Any:
    return scene.round_open("1200000.00", **content).request


def _published(scene: Any, content: dict[str, str]) -> Any:
    return scene.round_published("2000000.00", **content).request


def _grant(thing: Any, person: Any, *, by: Any, hours: int) -> None:
    now = clock.now()
    grant = ObjectGrant.objects.create(
        person=person,
        permission="projects.view_project",
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        kind="project",
        reference=thing.reference,
        reason="Outside review.",
        granted_by=by,
        granted_at=now - timedelta(hours=48),
        ends_at=now + timedelta(hours=hours),
    )
    grants.allow(grant, thing)
