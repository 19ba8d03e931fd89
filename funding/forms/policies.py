"""What the Team types about funding policies and voting rules. A form begins with the latest one in force."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, LineField, MoneyField, ParagraphField, ReferenceField, TrackerForm
from funding.models import PAPERS, Body, FundingPolicy, RequiredPapers, ServiceTimes, Tier, VotingRule
from funding.policy_words import FAULTS, TIMES
from funding.rules import tiers
from funding.rules.service_times import ESCALATE
from funding.services import funding_policies, service_times, voting_rules
from funding.services.funding_policies import NewLine


def _whole(label: Any, limits: tuple[int, int], help_text: Any = "") -> forms.IntegerField:
    least, most = limits
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=help_text)


def _side(label: Any, *, no: Any, yes: Any) -> forms.TypedChoiceField:
    """Which of two neighbours the amount of a line itself belongs to; true when it stays with the lower one."""
    return forms.TypedChoiceField(
        label=label, choices=[("yes", yes), ("no", no)], coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )


def _body(label: Any, *, of_tier: bool = True) -> ReferenceField:
    """A body; of a tier only one that votes here, which the Finance Committee does not."""
    outside = [Body.FINANCE_COMMITTEE] if of_tier else []
    return ReferenceField(
        label=label,
        rows=lambda user: Body.objects.exclude(code__in=outside).order_by("code"),
        to_field_name="code",
        empty_label=None,
    )


PAPERS_OF = {
    Tier.DEPARTMENT: _("With a request that the department decides"),
    Tier.WORKING_GROUP: _("With a request that the working group decides"),
    Tier.LEGCO: _("With a request for the Legislative Council"),
}


class ProposalForm(TrackerForm):
    """What every kind of policy is typed with."""

    starts_on = DayField(label=_("First day in force"), help_text=_("Today or later; the one before it ends there."))
    source = LineField(
        label=_("Where it is written"),
        max_length=300,
        help_text=_("The paper, circular or decision where the rule is written."),
    )


class PolicyForm(ProposalForm):
    """A proposed funding policy: two lines, the side of each, and who votes above the first."""

    department_upper = MoneyField(
        label=_("First line (HK$)"), help_text=_("Under it the department decides, over it the working group.")
    )
    department_included = _side(
        _("An amount of exactly the first line"),
        yes=_("goes to the Head of Department"),
        no=_("goes to the working group"),
    )
    working_group_upper = MoneyField(
        label=_("Second line (HK$)"),
        help_text=_("Over it the working group recommends and the Legislative Council decides."),
    )
    working_group_included = _side(
        _("An amount of exactly the second line"),
        yes=_("goes to the working group"),
        no=_("goes to the Legislative Council"),
    )
    working_group_body = _body(_("Votes on the working group’s tier"))
    legco_body = _body(_("Recommends to the Legislative Council"))
    linking_months = _whole(
        _("Months within which linked requests are counted together"),
        funding_policies.LIMITS["linking_months"],
        _("Before or after each other’s first submission. Requests of one project belong together however old."),
    )
    appeal_days = _whole(
        _("Days within which an appeal may be filed"),
        funding_policies.LIMITS["appeal_days"],
        _("Counted from the day of publication, Hong Kong dates, the last day included."),
    )
    same_department = forms.ChoiceField(
        label=_("Members of the applicant’s department"), choices=FundingPolicy.SameDepartment.choices
    )
    field_order = (
        "starts_on",
        "department_upper",
        "department_included",
        "working_group_upper",
        "working_group_included",
        "working_group_body",
        "legco_body",
        "linking_months",
        "appeal_days",
        "same_department",
        "source",
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("department_upper") and typed.get("working_group_upper"):
            code = tiers.fault(tiers.TierLine(line.tier, line.upper) for line in self._lines())
            if code:
                self.add_error("working_group_upper", str(FAULTS[code]))
        return typed

    def said(self) -> dict[str, Any]:
        kept = ("starts_on", "linking_months", "appeal_days", "same_department", "source")
        return {"lines": self._lines()} | {name: self.cleaned_data[name] for name in kept}

    def _lines(self) -> list[NewLine]:
        typed = self.cleaned_data.get
        first, second = typed("department_included", False), typed("working_group_included", False)
        return [
            NewLine(Tier.DEPARTMENT, typed("department_upper"), first),
            NewLine(Tier.WORKING_GROUP, typed("working_group_upper"), second, typed("working_group_body")),
            NewLine(Tier.LEGCO, body=typed("legco_body")),
        ]


class VotingRuleForm(ProposalForm):
    """A proposed voting rule of one body."""

    body = _body(_("Body"), of_tier=False)
    quorum_share_percent = _whole(
        _("Quorum: more than this share of the seats (%)"), voting_rules.LIMITS["quorum_share_percent"]
    )
    quorum_least = _whole(_("Quorum: at least this many seats"), voting_rules.LIMITS["quorum_least"])
    recused_count_for_quorum = forms.BooleanField(
        label=_("Recused seats count when the quorum is worked out"), required=False
    )
    majority_percent = _whole(_("Carried by more than this share (%)"), voting_rules.LIMITS["majority_percent"])
    majority_base = forms.ChoiceField(
        label=_("The share is of"), choices=VotingRule.Base.choices, widget=forms.RadioSelect
    )
    tie = forms.ChoiceField(label=_("Equal votes"), choices=VotingRule.Tie.choices, widget=forms.RadioSelect)
    last_call_seconds = _whole(
        _("Seconds between the last call and the close"), voting_rules.LIMITS["last_call_seconds"]
    )

    NAMES = (
        "body",
        "starts_on",
        "quorum_share_percent",
        "quorum_least",
        "recused_count_for_quorum",
        "majority_percent",
        "majority_base",
        "tie",
        "last_call_seconds",
        "source",
    )
    field_order = NAMES

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.NAMES}


class ServiceTimesForm(ProposalForm):
    """Proposed working days of each stage."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = _("Working days, from the day after it came to its holder.")
        for stage, column in ServiceTimes.COLUMNS.items():
            hint = _("Working days after the due day.") if stage == ESCALATE else unit
            self.fields[column] = _whole(TIMES[stage], service_times.LIMITS[column], hint)
        self.order_fields(["starts_on", *ServiceTimes.COLUMNS.values(), "source"])

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("starts_on", *ServiceTimes.COLUMNS.values(), "source")}


class RequiredPapersForm(ProposalForm):
    """The kinds of paper that each tier asks for, beside the form of the request."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(kind), kind.label) for kind in PAPERS]
        for tier, column in RequiredPapers.COLUMNS.items():
            self.fields[column] = forms.MultipleChoiceField(
                label=PAPERS_OF[Tier(tier)], choices=offered, required=False, widget=forms.CheckboxSelectMultiple
            )
        self.order_fields(["starts_on", *RequiredPapers.COLUMNS.values(), "source"])

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("starts_on", *RequiredPapers.COLUMNS.values(), "source")}


class ApproveForm(TrackerForm):
    """Nothing to type: the page above says what would change."""


class WithdrawProposalForm(TrackerForm):
    reason = ParagraphField(label=_("Reason"), max_length=2_000)


def policy_values(latest: FundingPolicy | None) -> dict[str, Any]:
    """What a new proposal begins with: the latest policy, so that only the change is typed."""
    if latest is None:
        return {}
    lines = {line.tier: line for line in latest.lines.all()}
    kept = ("linking_months", "appeal_days", "same_department")
    found: dict[str, Any] = {name: getattr(latest, name) for name in kept}
    for tier, line in lines.items():
        if line.upper is not None:
            found |= {f"{tier}_upper": line.upper, f"{tier}_included": "yes" if line.upper_included else "no"}
        if line.body is not None:
            found[f"{tier}_body"] = line.body.code
    return found


def rule_values(latest: VotingRule | None) -> dict[str, Any]:
    if latest is None:
        return {}
    kept = {name: getattr(latest, name) for name in VotingRuleForm.NAMES if name not in ("body", "starts_on", "source")}
    return kept | {"body": latest.body.code}


def times_values(latest: ServiceTimes | None) -> dict[str, Any]:
    return {} if latest is None else {column: getattr(latest, column) for column in ServiceTimes.COLUMNS.values()}


def papers_values(latest: RequiredPapers | None) -> dict[str, Any]:
    return {} if latest is None else {column: getattr(latest, column) for column in RequiredPapers.COLUMNS.values()}
