"""A proposed rule of reviews: each kind with its step and its conditions, and how each step passes."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import Text
from core.forms import LineField, MoneyField
from funding.forms.policies import ProposalForm
from funding.models import Review, ReviewKind, ReviewRule
from funding.rules.reviews import LONGEST_WORD, MOST_WORDS
from projects.models import Category

STEPS = range(1, len(ReviewKind) + 1)
BETWEEN_WORDS = re.compile("[,，、;；]")


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of review in the form: which step it is in, and the conditions that must all hold."""

    heading: Text
    step: forms.BoundField
    conditions: list[forms.BoundField]


class ReviewRuleForm(ProposalForm):
    """Four kinds side by side. A kind without a step is not asked, whatever its conditions say."""

    CONDITIONS = ("words", "categories", "public_facing", "first_use", "amount_from")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in ReviewKind:
            self.fields |= {f"{kind}_{name}": field for name, field in _of_kind().items()}
        for number in STEPS:
            self.fields[f"passes_{number}"] = forms.ChoiceField(
                label=_("Step %(number)s passes when") % {"number": number},
                choices=Review.Passes.choices,
                initial=Review.Passes.ALL,
            )

    def groups(self) -> Iterator[Group]:
        for kind in ReviewKind:
            yield Group(kind.label, self[f"{kind}_step"], [self[f"{kind}_{name}"] for name in self.CONDITIONS])

    def ways(self) -> list[forms.BoundField]:
        return [self[f"passes_{number}"] for number in STEPS]

    def dated(self) -> list[forms.BoundField]:
        return [self["form_token"], self["starts_on"], self["source"]]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for kind in ReviewKind:
            found = _words(typed.get(f"{kind}_words", ""))
            if len(found) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in found):
                limits = {"most": MOST_WORDS, "longest": LONGEST_WORD}
                self.add_error(f"{kind}_words", _("At most %(most)s words of at most %(longest)s characters.") % limits)
        return typed

    def said(self) -> dict[str, Any]:
        return {"starts_on": self.cleaned_data["starts_on"], "source": self.cleaned_data["source"]} | {
            "steps": self._steps()
        }

    def _steps(self) -> list[dict[str, Any]]:
        """The steps that hold a review, in order; a number that is left out closes up."""
        typed, found = self.cleaned_data, []
        for number in STEPS:
            kinds = [kind for kind in ReviewKind if typed[f"{kind}_step"] == str(number)]
            if kinds:
                reviews = [{"kind": str(kind), "when": self._when(kind)} for kind in kinds]
                found.append({"passes": typed[f"passes_{number}"], "reviews": reviews})
        return found

    def _when(self, kind: ReviewKind) -> dict[str, Any]:
        typed = {name: self.cleaned_data[f"{kind}_{name}"] for name in self.CONDITIONS}
        typed["words"] = _words(typed["words"])
        if typed["amount_from"]:
            typed["amount_from"] = f"{typed['amount_from']:.2f}"
        return {name: value for name, value in typed.items() if value}


def review_rule_values(latest: ReviewRule | None) -> dict[str, Any]:
    """What a new proposal begins with: the latest rule, so that only the change is typed."""
    found: dict[str, Any] = {}
    for number, step in enumerate(latest.steps if latest else [], start=1):
        found[f"passes_{number}"] = step["passes"]
        for review in step["reviews"]:
            kind, when = review["kind"], review["when"]
            found[f"{kind}_step"] = str(number)
            found |= {f"{kind}_{name}": value for name, value in when.items()}
            found[f"{kind}_words"] = ", ".join(when.get("words", []))
            if "amount_from" in when:
                found[f"{kind}_amount_from"] = Decimal(when["amount_from"])
    return found


def _of_kind() -> dict[str, forms.Field]:
    steps = [(str(number), _("Step %(number)s") % {"number": number}) for number in STEPS]
    return {
        "step": forms.ChoiceField(label=_("Asked in"), choices=[("", _("not asked")), *steps], required=False),
        "words": LineField(
            label=_("Words of the technique"),
            max_length=MOST_WORDS * (LONGEST_WORD + 2),
            required=False,
            help_text=_("One of them is in the AI technique, or no technique is stated. Commas between words."),
        ),
        "categories": forms.MultipleChoiceField(
            label=_("Categories"), choices=Category.choices, required=False, widget=forms.CheckboxSelectMultiple
        ),
        "public_facing": forms.BooleanField(label=_("The public uses it, or this is not stated"), required=False),
        "first_use": forms.BooleanField(
            label=_("The department has no such technique at pilot or further, or none is stated"), required=False
        ),
        "amount_from": MoneyField(label=_("Assessed amount from (HK$)"), required=False),
    }


def _words(text: str) -> list[str]:
    return [word.strip() for word in BETWEEN_WORDS.split(text) if word.strip()]
