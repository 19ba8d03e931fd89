"""What a person types about a KPI. The same number rules as for the API and the collector."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, LineField, TrackerForm
from kpis.breakdown_wording import offered_groups
from kpis.models import Definition, Kpi
from kpis.models.definitions import FREQUENCIES, YEAR_KINDS
from kpis.models.readings import LONGEST_CELL
from kpis.rules.refusal import Refused
from kpis.rules.values import number
from kpis.wording import refusal_sentence


class NumberField(forms.Field):
    """A plain number, at most six decimals, never rounded."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return number(text)
        except Refused as refused:
            raise ValidationError(str(refusal_sentence(refused.code)), code=refused.code) from refused

    def run_validators(self, value: Any) -> None:
        """Everything there is to refuse was refused by the parser."""

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")


class NewKpiForm(TrackerForm):
    """What a project begins to measure, by a definition of the library."""

    definition = forms.ChoiceField(label=_("Definition"))
    name_en = LineField(label=_("Name in English"), max_length=200)
    name_zh_hant = LineField(label=_("Name in Chinese"), max_length=100, required=False)
    frequency = forms.ChoiceField(label=_("Frequency"), choices=FREQUENCIES)
    year_kind = forms.TypedChoiceField(
        label=_("Its years"),
        choices=YEAR_KINDS,
        required=False,
        empty_value="calendar",
        help_text=_("By which its readings are added up; a financial year begins in April."),
    )
    starts_on = DayField(label=_("First day of the first period measured"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = {one.key: str(one) for one in Definition.objects.order_by("version")}
        self.fields["definition"].choices = list(newest.items())  # type: ignore[attr-defined] # a choice field


class ReadingForm(TrackerForm):
    """One period's reading, in the parts the KPI's formula needs."""

    period = LineField(
        label=_("Period"), max_length=10, help_text=_("Its first day: 2026-10 for a month, 2026-10-31 for a day.")
    )
    value = NumberField(label=_("Value"))
    numerator = NumberField(label=_("Numerator"))
    denominator = NumberField(label=_("Denominator"))
    cell = forms.ChoiceField(label=_("Of"), required=False)
    reason = LineField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Needed when it corrects an earlier value.")
    )

    field_order = ("period", "cell")

    def __init__(self, *args: Any, kpi: Kpi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        definition = kpi.definition
        for name in ("value",) if definition.is_ratio else ("numerator", "denominator"):
            del self.fields[name]
        self.fields["cell"].choices = [("", _("the whole")), *offered_groups(definition.dimensions)]  # type: ignore[attr-defined] # a choice field
        if not definition.dimensions:
            del self.fields["cell"]


class ReadingDraftForm(ReadingForm):
    """The same parts, as far as they are typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class VerdictForm(TrackerForm):
    """The second person's word on one waiting reading."""

    period = forms.CharField(max_length=10, widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=1, max_value=30_000, widget=forms.HiddenInput)
    cell = forms.CharField(max_length=LONGEST_CELL, required=False, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=[("verify", _("Verify")), ("return", _("Return"))])
    note = LineField(label=_("Reason"), max_length=300, required=False)
