"""What a person types about a procedure: its facts, the move of its claim, what becomes of it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.forms import DayField, LineField, ParagraphField, ReferenceField, TrackerForm
from projects.models import Category, Channel, Procedure, Project
from projects.quantities import MOST_CASES, MOST_DAYS, MOST_MINUTES, parse_quantity
from projects.services.procedures import ProcedureFields

MOST_PARTS = 6


class QuantityField(forms.CharField):
    """How many, how long, which share; commas are welcome when well placed. Empty is None, never 0."""

    def __init__(self, *, most: Decimal, places: int = 2, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)
        self.most, self.places = most, places

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():,f}" if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_quantity(text, most=self.most, places=self.places)
        except DomainError as error:
            raise ValidationError(str(error.message), code=error.code) from error

    def run_validators(self, value: Any) -> None:
        """Everything there is to refuse was refused by the reader."""


class ProcedureForm(TrackerForm):
    """A procedure's own facts. What is left empty is not stated."""

    name_en = LineField(label=_("Name in English"), max_length=300)
    name_zh_hant = LineField(label=_("Name in Chinese"), max_length=300, required=False)
    name_zh_hans = LineField(
        label=_("Name in Simplified Chinese"),
        max_length=300,
        required=False,
        help_text=_("Empty: proposed from the Traditional name. Correct it here if the proposal is wrong."),
    )
    service_kind = forms.ChoiceField(
        label=_("Kind of service"), choices=[("", _("not stated")), *Category.choices], required=False
    )
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[("", _("not stated")), *[choice for choice in Channel.choices if choice[0]]],
        required=False,
    )
    yearly_volume = QuantityField(label=_("Cases a year"), most=MOST_CASES, places=0, required=False)
    handling_minutes = QuantityField(label=_("Staff minutes a case takes today"), most=MOST_MINUTES, required=False)
    waiting_days = QuantityField(label=_("Calendar days a case waits today"), most=MOST_DAYS, required=False)
    planned_on = DayField(label=_("Planned to be in use on"), required=False)

    FACTS = (
        "name_en",
        "name_zh_hant",
        "name_zh_hans",
        "service_kind",
        "channel",
        "yearly_volume",
        "handling_minutes",
        "waiting_days",
        "planned_on",
    )

    def said(self) -> ProcedureFields:
        """The cleaned facts, by the names the service takes."""
        told: Any = {name: self.cleaned_data[name] for name in self.FACTS}
        if told["yearly_volume"] is not None:
            told["yearly_volume"] = int(told["yearly_volume"])
        return told


class EditProcedureForm(ProcedureForm):
    """The version it was opened at travels with the form, so that nobody's edit is lost unseen."""

    expected_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        stored = {name: getattr(procedure, name) for name in self.FACTS}
        stored |= {"expected_version": procedure.version}
        super().__init__(*args, **({"initial": stored} | kwargs))


def _no_projects(user: Any) -> "QuerySet[Project]":
    return Project.objects.none()


class TransferForm(TrackerForm):
    """The projects offered are those that could count it; the choices are set for each procedure."""

    to_project = ReferenceField(label=_("Project that counts it from today"), rows=_no_projects)
    reason = ParagraphField(label=_("Reason"), max_length=2_000)

    def __init__(self, *args: Any, projects: "QuerySet[Project] | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if projects is not None:
            self.fields["to_project"].queryset = projects  # type: ignore[attr-defined] # a row field


class MergeForm(TrackerForm):
    into = ReferenceField(
        label=_("Reference of the procedure that stays"),
        rows=Procedure.objects.visible_to,
        to_field_name="reference",
        widget=forms.TextInput(attrs={"placeholder": "PROC-0042"}),
    )
    reason = ParagraphField(label=_("Reason"), max_length=2_000)


class SplitForm(TrackerForm):
    """The names of the parts: two at least, a row for each."""

    reason = ParagraphField(label=_("Reason"), max_length=2_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields.pop("reason")
        for place in range(1, MOST_PARTS + 1):
            label = _("Part %(place)s: name in English") % {"place": place}
            zh = _("Part %(place)s: name in Chinese") % {"place": place}
            self.fields[f"name_en_{place}"] = LineField(label=label, max_length=300, required=place <= 2)
            self.fields[f"name_zh_hant_{place}"] = LineField(label=zh, max_length=300, required=False)
        self.fields["reason"] = reason

    def clean(self) -> dict[str, Any]:
        """A Chinese name alone names no part."""
        found = super().clean() or {}
        for place in range(1, MOST_PARTS + 1):
            name = f"name_en_{place}"
            if found.get(f"name_zh_hant_{place}") and name in found and not found[name]:
                self.add_error(name, ValidationError(_("A part needs its English name."), code="required"))
        return found

    def parts(self) -> list[dict[str, str]]:
        return list(parts_of(self.cleaned_data))


def parts_of(typed: Any) -> Iterator[dict[str, str]]:
    """The parts that were named, in the order of their rows."""
    for place in range(1, MOST_PARTS + 1):
        if typed[f"name_en_{place}"]:
            yield {"name_en": typed[f"name_en_{place}"], "name_zh_hant": typed[f"name_zh_hant_{place}"]}
