"""What a person says about an offered file: where it comes from, what its columns and words mean, what to store."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from core.forms import LineField, TrackerForm
from core.reading import ENCODINGS
from projects.importing.days import ORDERS
from projects.importing.fields import fields_of
from projects.importing.mapping import Mapping
from projects.importing.values import squeezed
from projects.models import ImportBatch

NOWHERE = ("", _("— not in this file —"))
Choices = list[tuple[Any, Any]]


class OfferForm(TrackerForm):
    kind = forms.ChoiceField(label=_("What the file holds"), choices=ImportBatch.Kind.choices)
    source = LineField(
        label=_("Source"),
        max_length=60,
        help_text=_("Who keeps this register, for example “DPO quarterly return”. Its columns are remembered by it."),
    )
    encoding = forms.ChoiceField(
        label=_("Encoding of a CSV file"),
        choices=list(ENCODINGS.items()),
        help_text=_("Excel's “CSV UTF-8” is UTF-8. An XLSX workbook needs no choice."),
    )
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # said to be empty in the same words as over the API
        help_text=_("CSV or XLSX. Drag it here, or choose it."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx", "class": "drop-zone"}),
    )


class MapForm(TrackerForm):
    """One choice of a column for each field of the register, named `column_<field>`."""

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        self.batch = batch
        self.mapping = Mapping.from_json(batch.mapping)
        super().__init__(*args, **({"initial": self._initial()} | kwargs))
        columns: Choices = [(str(place), name[:90]) for place, name in enumerate(batch.shown_heading)]
        for name, field in fields_of(batch.kind).items():
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=str(field.label), choices=[NOWHERE, *columns], required=False
            )
        if batch.kind == ImportBatch.Kind.PROJECTS:
            self._add_options(columns)

    @property
    def column_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def option_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if not name.startswith("column_")]

    def said(self) -> Mapping:
        """The mapping as typed; what the page does not ask stays as it was suggested."""
        typed = self.cleaned_data
        columns = {
            name: int(typed[f"column_{name}"])
            for name in fields_of(self.batch.kind)
            if typed.get(f"column_{name}") not in (None, "")
        }
        before = self.mapping.as_json() | {"columns": columns}
        if self.batch.kind == ImportBatch.Kind.PROJECTS:
            kept = [int(place) for place in typed["kept"]]
            before |= {
                "kept": kept,
                "withheld_in": [place for place in self.mapping.withheld_in if place in kept],
                "department": typed["department"],
                "days": typed["days"],
                "withheld": typed["withheld"].replace(",", " ").split(),
                "newest_by": int(typed["newest_by"]) if typed["newest_by"] else None,
                "leaves_unreadable": typed["leaves_unreadable"],
                "titles_repeat": typed["titles_repeat"],
            }
        return Mapping.from_json(before)

    def clean_withheld(self) -> str:
        typed: str = self.cleaned_data["withheld"]
        if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in typed.replace(",", " ").split()):
            raise forms.ValidationError(_("Write numbers, divided by spaces."), code="number.format")
        return typed

    def _initial(self) -> dict[str, Any]:
        mapping = self.mapping
        return {f"column_{name}": str(place) for name, place in mapping.columns.items()} | {
            "kept": [str(place) for place in mapping.kept],
            "department": mapping.department,
            "days": mapping.days,
            "withheld": " ".join(mapping.withheld),
            "newest_by": "" if mapping.newest_by is None else str(mapping.newest_by),
            "leaves_unreadable": mapping.leaves_unreadable,
            "titles_repeat": mapping.titles_repeat,
        }

    def _add_options(self, columns: Choices) -> None:
        departments: Choices = [(one.safe_code, f"{one.code} {one}") for one in Department.objects.all()]
        self.fields["department"] = forms.ChoiceField(
            label=_("One department for the whole file"),
            choices=[("", _("— a column says so —")), *departments],
            required=False,
            help_text=_("For a register of other bodies, choose whose record it is here; keep their names as text."),
        )
        self.fields["days"] = forms.ChoiceField(label=_("How dates are written"), choices=list(ORDERS.items()))
        self.fields["leaves_unreadable"] = forms.BooleanField(
            label=_("Leave empty what cannot be read, and say so"),
            required=False,
            help_text=_("Dates, words and figures only. Otherwise such a row is refused."),
        )
        self.fields["titles_repeat"] = forms.BooleanField(
            label=_("The same title twice means two projects"), required=False
        )
        self.fields["newest_by"] = forms.ChoiceField(
            label=_("Of rows about one thing, the latest stands by"), choices=[NOWHERE, *columns], required=False
        )
        self.fields["withheld"] = LineField(
            label=_("Numbers that are sections of an Act, not amounts"),
            max_length=60,
            required=False,
            help_text=_("For example 22 35 43: a source writes them where it withholds a figure."),
        )
        self.fields["kept"] = forms.MultipleChoiceField(
            label=_("Columns to keep as text below the summary"),
            choices=columns,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class WordsForm(TrackerForm):
    """One choice for each word of the file that is not known here, named `word_<number>`."""

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = fields_of(batch.kind)
        self.asked = [(name, word) for name, word, _count in batch.summary.get("words", []) if word]
        departments: Choices | None = None
        for number, (name, word) in enumerate(self.asked):
            if name == "department":
                departments = departments or [(one.safe_code, f"{one.code} {one}") for one in Department.objects.all()]
                choices = departments
            else:
                choices = [(value or "-", label) for value, label in fields[name].choices.choices]
            self.fields[f"word_{number}"] = forms.ChoiceField(
                label=_("%(field)s “%(word)s”") % {"field": fields[name].label, "word": word[:80]},
                choices=[("", _("— not said —")), *choices],
                required=False,
            )

    def said(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for number, (name, word) in enumerate(self.asked):
            if meaning := self.cleaned_data.get(f"word_{number}"):
                found.setdefault(name, {})[squeezed(word)] = "" if meaning == "-" else meaning
        return found


class ConfirmForm(TrackerForm):
    leave_refused = forms.BooleanField(label=_("Leave the refused rows out"), required=False)
