"""Shapes of projects and procedures in the API."""

from typing import Any

from rest_framework import serializers

from accounts.api.shapes import OFFERED, PersonNumberIn
from accounts.models import Department, Person
from core.api.serializers import DayIn, In, LineIn, MoneyOut, Out, ParagraphIn, TrilingualOut
from projects.api.life_serializers import OfficerOut, PriorityOut
from projects.models import Category, Channel, EvidenceKind, Procedure, ProcedureFact, Project, Stage, Visibility
from projects.rules import lifecycle
from projects.wording import why

NEW_STAGES = [*lifecycle.COURSE]


class VisibleSlugIn(serializers.SlugRelatedField):
    """A record the sender may see; hidden and missing ones are refused in the same words."""

    default_error_messages = {"does_not_exist": OFFERED, "invalid": OFFERED}

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.visible_to(self.context["request"].user)


class ProjectPatchIn(In):
    """What may change on a project. Send the ETag you saw as If-Match."""

    read_only_names = frozenset(
        {"reference", "department", "version", "gate_passed_on", "status", "is_flagship", "procedures", "priority"}
    )

    title_en = LineIn(max_length=300)
    title_zh_hant = LineIn(max_length=300, allow_blank=True, required=False)
    title_zh_hans = LineIn(
        max_length=300, allow_blank=True, required=False, help_text="Left out: proposed from the Traditional text."
    )
    summary_en = ParagraphIn(max_length=5_000, allow_blank=True, required=False)
    summary_zh_hant = ParagraphIn(max_length=5_000, allow_blank=True, required=False)
    summary_zh_hans = ParagraphIn(
        max_length=5_000, allow_blank=True, required=False, help_text="Left out: proposed from the Traditional text."
    )
    category = serializers.ChoiceField(choices=Category.choices)
    technique = LineIn(max_length=200, allow_blank=True, required=False)
    stage = serializers.ChoiceField(choices=NEW_STAGES, required=False)
    lead = PersonNumberIn(queryset=Person.objects.all(), allow_null=True, required=False)
    is_public_facing = serializers.BooleanField(allow_null=True, required=False)
    yearly_volume = serializers.IntegerField(min_value=0, max_value=2**31 - 1, allow_null=True, required=False)
    visibility = serializers.ChoiceField(choices=Visibility.choices, required=False)
    was_already_running = serializers.BooleanField(required=False, help_text="Of a draft only.")


class ProjectIn(ProjectPatchIn):
    """A new project of one of the sender's departments."""

    read_only_names = ProjectPatchIn.read_only_names - {"department"}

    department = VisibleSlugIn(slug_field="safe_code", queryset=Department.objects.all())
    as_draft = serializers.BooleanField(default=False, help_text="Keep a draft that only the own department sees.")


class LinkIn(In):
    procedure = VisibleSlugIn(slug_field="reference", queryset=Procedure.objects.all())


class EndIn(In):
    """A day that is the first one on which the thing no longer counts, and why."""

    effective_on = DayIn()
    reason = ParagraphIn(max_length=2_000)


class ClaimIn(In):
    project = VisibleSlugIn(slug_field="reference", queryset=Project.objects.all())
    went_live_on = DayIn()
    reason = ParagraphIn(max_length=2_000, allow_blank=True, default="")


class EvidenceIn(In):
    kind = serializers.ChoiceField(choices=EvidenceKind.choices)
    note = ParagraphIn(max_length=2_000)


class AttestIn(In):
    note = ParagraphIn(max_length=2_000)


class ReportedResultOut(Out):
    name = serializers.CharField()
    baseline = serializers.CharField()
    result = serializers.CharField()
    unit = serializers.CharField()


class ProjectOut(Out):
    reference = serializers.CharField()
    department = serializers.CharField(source="department.safe_code")
    title = TrilingualOut()
    category = serializers.ChoiceField(choices=Category.choices)
    stage = serializers.ChoiceField(choices=Stage.choices, help_text="Empty is not stated.")
    status = serializers.CharField(help_text="draft or registered.")
    is_flagship = serializers.BooleanField()
    priority = PriorityOut(source="*")
    procedure_count = serializers.IntegerField()
    in_use_count = serializers.IntegerField(help_text="Procedures of it in use today.")
    own_rating = serializers.CharField(help_text="Newest monthly rating by its department; empty for none.")
    independent_rating = serializers.CharField(help_text="Newest monthly rating by the Team; empty for none.")
    version = serializers.IntegerField()


class ProjectDetailOut(ProjectOut):
    summary = TrilingualOut()
    technique = serializers.CharField()
    lead = OfficerOut(allow_null=True)
    was_already_running = serializers.BooleanField()
    gate_passed_on = serializers.DateField(allow_null=True)
    is_public_facing = serializers.BooleanField(allow_null=True, help_text="Null is not stated.")
    yearly_volume = serializers.IntegerField(allow_null=True, help_text="Cases a year; null is not stated.")
    visibility = serializers.CharField(help_text="low, medium, high, or empty for not stated.")
    registered_on = serializers.DateField(allow_null=True)
    left_on = serializers.DateField(allow_null=True, help_text="First day it is no longer in the register.")
    started_on = serializers.DateField(allow_null=True, help_text="First day of the stated period.")
    started_precision = serializers.CharField(help_text="day, month, year, or empty for not stated.")
    reported_funding = MoneyOut(allow_null=True)
    source_url = serializers.CharField()
    procedures = serializers.SerializerMethodField(help_text="References of the procedures it touches.")
    reported_results = ReportedResultOut(many=True)

    def get_procedures(self, project: Project) -> list[str]:
        return list(project.procedures.values_list("reference", flat=True))


class ProcedureOut(Out):
    """A procedure with what it is today. Claimed contains verified contains in use."""

    reference = serializers.CharField()
    department = serializers.CharField(source="department.safe_code")
    name = TrilingualOut()
    claimed = serializers.BooleanField(source="today.standing.claimed")
    verified = serializers.BooleanField(source="today.standing.verified")
    in_use = serializers.BooleanField(source="today.standing.in_use")
    reason = serializers.SerializerMethodField(help_text="Why it does not count, for programs; empty when in use.")
    why = serializers.SerializerMethodField(help_text="The same in a sentence.")
    missing_evidence = serializers.ListField(child=serializers.CharField(), source="today.standing.missing")
    claimed_by = serializers.SerializerMethodField(help_text="The claiming project, when the reader may see it.")
    went_live_on = serializers.DateField(source="today.standing.claimed_on", allow_null=True)
    verified_on = serializers.DateField(source="today.standing.verified_on", allow_null=True)
    attest_by = serializers.DateField(source="today.standing.attest_by", allow_null=True)
    planned_on = serializers.DateField(allow_null=True)
    service_kind = serializers.ChoiceField(choices=Category.choices, allow_blank=True, help_text="Empty is not stated.")
    channel = serializers.ChoiceField(choices=Channel.choices, help_text="Empty is not stated.")
    yearly_volume = serializers.IntegerField(allow_null=True, help_text="Cases a year; null is not stated.")
    handling_minutes = serializers.DecimalField(max_digits=9, decimal_places=2, allow_null=True)
    waiting_days = serializers.DecimalField(max_digits=7, decimal_places=2, allow_null=True)
    version = serializers.IntegerField()

    def get_reason(self, procedure: Any) -> str:
        return procedure.today.standing.reason or ""

    def get_why(self, procedure: Any) -> str:
        return str(why(procedure.today.standing.reason))

    def get_claimed_by(self, procedure: Any) -> str | None:
        claim = procedure.today.claim
        return claim.project.reference if claim else None


class FactOut(Out):
    """One fact of the count: what became true, when, and when the system learned it."""

    kind = serializers.ChoiceField(choices=ProcedureFact.Kind.choices, source="fact.kind")
    effective_on = serializers.DateField(source="fact.effective_on")
    recorded_at = serializers.DateTimeField(source="fact.recorded_at")
    position = serializers.IntegerField(source="fact.position", help_text="Of its ledger entry.")
    person = serializers.IntegerField(source="fact.person_id", allow_null=True)
    evidence_kind = serializers.CharField(source="fact.evidence_kind")
    note = serializers.CharField(source="fact.note")
    project = serializers.CharField(source="project.reference", allow_null=True)


class ProcedureDetailOut(ProcedureOut):
    predecessor = serializers.SerializerMethodField(help_text="The procedure it was split from.")
    merged_into = serializers.SerializerMethodField(help_text="The procedure that stays in its place.")
    projects = serializers.SerializerMethodField(help_text="Projects that touch it and that the reader may see.")
    facts = serializers.SerializerMethodField()

    def get_predecessor(self, procedure: Procedure) -> str | None:
        return procedure.predecessor.reference if procedure.predecessor else None

    def get_merged_into(self, procedure: Procedure) -> str | None:
        return procedure.merged_into.reference if procedure.merged_into else None

    def get_projects(self, procedure: Procedure) -> list[str]:
        seen = Project.objects.visible_to(self.context["request"].user).filter(procedures=procedure)
        return list(seen.values_list("reference", flat=True))

    def get_facts(self, procedure: Any) -> list[dict[str, Any]]:
        return list(FactOut(procedure.told, many=True).data)
