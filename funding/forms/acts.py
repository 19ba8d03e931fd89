"""One small form for each act on a request, a round or a decision. Whether it may happen is the service's answer."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.clock import HONG_KONG
from core.forms import MoneyField, ParagraphField, TrackerForm
from funding.models import Choice, Envelope, FundingRequest, Round

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
    reason = ParagraphField(label=_("Reason"), max_length=LONGEST_REASON, required=False)


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
        return [line.strip() for line in self.cleaned_data["conditions"].split("\n") if line.strip()]


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
    """Nothing to fill in: publication makes the decision take effect."""


class CommitForm(TrackerForm):
    envelope = forms.ModelChoiceField(label=_("Envelope"), queryset=Envelope.objects.all())
    amount = MoneyField(label=_("Amount (HK$)"))


def hong_kong(moment: datetime | None) -> datetime | None:
    """A time typed without offset, read in Hong Kong."""
    return moment.replace(tzinfo=HONG_KONG) if moment and moment.tzinfo is None else moment


def first_motion(request: FundingRequest) -> dict[str, Any]:
    """What the secretary usually opens a round with: the amount asked, nothing else."""
    return {"amount": f"{request.own_amount:,.2f}"}
