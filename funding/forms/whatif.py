"""The policy that is assumed on the what-if bench, and the title of a note."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import LineField, MoneyField, ParagraphField, TrackerForm
from funding.models import FundingPolicy, Tier
from funding.rules.tiers import TierLine
from funding.rules.whatif import Assumption
from funding.services import funding_policies

LEAST_MONTHS, MOST_MONTHS = funding_policies.LIMITS["linking_months"]


def _side(label: Any, *, yes: Any, no: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=[("yes", yes), ("no", no)], coerce=lambda value: value == "yes")


class AssumptionForm(TrackerForm):
    """Where each tier ends, and how far linked requests reach. Sent by GET: an address is one assumption."""

    department_upper = MoneyField(label=_("First line (HK$)"))
    department_included = _side(
        _("An amount of exactly the first line"),
        yes=_("goes to the Head of Department"),
        no=_("goes to the working group"),
    )
    working_group_upper = MoneyField(label=_("Second line (HK$)"))
    working_group_included = _side(
        _("An amount of exactly the second line"),
        yes=_("goes to the working group"),
        no=_("goes to the Legislative Council"),
    )
    linking_months = forms.IntegerField(
        label=_("Months within which linked requests are counted together"),
        min_value=LEAST_MONTHS,
        max_value=MOST_MONTHS,
    )

    def assumed(self) -> Assumption:
        typed = self.cleaned_data
        lines = (
            TierLine(Tier.DEPARTMENT.value, typed["department_upper"], typed["department_included"]),
            TierLine(Tier.WORKING_GROUP.value, typed["working_group_upper"], typed["working_group_included"]),
            TierLine(Tier.LEGCO.value, None),
        )
        return Assumption(lines, typed["linking_months"])


class NoteForm(AssumptionForm):
    """The same assumption, run again and kept under a title."""

    title = LineField(label=_("Title of the note"), max_length=200)
    remark = ParagraphField(label=_("Remark"), max_length=2_000, required=False)


def values_of(policy: FundingPolicy) -> dict[str, Any]:
    """What the bench begins with: the policy in force, so that only the change is typed."""
    lines = tuple(TierLine(line.tier, line.upper, line.upper_included) for line in policy.lines.all())
    return typed_as(Assumption(lines, policy.linking_months))


def typed_as(assumed: Assumption) -> dict[str, Any]:
    """An assumption as the form would have been typed, for addresses and for a note's way back to the bench."""
    found: dict[str, Any] = {"linking_months": str(assumed.months)}
    for line in assumed.lines:
        if line.upper is not None:
            found[f"{line.tier}_upper"] = f"{line.upper:,.2f}"
            found[f"{line.tier}_included"] = "yes" if line.upper_included else "no"
    return found
