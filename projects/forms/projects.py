"""What a person types when a project is drafted, registered or edited."""

from collections.abc import Mapping
import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Posting, User
from core import clock
from core.forms import LineField, ParagraphField, ReferenceField, TrackerForm
from core.simplified import simplified
from projects.forms.claims import no_people, own_departments
from projects.models import Category, Project, Stage, Visibility
from projects.policies.projects import roles_of, state_of
from projects.rules import editing, lifecycle

MOST_CASES = 2**31 - 1
YES, NO = "yes", "no"
CORRECTED = ("title", "summary")


class ProjectFields(TrackerForm):
    """What is said of a project. Simplified text is proposed from Traditional; a person accepts or corrects it."""

    title_en = LineField(label=_("Title in English"), max_length=300)
    title_zh_hant = LineField(label=_("Title in Chinese"), max_length=300, required=False)
    title_zh_hans = LineField(label=_("Title in Simplified Chinese"), max_length=300, required=False)
    summary_en = ParagraphField(
        label=_("Summary in English"),
        max_length=5_000,
        required=False,
        help_text=_("In plain words: what it does, and for whom."),
    )
    summary_zh_hant = ParagraphField(label=_("Summary in Chinese"), max_length=5_000, required=False)
    summary_zh_hans = ParagraphField(label=_("Summary in Simplified Chinese"), max_length=5_000, required=False)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    technique = LineField(label=_("AI technique"), max_length=200, required=False)
    is_public_facing = forms.TypedChoiceField(
        label=_("Do members of the public use it or meet its results?"),
        choices=[("", _("not stated")), (YES, _("yes")), (NO, _("no"))],
        coerce=lambda word: word == YES,
        empty_value=None,
        required=False,
    )
    yearly_volume = forms.IntegerField(
        label=_("Cases a year"),
        min_value=0,
        max_value=MOST_CASES,
        required=False,
        help_text=_("Empty is not stated; the priority then has no score."),
    )
    visibility = forms.ChoiceField(
        label=_("Public attention"), choices=[("", _("not stated")), *Visibility.choices[:-1]], required=False
    )

    def clean(self) -> dict[str, Any]:
        """Without scripts, a Simplified text that still has to be proposed is shown for acceptance first."""
        cleaned = super().clean() or self.cleaned_data
        for name in CORRECTED:
            self._propose(f"{name}_zh_hant", f"{name}_zh_hans", cleaned)
        return cleaned

    def _propose(self, hant: str, hans: str, cleaned: Mapping[str, Any]) -> None:
        if hant not in self.fields or hans in self.errors or not cleaned.get(hant):
            return
        proposal = simplified(cleaned[hant])
        outdated = simplified(self.initial.get(hant) or "")
        if cleaned.get(hans) == proposal or cleaned.get(hans) not in ("", outdated):
            return
        self.data = {**{name: self.data[name] for name in self.data}, self.add_prefix(hans): proposal}
        message = _("Proposed from the Traditional text. Accept it as it stands or correct it, then send again.")
        self.add_error(hans, ValidationError(message, code="simplified.proposed"))

    def said(self) -> dict[str, Any]:
        """The cleaned facts, by the names the service takes."""
        return {name: self.cleaned_data[name] for name in self.fields if name in editing.MAY_EDIT}


class NewProjectForm(ProjectFields):
    """A project of one of the person's own departments, registered at once or kept as a draft."""

    department = ReferenceField(label=_("Department"), rows=own_departments)
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[
            ("", _("not stated")),
            *[(stage, Stage(stage).label) for stage in lifecycle.COURSE if stage != "pilot"],
        ],
        help_text=_("A new project starts before the pilot. Roll-out and live are for those that already ran."),
    )
    was_already_running = forms.BooleanField(
        label=_("It was already running before the programme"),
        required=False,
        help_text=_("It then carries this mark instead of the gates."),
    )
    field_order = ("department",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_draft:
            self.fields["category"].required = False

    @property
    def is_draft(self) -> bool:
        """Whether the button that keeps a draft was pressed."""
        return self.is_bound and "as_draft" in self.data

    def reads(self, name: str) -> bool:
        return name == "as_draft"

    def said(self) -> dict[str, Any]:
        return {name: value for name, value in super().said().items() if name != "department"}


class EditProjectForm(ProjectFields):
    """The fields that this person may change now; the version it was opened at travels with the form."""

    lead = ReferenceField(label=_("Lead"), rows=no_people, required=False)
    was_already_running = forms.BooleanField(label=_("It was already running before the programme"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=NewProjectForm.base_fields["stage"].choices)  # type: ignore[attr-defined] # a choice field
    expected_version = forms.IntegerField(min_value=1, max_value=MOST_CASES, widget=forms.HiddenInput)

    def __init__(self, *args: Any, project: Project, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **({"initial": _stored(project), "user": user} | kwargs))
        state, roles = state_of(project), roles_of(user, project)
        for name in [name for name in self.fields if name in editing.MAY_EDIT]:
            moves = name == "stage" and state is not editing.State.DRAFT  # an act of its own, with its gates
            if moves or not editing.may_edit(name, state, roles):
                del self.fields[name]
        if "lead" in self.fields:
            posted = Posting.objects.on(clock.today()).filter(department=project.department_id)
            present = Project.objects.filter(pk=project.pk).values("lead")
            people = Person.objects.filter(Q(pk__in=posted.values("person")) | Q(pk__in=present))
            self.fields["lead"].queryset = people  # type: ignore[attr-defined] # a row field
        if state is editing.State.DRAFT:
            self.fields["category"].required = False
            self.fields["category"].choices = [("", _("not stated")), *Category.choices]  # type: ignore[attr-defined] # a choice field


def simplified_context(name: str, proposed: str, *, is_corrected: bool) -> dict[str, Any]:
    """What `projects/_simplified.html` needs; the proposal travels along, so that a correction is told from it."""
    vals = json.dumps({"field": name, "proposed": proposed})
    return {"name": name, "proposed": proposed, "vals": vals, "is_corrected": is_corrected}


def _stored(project: Project) -> dict[str, Any]:
    names = [name for name in editing.MAY_EDIT if name not in ("reference", "department", "lead", "is_flagship")]
    stored = {name: getattr(project, name) for name in names}
    for name in CORRECTED:
        hans = f"{name}_zh_hans"
        stored[hans] = stored[hans] or simplified(stored[f"{name}_zh_hant"])
    facing = {None: "", True: YES, False: NO}[project.is_public_facing]
    return stored | {"is_public_facing": facing, "lead": project.lead_id, "expected_version": project.version}
