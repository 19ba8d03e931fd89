"""What people type about money after approval. Choices are the rows of the decision in hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, LineField, MoneyField, ParagraphField, ReferenceField, TrackerForm
from funding import money_facts
from funding.financial_years import financial_year_words
from funding.forms.lines import financial_year_now
from funding.models import CostCategory, Decision, Envelope
from funding.rules import spending
from funding.selectors import positions, variance
from funding.services import money_policies
from projects.models import Milestone

YEARS_BACK, YEARS_AHEAD = 2, 6


def _years() -> list[tuple[int, str]]:
    now = financial_year_now()
    return [(year, financial_year_words(year)) for year in range(now - YEARS_BACK, now + YEARS_AHEAD)]


def _year_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("Financial year"), choices=_years, coerce=int, initial=financial_year_now)


def _amount() -> MoneyField:
    return MoneyField(label=_("Amount (HK$)"))


def _reason() -> ParagraphField:
    return ParagraphField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class VoteForm(TrackerForm):
    amount = _amount()
    source = LineField(
        label=_("Where it is written"), max_length=300, help_text=_("The Estimates, paper or minute that gives it.")
    )


class EnvelopeForm(VoteForm):
    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("Small letters, digits and dashes, for example “ai-2026-27”.")
    )
    name_en = LineField(label=_("Name in English"), max_length=200)
    name_zh_hant = LineField(label=_("Name in Chinese"), max_length=200, required=False)
    financial_year = _year_field()
    field_order = ("code", "name_en", "name_zh_hant", "financial_year", "amount", "source")


class ConfirmForm(TrackerForm):
    """Nothing to fill in."""


class WithdrawForm(TrackerForm):
    reason = _reason()


class CorrectForm(TrackerForm):
    reason = _reason()


class _DecisionForm(TrackerForm):
    """A form about one decision; its envelopes are those in which its money was committed."""

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        self.decision = decision
        super().__init__(*args, **kwargs)
        held = Envelope.objects.filter(commitments__decision=decision).distinct()
        for name in ("envelope", "source"):
            if name in self.fields:
                self.fields[name].queryset = held  # type: ignore[attr-defined] # a choice of rows


def _envelope(label: Any) -> ReferenceField:
    return ReferenceField(
        label=label,
        rows=lambda user: Envelope.objects.filter(amount__gt=0),
        to_field_name="code",
        empty_label=None,
    )


class SpendForm(_DecisionForm):
    envelope = _envelope(_("Envelope"))
    category = forms.ChoiceField(label=_("Category"), choices=CostCategory.choices)
    amount = _amount()
    spent_on = DayField(label=_("Paid on"))
    voucher = LineField(label=_("Number of the voucher"), max_length=100)
    description = LineField(label=_("What it paid for"), max_length=300, required=False)


class ReleaseForm(_DecisionForm):
    envelope = _envelope(_("Envelope"))
    milestone = ReferenceField(
        label=_("Milestone that is reached"), rows=lambda user: Milestone.objects.none(), empty_label=None
    )
    amount = _amount()
    note = LineField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.decision.request.project_id
        self.fields["milestone"].queryset = Milestone.objects.filter(  # type: ignore[attr-defined] # a choice of rows
            project=project, withdrawn_at__isnull=True
        )


class CarryForm(_DecisionForm):
    source = _envelope(_("From the envelope"))
    target = _envelope(_("Into the envelope"))
    amount = _amount()
    reason = _reason()


class MoveForm(_DecisionForm):
    line = forms.ChoiceField(label=_("From the line"))
    financial_year = _year_field()
    category = forms.ChoiceField(label=_("To the category"), choices=CostCategory.choices)
    amount = _amount()
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        planned = sorted(key for key, amount in money_facts.budget(self.decision).items() if amount)
        self.fields["line"].choices = [_line(year, category) for year, category in planned]  # type: ignore[attr-defined]


class ExplainForm(_DecisionForm):
    line = forms.ChoiceField(label=_("Budget line"))
    text = ParagraphField(label=_("Explanation"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row for row in variance.rows(self.decision) if row.category]
        self.fields["line"].choices = [_line(row.financial_year, row.category) for row in rows]  # type: ignore[attr-defined]


class ImportForm(TrackerForm):
    source = LineField(
        label=_("Ledger system"),
        max_length=100,
        help_text=_("The same file of the same system adds nothing the second time."),
    )
    file = forms.FileField(label=_("File (CSV or XLSX)"))


class ReturnForm(TrackerForm):
    financial_year = forms.TypedChoiceField(label=_("Financial year"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(year, financial_year_words(year)) for year in positions.years()]
        self.fields["financial_year"].choices = years  # type: ignore[attr-defined]


class MoneyPolicyForm(TrackerForm):
    starts_on = DayField(label=_("First day in force"), help_text=_("Today or later; the one before it ends there."))
    tolerance = MoneyField(
        label=_("Tolerance (HK$)"),
        required=False,
        help_text=_("Spending above the approval by no more than this does not freeze releases. Empty: none."),
    )
    variance_percent = forms.IntegerField(
        label=_("Variance to be explained (%)"),
        min_value=money_policies.LIMITS["variance_percent"][0],
        max_value=money_policies.LIMITS["variance_percent"][1],
        help_text=_("A difference from the plan of more than this share needs an explanation."),
    )
    source = LineField(
        label=_("Where it is written"),
        max_length=300,
        help_text=_("The paper, circular or decision where the rule is written."),
    )

    def said(self) -> dict[str, Any]:
        """What the service takes."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "form_token"}
        return typed | {"tolerance": typed["tolerance"] or spending.ZERO}


def place(value: str) -> tuple[int, str]:
    """The financial year and category of a line's choice, `2026/software`."""
    year, category = value.split("/", 1)
    return int(year), category


def _line(year: int, category: str) -> tuple[str, str]:
    return f"{year}/{category}", f"{financial_year_words(year)} · {CostCategory(category).label}"
