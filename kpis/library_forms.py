"""What the Team types about a measure of the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import LineField, TrackerForm
from core.simplified import simplified
from kpis.breakdown_wording import DIMENSIONS
from kpis.forms import NumberField
from kpis.models import Aggregation, Definition, Direction, Formula
from kpis.models.smallest_groups import MOST
from kpis.numbers import plain
from kpis.services import Measure

CHINESE = ("name", "unit")


class MeasureForm(TrackerForm):
    """A measure in full; Simplified Chinese is proposed from the Traditional where it is left empty."""

    name_en = LineField(label=_("Name in English"), max_length=120)
    name_zh_hant = LineField(label=_("Name in Traditional Chinese"), max_length=60)
    name_zh_hans = LineField(
        label=pgettext_lazy("of a measure", "Name in Simplified Chinese"),
        max_length=60,
        required=False,
        help_text=_("Left empty, it is made from the Traditional."),
    )
    unit_en = LineField(label=_("Unit in English"), max_length=40)
    unit_zh_hant = LineField(label=_("Unit in Traditional Chinese"), max_length=20)
    unit_zh_hans = LineField(label=_("Unit in Simplified Chinese"), max_length=20, required=False)
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction)
    formula = forms.ChoiceField(label=_("Formula"), choices=Formula)
    aggregation = forms.ChoiceField(label=_("Adds up as"), choices=Aggregation)
    dimensions = forms.MultipleChoiceField(
        label=_("Told apart by"),
        choices=list(DIMENSIONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Groups of too few people or cases are hidden."),
    )
    lowest = NumberField(
        label=_("Lowest real value"), required=False, help_text=_("A reading below it is refused. Empty: no bound.")
    )
    highest = NumberField(label=_("Highest real value"), required=False)

    def measure(self) -> Measure:
        typed = {name: self.cleaned_data[name] for name in Measure.__dataclass_fields__}
        for part in CHINESE:
            typed[f"{part}_zh_hans"] = typed[f"{part}_zh_hans"] or simplified(typed[f"{part}_zh_hant"])
        return Measure(**typed)


class SmallestGroupForm(TrackerForm):
    smallest = forms.IntegerField(
        label=_("Smallest group that is shown"), min_value=1, max_value=MOST, help_text=_("1 hides no group.")
    )
    reason = LineField(label=_("Reason"), max_length=300)


class NewMeasureForm(MeasureForm):
    key = forms.SlugField(
        label=_("Key"), max_length=60, help_text=_("Small letters and hyphens, such as waiting-time; it never changes.")
    )

    field_order = ("key",)


def as_typed(definition: Definition) -> dict[str, Any]:
    """The fields of the form as the last version has them."""
    told = {name: getattr(definition, name) for name in Measure.__dataclass_fields__}
    return told | {bound: plain(told[bound]) for bound in ("lowest", "highest") if told[bound] is not None}
