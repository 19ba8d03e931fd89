"""One small form for each act on a request, a round or a decision. Whether it may happen is the service's answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.clock import HONG_KONG
from core.forms import DayField, MoneyField, ParagraphField, TrackerForm
from core.money import hkd
from funding.models import Choice, CostCategory, CostLine, Decision, Envelope, FundingRequest, Outcome, Round

LONGEST_REASON = 500
LONGEST_VOTE_REASON = 1_000
LONGEST_STATEMENT = 2_000


class SubmitForm(TrackerForm):
    """Carries the version that was looked at, so that nothing unseen is submitted."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class WithdrawForm(TrackerForm):
    reason = ParagraphField(label=_("Why it is withdrawn"), max_length=LONGEST_REASON)


class EndorseForm(TrackerForm):
    statement = ParagraphField(
        label=_("Statement of the Head of Department"),
        max_length=LONGEST_STATEMENT,
        help_text=_("Printed with the paper, under your name."),
    )


class ScreenForm(TrackerForm):
    note = ParagraphField(label=_("Note for the file"), max_length=LONGEST_STATEMENT, required=False)


class DecideForm(TrackerForm):
    """Decided in the department. Saying no asks for the reason."""

    approve = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("approve")), ("no", _("reject"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    amount = MoneyField(
        label=_("Amount approved (HK$)"),
        required=False,
        help_text=_("Left empty: what is asked. Less than that is given with the reason."),
    )
    conditions = ParagraphField(
        label=_("Conditions"), max_length=4_000, required=False, help_text=_("One condition a line.")
    )
    reason = ParagraphField(label=_("Reason"), max_length=LONGEST_REASON, required=False)

    def clean_conditions(self) -> list[str]:
        return lines_of(self.cleaned_data["conditions"])


class ReclassifyForm(TrackerForm):
    """A line and the category it belongs to; carries the version that was looked at."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    number = forms.TypedChoiceField(label=_("Cost line"), coerce=int)
    category = forms.ChoiceField(label=_("Belongs to"), choices=CostCategory.choices)
    reason = ParagraphField(label=_("Reason"), max_length=LONGEST_REASON)

    def __init__(self, *args: Any, lines: Sequence[CostLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = [  # type: ignore[attr-defined] # of the field above
            (number, f"{number}. {line.description or line.get_category_display()}, {hkd(line.amount)}")
            for number, line in enumerate(lines, start=1)
        ]


class OpenRoundForm(TrackerForm):
    """The motion and how it is voted on. The amount may be lower than the amount asked, never higher."""

    amount = MoneyField(
        label=_("Amount of the motion (HK$)"), help_text=_("At most what is asked. It is voted on exactly as written.")
    )
    conditions = ParagraphField(
        label=_("Conditions"), max_length=4_000, required=False, help_text=_("One condition a line.")
    )
    mode = forms.ChoiceField(label=_("How it is voted on"), choices=Round.Mode.choices, initial=Round.Mode.MEETING)
    deadline_at = forms.DateTimeField(
        label=_("Deadline, Hong Kong time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        help_text=_("By circulation only: no vote counts after it."),
    )

    def clean_conditions(self) -> list[str]:
        return lines_of(self.cleaned_data["conditions"])


class VoteForm(TrackerForm):
    """The ballot. It carries the digest of the motion that was on the screen (TRUST C4)."""

    choice = forms.ChoiceField(label=_("Your vote"), choices=Choice.choices, widget=forms.RadioSelect)
    reason = ParagraphField(
        label=_("Reason"),
        max_length=LONGEST_VOTE_REASON,
        required=False,
        help_text=_("Needed for a vote against; it is printed in the minutes."),
    )
    motion_digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class DeclareForm(TrackerForm):
    note = ParagraphField(
        label=_("Your interest"),
        max_length=LONGEST_REASON,
        help_text=_("Your vote becomes void and the paper closes for you until publication."),
    )


class AbsentForm(TrackerForm):
    seat_number = forms.TypedChoiceField(label=_("Seat"), coerce=int)

    def __init__(self, data: Any = None, *, seats: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["seat_number"].choices = seats  # type: ignore[attr-defined]


class LastCallForm(TrackerForm):
    """Nothing to fill in: the chair asks for last votes."""


class CloseForm(TrackerForm):
    """The result is worked out, never typed. Where the rule has a casting vote, the chair may settle equal votes."""

    casting_vote = forms.ChoiceField(
        label=_("Casting vote of the chair"),
        choices=[("", _("none")), (Choice.FOR, Choice.FOR.label), (Choice.AGAINST, Choice.AGAINST.label)],
        required=False,
        help_text=_("Only where the votes are equal."),
    )

    def __init__(self, data: Any = None, *, may_settle: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not may_settle:
            del self.fields["casting_vote"]


class PublishForm(TrackerForm):
    """Publication makes the decision take effect. What this decision does not need is not asked."""

    reason = ParagraphField(
        label=_("Reason"),
        max_length=LONGEST_STATEMENT,
        required=False,
        help_text=_("Why it was rejected, or why less than was asked. It is published with the decision."),
    )
    conditions_due_on = DayField(
        label=_("Conditions are due on"),
        required=False,
        help_text=_("Each condition becomes a task of the project lead. Left empty: 90 days from today."),
    )

    def __init__(self, data: Any = None, *, decision: Decision | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        by_vote = decision is not None and decision.round_id is not None
        if decision is None or not by_vote or not (decision.is_refusal or decision.is_in_part):
            del self.fields["reason"]
        if decision is None or decision.outcome != Outcome.APPROVED or not decision.conditions:
            del self.fields["conditions_due_on"]


class CommitForm(TrackerForm):
    envelope = forms.ModelChoiceField(label=_("Envelope"), queryset=Envelope.objects.filter(amount__gt=0))
    amount = MoneyField(label=_("Amount (HK$)"))
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("all of them")), *CostCategory.choices], required=False
    )


def lines_of(text: str) -> list[str]:
    """One entry a line, empty lines left out."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def hong_kong(moment: datetime | None) -> datetime | None:
    """A time typed without offset, read in Hong Kong."""
    return moment.replace(tzinfo=HONG_KONG) if moment and moment.tzinfo is None else moment


def first_motion(request: FundingRequest) -> dict[str, Any]:
    """What the secretary usually opens a round with: the amount asked, nothing else."""
    return {"amount": f"{request.own_amount:,.2f}"}
