"""The benefits a request promises, as a form set that grows and shrinks like its cost lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_sets import GrowingRows
from core.forms import DayField, LineField, MoneyField
from funding.forms.rows import Rows
from funding.models import FundingRequest
from projects.models import BenefitKind

PREFIX = "benefits"
MOST_BENEFITS = 20
ROWS = Rows(PREFIX, ("number", "kind", "description", "amount", "due_on"), MOST_BENEFITS)


class BenefitForm(forms.Form):
    """One promise: how much of what, for whom, by when."""

    use_required_attribute = False
    number = forms.IntegerField(required=False, min_value=1, max_value=9_999, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What is gained"), choices=BenefitKind.choices, initial=BenefitKind.HOURS)
    description = LineField(label=_("Who gains by it, and how it shows"), max_length=300)
    amount = MoneyField(label=_("How much"))
    due_on = DayField(label=_("By when"))

    def is_blank(self) -> bool:
        """Nothing was typed: a row nobody used."""
        return not any(str(self[name].value() or "").strip() for name in ("description", "amount", "due_on"))

    def has_changed(self) -> bool:
        return not self.is_blank()


Benefits = forms.formset_factory(
    BenefitForm,
    formset=GrowingRows,
    extra=0,
    max_num=MOST_BENEFITS,
    absolute_max=MOST_BENEFITS + 1,
    validate_max=True,
)


def were_sent(data: Any) -> bool:
    """Whether the posted form has this part at all; without it the promises stay as they are stored."""
    return data is not None and f"{PREFIX}-TOTAL_FORMS" in data


def first_of_row() -> dict[str, str]:
    """What an added row begins with."""
    return {"kind": BenefitKind.HOURS}


def initial_of(request: FundingRequest | None) -> list[dict[str, Any]]:
    """Stored promises as the form shows them, or one empty row."""
    if request is None:
        return [{}]
    return [
        {
            "number": promise.number,
            "kind": promise.kind,
            "description": promise.description,
            "amount": f"{promise.amount:,.2f}",
            "due_on": promise.due_on,
        }
        for promise in request.benefits.all()
    ] or [{}]
