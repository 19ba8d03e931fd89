"""The cost lines of a request as a form set that grows and shrinks by a round trip, with or without JavaScript."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import LineField, MoneyField
from funding.models import CostCategory, FundingRequest

PREFIX = "lines"
MOST_LINES = 40
YEARS_BACK = 1
YEARS_AHEAD = 6
FIELDS = ("category", "description", "financial_year", "amount")


def financial_year_now() -> int:
    """The year in which today's financial year (1 April to 31 March) starts."""
    today = clock.today()
    return today.year if today.month >= 4 else today.year - 1


def financial_year_label(starts: int) -> str:
    """`2026-27`."""
    return f"{starts}-{(starts + 1) % 100:02d}"


def _financial_years() -> list[tuple[int, str]]:
    now = financial_year_now()
    return [(year, financial_year_label(year)) for year in range(now - YEARS_BACK, now + YEARS_AHEAD + 1)]


class CostLineForm(forms.Form):
    """One amount in one financial year."""

    category = forms.ChoiceField(label=_("Category"), choices=CostCategory.choices, initial=CostCategory.SOFTWARE)
    description = LineField(label=_("What it buys"), max_length=300, required=False)
    financial_year = forms.TypedChoiceField(
        label=_("Financial year"), choices=_financial_years, coerce=int, initial=financial_year_now
    )
    amount = MoneyField(label=_("Amount (HK$)"))

    def is_blank(self) -> bool:
        """Neither an amount nor a description was typed: a row nobody used."""
        return not any(str(self[name].value() or "").strip() for name in ("amount", "description"))


class BaseCostLines(forms.BaseFormSet):
    def full_clean(self) -> None:
        """Rows after the first that nobody used are passed over; the first has to be filled in."""
        if self.is_bound:
            for place, form in enumerate(self.forms):
                form.empty_permitted = place > 0 and form.is_blank()
        super().full_clean()

    def forget_faults(self) -> None:
        """As typed, without faults."""
        self._errors: list[Any] = [{} for _form in self.forms]
        self._non_form_errors = self.error_class()
        for form in self.forms:
            form._errors = ErrorDict()

    def filled(self) -> list[dict[str, Any]]:
        """The lines as services take them."""
        return [form.cleaned_data for form in self.forms if not form.is_blank()]


class _CostLine(CostLineForm):
    use_required_attribute = False

    def has_changed(self) -> bool:
        """An unused later row counts as unchanged, whatever its choices say."""
        return not (self.empty_permitted and self.is_blank())


CostLines = forms.formset_factory(
    _CostLine,
    formset=BaseCostLines,
    extra=0,
    min_num=1,
    max_num=MOST_LINES,
    absolute_max=MOST_LINES + 1,
    validate_min=True,
    validate_max=True,
)


def initial_of(request: FundingRequest | None) -> list[dict[str, Any]]:
    """Stored lines as the form shows them, or one empty line."""
    if request is None:
        return [{}]
    return [
        {
            "category": line.category,
            "description": line.description,
            "financial_year": line.financial_year,
            "amount": f"{line.amount:,.2f}",
        }
        for line in request.lines.all()
    ] or [{}]


def with_one_more(data: QueryDict) -> QueryDict:
    """The same posted data with one more, empty, line."""
    changed = data.copy()
    count = _count(data)
    if count < MOST_LINES:
        changed[f"{PREFIX}-TOTAL_FORMS"] = str(count + 1)
        changed[f"{PREFIX}-{count}-financial_year"] = str(financial_year_now())
        changed[f"{PREFIX}-{count}-category"] = CostCategory.SOFTWARE
    return changed


def without(data: QueryDict, place: str) -> QueryDict:
    """The same posted data without the line at `place`; those after it move up. One line always stays."""
    changed = data.copy()
    count = _count(data)
    if place not in map(str, range(count)):
        return changed
    for index in range(int(place), count):
        for name in FIELDS:
            after = data.get(f"{PREFIX}-{index + 1}-{name}")
            if after is None:
                changed.pop(f"{PREFIX}-{index}-{name}", None)
            else:
                changed[f"{PREFIX}-{index}-{name}"] = after
    changed[f"{PREFIX}-TOTAL_FORMS"] = str(max(1, count - 1))
    return changed


def typed_total(lines: Any) -> Decimal:
    """HK$ that count for the tier, of the rows that can be read so far; unreadable ones are passed over."""
    total = Decimal("0.00")
    for form in lines.forms:
        if form.is_valid() and form.cleaned_data.get("amount"):
            recurrent = form.cleaned_data.get("category") == CostCategory.RECURRENT
            total += Decimal(0) if recurrent else form.cleaned_data["amount"]
    return total


def _count(data: QueryDict) -> int:
    text = data.get(f"{PREFIX}-TOTAL_FORMS", "1")
    return min(int(text), MOST_LINES) if text.isascii() and text.isdecimal() and len(text) < 4 else 1
