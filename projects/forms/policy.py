"""What the Team types about counting rules and shares of the targets."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.days import parse_day
from core.errors import DomainError
from core.forms import DayField, LineField, ParagraphField, TrackerForm
from projects.forms.procedures import QuantityField
from projects.models import CountingRule, EvidenceKind
from projects.selectors.counting import ShareTable
from projects.services.counting_rules import LATE_DAYS, MONTHS, RESTATEMENT_DAYS
from projects.services.shares import MOST, Shares

MOST_SHARE = Decimal(MOST)


def _whole(label: Any, limits: tuple[int, int], help_text: Any) -> forms.IntegerField:
    least, most = limits
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=help_text)


class RuleForm(TrackerForm):
    """A proposed counting rule, from its first day until the next rule."""

    starts_on = DayField(label=_("First day in force"), help_text=_("Today or later; the rule before it ends there."))
    required_evidence = forms.MultipleChoiceField(
        label=_("Evidence that must all be there"), choices=EvidenceKind.choices, widget=forms.CheckboxSelectMultiple
    )
    verifier_scope = forms.ChoiceField(
        label=_("Who may verify: a verifier posted"), choices=CountingRule.VerifierScope.choices
    )
    attestation_months = _whole(
        _("Months until it must be attested again"), MONTHS, _("It lapses at the end of the anniversary day.")
    )
    late_claim_days = _whole(
        _("Days within which a go-live is claimed in time"),
        LATE_DAYS,
        _("Later claims need a reason and a second verifier."),
    )
    restatement_days = _whole(
        _("Days after a target's day within which a verification is restated"),
        RESTATEMENT_DAYS,
        _("Shown beside the target's own figure, which never changes."),
    )
    transition_on = DayField(
        label=_("Also reaches procedures verified before, from"),
        required=False,
        help_text=_("Empty: it reaches each of them at its next re-attestation."),
    )
    source = LineField(
        label=_("Where it is written"),
        max_length=300,
        help_text=_("The paper, circular or decision where the rule is written."),
    )

    NAMES = (
        "starts_on",
        "required_evidence",
        "verifier_scope",
        "attestation_months",
        "late_claim_days",
        "restatement_days",
        "transition_on",
        "source",
    )

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.NAMES}


def values_of(rule: CountingRule | None) -> dict[str, Any]:
    """What a new proposal begins with: the latest rule, so that only the change is typed."""
    if rule is None:
        return {"attestation_months": 12, "late_claim_days": 14, "restatement_days": 31}
    return {
        name: getattr(rule, name) for name in RuleForm.NAMES if name not in ("starts_on", "source", "transition_on")
    }


class ApproveForm(TrackerForm):
    """Nothing to type: the page above says what would change."""


class WithdrawForm(TrackerForm):
    reason = ParagraphField(label=_("Reason"), max_length=2_000)


class SharesForm(TrackerForm):
    """A number for each department and quarter; an emptied cell takes the share back."""

    source = LineField(label=_("Where it is written"), max_length=300)

    def __init__(self, *args: Any, table: ShareTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells: dict[str, tuple[int, date]] = {}
        for row in table.rows:
            for day, share in zip(table.quarters, row.shares, strict=True):
                name = f"share-{row.department.safe_code}-{day.isoformat()}"
                label = _("%(department)s by %(day)s") % {"department": row.department.code, "day": day.isoformat()}
                initial = share.value if share else None
                self.fields[name] = QuantityField(
                    label=label, most=MOST_SHARE, places=0, required=False, initial=initial
                )
                self.cells[name] = (row.department.pk, day)

    def shares(self) -> Shares:
        return {cell: int(self.cleaned_data[name] or 0) for name, cell in self.cells.items()}

    def rows(self) -> list[list[Any]]:
        """The bound cells, a list for each department, as the table shows them."""
        found: dict[int, list[Any]] = {}
        for name, (department, _day) in self.cells.items():
            found.setdefault(department, []).append(self[name])
        return list(found.values())


def day_in_address(text: str) -> date | None:
    """The day an address names, or None when it names none."""
    try:
        return parse_day(text)
    except DomainError:
        return None
