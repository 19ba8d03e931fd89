"""The cost lines of a request as a form set that grows and shrinks by a round trip, with or without JavaScript."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.form_sets import GrowingRows
from core.forms import LineField, MoneyField
from funding.financial_years import financial_year_of, financial_year_words
from funding.forms.rows import Rows
from funding.models import CostCategory, FundingRequest

PREFIX = "lines"
MOST_LINES = 40
YEARS_BACK = 1
YEARS_AHEAD = 6
ROWS = Rows(PREFIX, ("category", "description", "financial_year", "amount"), MOST_LINES)


def financial_year_now() -> int:
    """The year in which today's financial year (1 April to 31 March) starts."""
    return financial_year_of(clock.today())


def _financial_years() -> list[tuple[int, str]]:
    now = financial_year_now()
    return [(year, financial_year_words(year)) for year in range(now - YEARS_BACK, now + YEARS_AHEAD + 1)]


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


class BaseCostLines(GrowingRows):
    fewest = 1


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


def first_of_row() -> dict[str, str]:
    """What an added line begins with."""
    return {"financial_year": str(financial_year_now()), "category": CostCategory.SOFTWARE}


def typed_total(lines: Any) -> Decimal:
    """HK$ that count for the tier, of the rows that can be read so far; unreadable ones are passed over."""
    total = Decimal("0.00")
    for form in lines.forms:
        if form.is_valid() and form.cleaned_data.get("amount"):
            recurrent = form.cleaned_data.get("category") == CostCategory.RECURRENT
            total += Decimal(0) if recurrent else form.cleaned_data["amount"]
    return total
