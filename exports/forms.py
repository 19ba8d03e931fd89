"""The forms of exports."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
import django_filters as filters

from core.exports import FORMATS
from core.forms import LineField, TrackerForm
from exports import lists
from exports.models import ExportJob, State


class ChooseForm(TrackerForm):
    """Format and columns of one file; with a name, the columns are kept as a layout."""

    columns = forms.MultipleChoiceField(label=_("Columns"))
    format = forms.ChoiceField(label=_("Format"), choices=[(name, name.upper()) for name in FORMATS])
    keep = forms.CharField(required=False, widget=forms.HiddenInput)
    name = LineField(label=_("Name of the layout"), max_length=60, required=False)

    def __init__(self, *args: Any, names: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = names  # type: ignore[attr-defined] # of a field of choices

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.cleaned_data.get("keep") and not name:
            raise ValidationError(_("Give the layout a name."), code="required")
        return name


class CheckForm(TrackerForm):
    file = forms.FileField(label=_("File"), help_text=_("At most 20 MB. It is not kept."))


class LogFilter(filters.FilterSet):
    """The log by who, what and how it ended."""

    account = filters.CharFilter(field_name="account__username", label=_("Account"))
    list_name = filters.ChoiceFilter(choices=lists.choices, label=_("List"), empty_label=_("Any list"))
    file_format = filters.ChoiceFilter(
        choices=[(name, name.upper()) for name in FORMATS], label=_("Format"), empty_label=_("Any format")
    )
    state = filters.ChoiceFilter(choices=State.choices, label=_("State"), empty_label=_("Any state"))
    asked_on = filters.DateFilter(
        field_name="asked_at__date", label=_("Day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    sha256 = filters.CharFilter(label="SHA-256")

    class Meta:
        model = ExportJob
        fields: tuple[str, ...] = ()
