"""The steps of a process map as one form that grows by a round trip and is reordered by numbers, with or without
JavaScript."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.form_sets import GrowingRows
from core.forms import FormError, LineField, TrackerForm
from projects.forms.procedures import QuantityField
from projects.models import ProcessMap
from projects.quantities import MOST_MINUTES
from projects.services.maps import MOST_STEPS, StepFields

PREFIX = "steps"
BLANK_ROWS = 3
HUNDRED = Decimal(100)
TYPED = ("name_en", "name_zh_hant", "done_by", "work_minutes", "waiting_minutes", "rework_percent", "is_digital")


class StepForm(forms.Form):
    """One step. `place` orders the rows; equal numbers keep the order of the rows."""

    use_required_attribute = False

    place = QuantityField(label=_("Order"), most=Decimal(10_000), required=False)
    name_en = LineField(label=_("Step in English"), max_length=200)
    name_zh_hant = LineField(label=_("Step in Chinese"), max_length=200, required=False)
    done_by = LineField(label=_("Done by"), max_length=120)
    work_minutes = QuantityField(label=_("Minutes of work"), most=MOST_MINUTES)
    waiting_minutes = QuantityField(label=_("Minutes of waiting before"), most=MOST_MINUTES, required=False)
    rework_percent = QuantityField(label=_("Done again (% of cases)"), most=HUNDRED, places=1, required=False)
    is_digital = forms.BooleanField(label=_("Digital"), required=False)
    is_removed = forms.BooleanField(label=_("Remove"), required=False)

    def is_blank(self) -> bool:
        """Nothing was typed but perhaps an order, or it is marked to be removed."""
        removed = bool(self["is_removed"].value())
        return removed or not any(str(self[name].value() or "").strip() not in ("", "False") for name in TYPED)

    def has_changed(self) -> bool:
        return not (self.empty_permitted and self.is_blank())

    def said(self) -> StepFields:
        typed = self.cleaned_data
        return StepFields(
            name_en=typed["name_en"],
            name_zh_hant=typed["name_zh_hant"],
            done_by=typed["done_by"],
            work_minutes=typed["work_minutes"],
            waiting_minutes=typed["waiting_minutes"] or Decimal(0),
            rework_share=(typed["rework_percent"] or Decimal(0)) / HUNDRED,
            is_digital=typed["is_digital"],
        )


class _Steps(GrowingRows):
    def said(self) -> list[StepFields]:
        """The steps in their order: by number, then by row; a row without a number stays behind the one above it."""
        used = self.used()
        places: list[Decimal] = []
        for form in used:
            place = form.cleaned_data["place"]
            places.append(place if place is not None else (places[-1] if places else Decimal(0)))
        order = sorted(range(len(used)), key=lambda row: (places[row], row))
        return [used[row].said() for row in order]


Steps = forms.formset_factory(
    StepForm, formset=_Steps, extra=0, max_num=MOST_STEPS, absolute_max=MOST_STEPS + 20, validate_max=False
)


class MapForm(TrackerForm):
    """A whole map: its steps and what changed. `expected_number` is the version it was opened at."""

    note = LineField(label=_("What changed and why"), max_length=300, required=False)
    expected_number = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, drawn: ProcessMap | None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expected_number": drawn.number if drawn else 0})
        super().__init__(data, **kwargs)
        first = None if data is not None else initial_rows(drawn)
        self.steps: Any = Steps(data, prefix=PREFIX, initial=first)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if all(form.is_blank() for form in self.steps.forms):
            raise forms.ValidationError(
                _("A map has from 1 to %(most)s steps.") % {"most": MOST_STEPS}, code="map.steps"
            )
        return found

    def reads(self, name: str) -> bool:
        return name.startswith(f"{PREFIX}-") or name == "do"

    def has_faults(self) -> bool:
        return bool(self.is_bound and (self.errors or self.steps.total_error_count()))

    def forget_faults(self) -> None:
        """As typed, without faults: for a form that only asks for more rows."""
        self._errors = ErrorDict()
        self.steps.forget_faults()

    def is_valid(self) -> bool:
        return bool(self.steps.is_valid()) & super().is_valid()

    def error_summary(self) -> list[FormError]:
        lines = super().error_summary()
        for row, form in enumerate(self.steps.forms, start=1):
            for name, errors in form.errors.as_data().items():
                bound = form[name]
                label = _("Row %(row)s: %(label)s") % {"row": row, "label": bound.label}
                lines += [
                    FormError(bound.id_for_label, str(label), message, error.code or "")
                    for error in errors
                    for message in error.messages
                ]
        return lines


def initial_rows(drawn: ProcessMap | None) -> list[dict[str, Any]]:
    """The stored steps, numbered in tens so that one fits between two, and some empty rows."""
    steps = list(drawn.steps.all()) if drawn else []
    rows: list[dict[str, Any]] = [
        {
            "place": Decimal(10 * step.number),
            "name_en": step.name_en,
            "name_zh_hant": step.name_zh_hant,
            "done_by": step.done_by,
            "work_minutes": step.work_minutes,
            "waiting_minutes": step.waiting_minutes,
            "rework_percent": step.rework_share * HUNDRED,
            "is_digital": step.is_digital,
        }
        for step in steps
    ]
    return rows + [{"place": Decimal(10 * (len(steps) + extra))} for extra in range(1, BLANK_ROWS + 1)]


def with_more_rows(data: QueryDict) -> QueryDict:
    """The same posted data with some more empty rows."""
    changed = data.copy()
    text = data.get(f"{PREFIX}-TOTAL_FORMS", "0")
    count = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    changed[f"{PREFIX}-TOTAL_FORMS"] = str(min(count + BLANK_ROWS, MOST_STEPS))
    return changed
