"""What a person types about projects and procedures."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person, User
from accounts.rights import departments_of
from core.forms import DayField, ParagraphField, ReferenceField, TrackerForm
from projects.models import EvidenceKind, Procedure, Project


def own_departments(user: User) -> "QuerySet[Department]":
    return Department.objects.filter(pk__in=departments_of(user.person_id))


def no_people(user: User) -> "QuerySet[Person]":
    return Person.objects.none()


class LinkForm(TrackerForm):
    """A procedure that is already registered, by its reference."""

    procedure = ReferenceField(
        label=_("Reference of the procedure"),
        rows=Procedure.objects.visible_to,
        to_field_name="reference",
        widget=forms.TextInput(attrs={"placeholder": "PROC-0042"}),
    )


class ClaimForm(TrackerForm):
    project = ReferenceField(label=_("Project"), rows=no_people)
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
