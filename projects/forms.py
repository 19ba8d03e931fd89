"""What a person types about projects and procedures."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person, Posting, User
from core import clock
from core.forms import DayField, LineField, ParagraphField, ReferenceField, TrackerForm
from projects.models import Category, EvidenceKind, Procedure, Project, Stage
from projects.rules import lifecycle


def own_departments(user: User) -> "QuerySet[Department]":
    posted = Posting.objects.on(clock.today()).filter(person=user.person_id)
    return Department.objects.filter(pk__in=posted.values("department"))


def _no_people(user: User) -> "QuerySet[Person]":
    return Person.objects.none()


class ProjectFields(TrackerForm):
    """What is said of a project, new or edited."""

    title_en = LineField(label=_("Title in English"), max_length=300)
    title_zh_hant = LineField(label=_("Title in Chinese"), max_length=300, required=False)
    summary_en = ParagraphField(label=_("Summary in English"), max_length=5_000, required=False)
    summary_zh_hant = ParagraphField(label=_("Summary in Chinese"), max_length=5_000, required=False)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    technique = LineField(label=_("AI technique"), max_length=200, required=False)
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        help_text=_("Roll-out and live are past the go-live gate; claims reach back to the day it was passed."),
    )

    FACTS = ("title_en", "title_zh_hant", "summary_en", "summary_zh_hant", "category", "technique", "stage")

    def said(self) -> dict[str, Any]:
        """The cleaned facts, by the names the service takes."""
        return {name: self.cleaned_data[name] for name in self.fields if name in (*self.FACTS, "lead")}


class NewProjectForm(ProjectFields):
    """A project of one of the person's own departments."""

    department = ReferenceField(label=_("Department"), rows=own_departments)
    was_already_running = forms.BooleanField(
        label=_("It was already running before the programme"),
        required=False,
        help_text=_("It then carries this mark instead of a go-live gate."),
    )
    field_order = ("department",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = _stages("")  # type: ignore[attr-defined] # a choice field


class EditProjectForm(ProjectFields):
    """The version it was opened at travels with the form, so that nobody's edit is lost unseen."""

    lead = ReferenceField(label=_("Lead"), rows=_no_people, required=False)
    expected_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        stored = {name: getattr(project, name) for name in self.FACTS}
        stored |= {"lead": project.lead_id, "expected_version": project.version}
        super().__init__(*args, **({"initial": stored} | kwargs))
        posted = Posting.objects.on(clock.today()).filter(department=project.department_id)
        present = Project.objects.filter(pk=project.pk).values("lead")
        people = Person.objects.filter(Q(pk__in=posted.values("person")) | Q(pk__in=present))
        self.fields["lead"].queryset = people  # type: ignore[attr-defined] # a row field
        self.fields["stage"].choices = _stages(project.stage)  # type: ignore[attr-defined] # a choice field


class ProcedureForm(TrackerForm):
    name_en = LineField(label=_("Name in English"), max_length=300)
    name_zh_hant = LineField(label=_("Name in Chinese"), max_length=300, required=False)
    planned_on = DayField(label=_("Planned to be in use on"), required=False)


class LinkForm(TrackerForm):
    """A procedure that is already registered, by its reference."""

    procedure = ReferenceField(
        label=_("Reference of the procedure"),
        rows=Procedure.objects.visible_to,
        to_field_name="reference",
        widget=forms.TextInput(attrs={"placeholder": "PROC-0042"}),
    )


class StopForm(TrackerForm):
    effective_on = DayField(label=_("First day it no longer runs"))
    reason = ParagraphField(label=_("Reason"), max_length=2_000)


class ClaimForm(TrackerForm):
    project = ReferenceField(label=_("Project"), rows=_no_people)
    went_live_on = DayField(label=_("Went live on"), help_text=_("The Hong Kong day of first daily use."))
    reason = ParagraphField(
        label=_("Reason"), max_length=2_000, required=False, help_text=_("Needed when the go-live is claimed late.")
    )

    def __init__(self, *args: Any, projects: "QuerySet[Project] | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if projects is not None:
            self.fields["project"].queryset = projects  # type: ignore[attr-defined] # a row field


class EvidenceForm(TrackerForm):
    kind = forms.ChoiceField(label=_("Kind of evidence"), choices=EvidenceKind.choices)
    note = ParagraphField(label=_("What it is and where it is kept"), max_length=2_000)


class VerifyForm(TrackerForm):
    """Nothing to type: the page above says what is verified."""


class AttestForm(TrackerForm):
    note = ParagraphField(label=_("What you saw"), max_length=2_000)


class RetireForm(TrackerForm):
    effective_on = DayField(label=_("First day it no longer counts"))
    reason = ParagraphField(label=_("Reason"), max_length=2_000)


def _stages(now: str) -> list[tuple[str, Any]]:
    """The stages a project may go to from where it stands."""
    return [(value, Stage(value).label) for value in Stage.values if value == now or lifecycle.may_move(now, value)]
