"""What a person types about the life of a project: its stage, approvals, pilot, and how it leaves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, LineField, ParagraphField, TrackerForm
from projects.models import PilotDecision, Project, ProjectExit, Stage
from projects.rules import lifecycle

MOST_SUCCESSORS = 20


class ProjectReferencesField(LineField):
    """References of projects that the person may see, with commas or spaces between; as a list of projects."""

    refusal = _("Choose one of the entries offered.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": 700} | kwargs))
        self.user: Any = None

    def clean(self, value: Any) -> Any:
        written = list(dict.fromkeys(super().clean(value).replace(",", " ").replace("、", " ").upper().split()))
        if not written:
            return []
        if len(written) > MOST_SUCCESSORS:
            raise ValidationError(self.refusal, code="choice.invalid")
        found = {one.reference: one for one in Project.objects.visible_to(self.user).filter(reference__in=written)}
        if len(found) != len(written):
            raise ValidationError(self.refusal, code="choice.invalid")
        return [found[reference] for reference in written]


class StageForm(TrackerForm):
    stage = forms.ChoiceField(label=_("Next stage"))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = lifecycle.MAY_FOLLOW[project.stage]
        self.fields["stage"].choices = [(value, Stage(value).label) for value in moves]  # type: ignore[attr-defined] # a choice field
        self.initial.setdefault("stage", lifecycle.next_stage(project.stage))


class NothingToType(TrackerForm):
    """The button says it all."""


class StatementForm(TrackerForm):
    statement = ParagraphField(
        label=_("What you looked at"), max_length=2_000, help_text=_("It stands on the project's page with your name.")
    )


class ReasonForm(TrackerForm):
    reason = ParagraphField(label=_("Reason"), max_length=300)


class NoteForm(TrackerForm):
    note = LineField(label=_("Reason"), max_length=300)


class OptionalNoteForm(TrackerForm):
    note = LineField(label=_("Note"), max_length=300, required=False)


class PilotResultForm(TrackerForm):
    outcome = forms.ChoiceField(label=_("What the pilot showed"), choices=PilotDecision.Outcome.choices)
    findings = ParagraphField(
        label=_("Findings"),
        max_length=5_000,
        help_text=_("What was measured, over how long, on how many cases."),
    )


class PilotDecisionForm(TrackerForm):
    decision = forms.ChoiceField(label=_("Decision"), choices=PilotDecision.Decision.choices)
    reason = ParagraphField(label=_("Reason"), max_length=2_000)


class ExitForm(TrackerForm):
    kind = forms.ChoiceField(label=_("How it leaves"), choices=ProjectExit.Kind.choices)
    effective_on = DayField(
        label=_("Day it ended"), help_text=_("Its live claims end or move on this day, not in the future.")
    )
    reason = ParagraphField(label=_("Reason"), max_length=2_000)
    successors = ProjectReferencesField(
        label=_("Successors"),
        required=False,
        help_text=_("References of the projects it was merged or split into, for example IMMD-2026-003."),
    )
    claims_to = ProjectReferencesField(
        label=_("Its live claims go to"),
        required=False,
        help_text=_("Reference of one project. Left empty, the claims end and their procedures no longer count."),
    )

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        for name in ("successors", "claims_to"):
            self.fields[name].user = user  # type: ignore[attr-defined] # a field of references

    def clean_claims_to(self) -> Project | None:
        found = self.cleaned_data["claims_to"]
        if len(found) > 1:
            raise ValidationError(_("Claims go to one project."), code="exit.claims_to")
        return found[0] if found else None
