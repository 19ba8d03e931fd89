"""Projects, procedures and the facts of the count.

States of a procedure are traits: `ProcedureFactory(claimed=True)`, `verified=True` (and in use),
`in_use=True`, `lapsed=True`, `retired=True`. Each is made of the facts a person's acts would have left,
with their ledger entries, and the summary worked out from them.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
import factory
from factory.django import DjangoModelFactory

from core import clock, ledger
from projects.installation import install
from projects.models import Category, Claim, EvidenceKind, Procedure, ProcedureFact, Project, ProjectProcedure, Stage
from projects.services.recording import summarise
from tests.factories.accounts import DepartmentFactory, PersonFactory

Kind = ProcedureFact.Kind


class ProjectFactory(DjangoModelFactory):
    """A live project past its gate; `before_gate=True` is a pilot, `draft=True` is not registered yet."""

    class Meta:
        model = Project

    class Params:
        before_gate = factory.Trait(stage=Stage.PILOT, gate_passed_on=None)
        draft = factory.Trait(status=Project.Status.DRAFT)

    reference = factory.Sequence(lambda n: f"TEST-2026-{n + 1:03d}")
    department = factory.SubFactory(DepartmentFactory)
    title_en = factory.Sequence(lambda n: f"Project {n}")
    title_zh_hant = factory.Sequence(lambda n: f"項目{n}")
    category = Category.DOCUMENT_PROCESSING
    technique = "Optical character recognition"
    stage = Stage.LIVE
    gate_passed_on = date(2025, 10, 1)


class ProcedureFactory(DjangoModelFactory):
    """A procedure, linked to `project` when one is given; the states above make a project if they need one."""

    class Meta:
        model = Procedure

    class Params:
        claimed = factory.Trait(state="claimed")
        verified = factory.Trait(state="in_use")
        in_use = factory.Trait(state="in_use")
        lapsed = factory.Trait(
            state="in_use", went_live_on=factory.LazyFunction(lambda: clock.today() - timedelta(days=400))
        )
        retired = factory.Trait(state="retired")

    state = ""
    project = None
    went_live_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=20))

    reference = factory.Sequence(lambda n: f"PROC-T{n + 1:04d}")
    department = factory.LazyAttribute(lambda o: o.project.department if o.project else DepartmentFactory())
    name_en = factory.Sequence(lambda n: f"Procedure {n}")
    name_zh_hant = factory.Sequence(lambda n: f"環節{n}")

    @classmethod
    def _create(cls, model_class, *args, state, project, went_live_on, **fields):
        procedure = super()._create(model_class, *args, **fields)
        if state and project is None:
            project = ProjectFactory(department=procedure.department)
        if project is not None:
            ProjectProcedure.objects.create(project=project, procedure=procedure, linked_at=clock.now())
        if state:
            _tell(procedure, project, went_live_on, state)
        return procedure


def record_fact(procedure, kind, *, on, recorded_on=None, **columns):
    """One stored fact with its ledger entry, true from `on` and learned at noon of `recorded_on` (the same day)."""
    noon = datetime.combine(recorded_on or on, time(12), tzinfo=clock.HONG_KONG)
    with transaction.atomic():
        entry = ledger.record(f"procedure.{kind}", actor="system", subject=procedure, facts={})
        return ProcedureFact.objects.create(
            procedure=procedure, kind=kind, effective_on=on, recorded_at=noon, position=entry.position, **columns
        )


def _tell(procedure, project, went_live_on, state):
    """Claimed on the day it went live, evidence five days on, verified after ten, retired after fifteen."""
    rule = install()
    claim = Claim.objects.create(procedure=procedure, project=project, went_live_on=went_live_on)
    person = PersonFactory()
    record_fact(procedure, Kind.CLAIMED, on=went_live_on, claim=claim, project=project, person=person, rule=rule)
    if state != "claimed":
        for kind in EvidenceKind.values:
            on = went_live_on + timedelta(days=5)
            record_fact(procedure, Kind.EVIDENCE, on=on, claim=claim, person=person, evidence_kind=kind, note="kept")
        verified_on = went_live_on + timedelta(days=10)
        record_fact(procedure, Kind.VERIFIED, on=verified_on, claim=claim, person=PersonFactory(), rule=rule)
    if state == "retired":
        Claim.objects.filter(pk=claim.pk).update(is_live=False)
        record_fact(procedure, Kind.RETIRED, on=went_live_on + timedelta(days=15), claim=claim, person=person)
    summarise(procedure)
