"""Shapes of a project's life in the API: gates, approvals, pilots, priority, and how it leaves."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.serializers import DayIn, In, LineIn, Out, ParagraphIn, TrilingualOut
from projects.forms.life import MOST_SUCCESSORS
from projects.models import PilotDecision, Project, ProjectExit, Stage
from projects.rules import lifecycle
from projects.rules.priority import Priority
from projects.selectors import course

OFFERED = _("Choose one of the entries offered.")
EXIT_KINDS = ProjectExit.Kind.choices


class ProjectReferenceIn(serializers.SlugRelatedField):
    """A project the sender may see; hidden and missing ones are refused in the same words."""

    default_error_messages = {"does_not_exist": OFFERED, "invalid": OFFERED}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="reference", queryset=Project.objects.all(), **kwargs)

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.visible_to(self.context["request"].user)


class StageIn(In):
    stage = serializers.ChoiceField(choices=lifecycle.COURSE)


class StatementIn(In):
    statement = ParagraphIn(max_length=2_000)


class WithdrawApprovalIn(In):
    reason = ParagraphIn(max_length=300)


class NoteIn(In):
    note = LineIn(max_length=300)


class OptionalNoteIn(In):
    note = LineIn(max_length=300, allow_blank=True, default="")


class PilotResultIn(In):
    outcome = serializers.ChoiceField(choices=PilotDecision.Outcome.choices)
    findings = ParagraphIn(max_length=5_000)


class PilotDecisionIn(In):
    decision = serializers.ChoiceField(choices=PilotDecision.Decision.choices)
    reason = ParagraphIn(max_length=2_000)


class FlagshipIn(In):
    is_flagship = serializers.BooleanField()


class ExitIn(In):
    """A proposal that a project leaves. A merger names one successor, a split two or more, the others none."""

    kind = serializers.ChoiceField(choices=EXIT_KINDS)
    effective_on = DayIn()
    reason = ParagraphIn(max_length=2_000)
    successors = serializers.ListField(child=ProjectReferenceIn(), default=list, max_length=MOST_SUCCESSORS)
    claims_to = ProjectReferenceIn(allow_null=True, default=None)


class SimplifyIn(In):
    text = ParagraphIn(max_length=5_000)


class SimplifyOut(Out):
    text = serializers.CharField(help_text="Simplified Chinese as proposed; a person accepts or corrects it.")


class OfficerOut(Out):
    id = serializers.IntegerField()
    name = TrilingualOut()


class MissingOut(Out):
    need = serializers.ChoiceField(choices=[need.value for need in lifecycle.Need])
    sentence = serializers.CharField()
    address = serializers.CharField(help_text="Page where it is done.")


class PriorityPartOut(Out):
    name = serializers.CharField()
    points = serializers.IntegerField(allow_null=True, help_text="Null while the fact is not stated.")
    most = serializers.IntegerField()


class PriorityOut(Out):
    """The priority of a project, worked out from what is stated."""

    score = serializers.IntegerField(allow_null=True, help_text="Out of 100; null while a part is not stated.")
    parts = PriorityPartOut(many=True)

    def to_representation(self, instance: Project) -> dict[str, Any]:
        found = course.priority_of(instance)
        if found not in self._said:
            self._said[found] = super().to_representation(found)
        return self._said[found]

    @cached_property
    def _said(self) -> dict[Priority, dict[str, Any]]:
        """What is said of each priority of a list: many projects have the same."""
        return {}


class ApprovalOut(Out):
    statement = serializers.CharField()
    approved_by = OfficerOut()
    approved_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_because = serializers.CharField()


class PilotOut(Out):
    outcome = serializers.CharField()
    findings = serializers.CharField()
    recorded_by = OfficerOut()
    recorded_at = serializers.DateTimeField()
    decision = serializers.CharField(help_text="scale, change or stop; empty while it waits.")
    reason = serializers.CharField()
    decided_by = OfficerOut(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class ExitOut(Out):
    kind = serializers.CharField(source="exit.kind", help_text="merge, split, reclassify or stop.")
    status = serializers.CharField(source="exit.status", help_text="proposed, approved, refused or withdrawn.")
    effective_on = serializers.DateField(source="exit.effective_on")
    reason = serializers.CharField(source="exit.reason")
    successors = serializers.SerializerMethodField(help_text="References that the reader may see.")
    claims_to = serializers.CharField(source="claims_to.reference", default=None, allow_null=True)
    proposed_by = OfficerOut(source="exit.proposed_by")
    proposed_at = serializers.DateTimeField(source="exit.proposed_at")
    decided_by = OfficerOut(source="exit.decided_by", allow_null=True)
    decided_at = serializers.DateTimeField(source="exit.decided_at", allow_null=True)
    decision_note = serializers.CharField(source="exit.decision_note")

    def get_successors(self, leaving: course.Leaving) -> list[str]:
        return [one.reference for one in leaving.successors]


class LifeOut(Out):
    """Where a project stands, what the next stage still needs, and everything that was decided about it."""

    reference = serializers.CharField(source="project.reference")
    status = serializers.CharField(source="project.status", help_text="draft or registered.")
    stage = serializers.ChoiceField(choices=Stage.choices, source="project.stage", help_text="Empty is not stated.")
    is_flagship = serializers.BooleanField(source="project.is_flagship")
    registered_on = serializers.DateField(source="project.registered_on", allow_null=True)
    left_on = serializers.DateField(source="project.left_on", allow_null=True)
    next_stage = serializers.CharField(source="course.next_stage", allow_null=True)
    missing = MissingOut(many=True, source="course.missing", help_text="What keeps the next stage closed.")
    approvals = ApprovalOut(many=True, source="life.approvals")
    pilots = PilotOut(many=True, source="life.pilots")
    exits = ExitOut(many=True, source="life.exits")
    came_from = serializers.SerializerMethodField(help_text="References of projects it took over from.")

    def get_came_from(self, shown: Any) -> list[str]:
        return [one.reference for one in shown.life.came_from]
