"""Forms of what can come of a request besides yes and no, and of the Legislative Council's part."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Posting
from core import clock
from core.forms import DayField, LineField, MoneyField, ParagraphField, ReferenceField, TrackerForm
from funding.forms.acts import LONGEST_REASON, LONGEST_STATEMENT, lines_of
from funding.models import FinanceCommitteeEntry
from funding.rules.finance_committee import Counts
from funding.services.finance_committee import Figures


class ReturnForm(TrackerForm):
    questions = ParagraphField(
        label=_("Questions to answer"),
        max_length=10_000,
        help_text=_("One question a line. Each is answered on this page."),
    )

    def clean_questions(self) -> list[str]:
        return lines_of(self.cleaned_data["questions"])


class AnswerForm(TrackerForm):
    text = ParagraphField(label=_("Your answer"), max_length=10_000)


class DeferForm(TrackerForm):
    reason = ParagraphField(label=_("Reason"), max_length=LONGEST_REASON)
    until = DayField(
        label=_("Until"), required=False, help_text=_("It comes back by itself at the beginning of this day.")
    )
    condition = LineField(
        label=_("Or until this has happened"),
        max_length=500,
        required=False,
        help_text=_("The secretary says when it has happened."),
    )


class BringBackForm(TrackerForm):
    note = ParagraphField(label=_("What has happened"), max_length=LONGEST_REASON)


class AppealForm(TrackerForm):
    ground = ParagraphField(label=_("Why the decision should be looked at again"), max_length=20_000)


class ReasonForm(TrackerForm):
    reason = ParagraphField(label=_("Reason"), max_length=LONGEST_STATEMENT)


class PapersForm(TrackerForm):
    panel_on = DayField(label=_("Day of the Panel’s meeting"), required=False)
    panel_paper = LineField(label=_("Number of the paper for the Panel"), max_length=60, required=False)
    paper = LineField(
        label=_("Number of the Finance Committee’s paper"),
        max_length=20,
        required=False,
        help_text=_("For example FCR(2026-27)12. No two requests have the same."),
    )


class FiguresForm(TrackerForm):
    """What the evidence says, read by each of the two officers for themselves."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=FinanceCommitteeEntry.Outcome.choices)
    meeting_on = DayField(label=_("Day of the meeting"))
    present = forms.IntegerField(label=_("Members present"), min_value=0, max_value=200)
    votes_for = forms.IntegerField(label=_("Votes for"), min_value=0, max_value=200)
    votes_against = forms.IntegerField(label=_("Votes against"), min_value=0, max_value=200)
    abstained = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=200)
    casting = forms.ChoiceField(
        label=_("Casting vote of the chairman"), choices=FinanceCommitteeEntry.Casting.choices, required=False
    )
    amount = MoneyField(
        label=_("Amount approved (HK$)"), required=False, help_text=_("At most what was recommended. Empty: nothing.")
    )

    def figures(self) -> Figures:
        typed = self.cleaned_data
        names = ("present", "votes_for", "votes_against", "abstained", "casting")
        amount = typed["amount"] or Decimal("0.00")
        return Figures(typed["outcome"], typed["meeting_on"], Counts(**{name: typed[name] for name in names}), amount)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            typed["figures"] = self.figures()
        return typed


class RecordForm(FiguresForm):
    reason = ParagraphField(
        label=_("Reason"),
        max_length=LONGEST_STATEMENT,
        required=False,
        help_text=_("Needed for less than was recommended, for a rejection and for a withdrawal."),
    )
    file = forms.FileField(label=_("Evidence: the minutes or the Clerk’s letter"))


class PublishOutcomeForm(TrackerForm):
    """Nothing to fill in: what was confirmed is published."""


class EvidenceForm(TrackerForm):
    note = ParagraphField(label=_("What the file shows"), max_length=LONGEST_STATEMENT)
    file = forms.FileField(label=_("File"))


class DischargeForm(TrackerForm):
    note = ParagraphField(label=_("Note for the file"), max_length=LONGEST_STATEMENT, required=False)


class AssignForm(TrackerForm):
    """Another owner out of the department that got the money, or another day."""

    due_on = DayField(label=_("Due on"))
    reason = ParagraphField(label=_("Reason"), max_length=LONGEST_STATEMENT)

    def __init__(self, *args: Any, department: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posted = Posting.objects.on(clock.today()).filter(department=department)
        staff = Person.objects.filter(pk__in=posted.values("person")).order_by("name_en")
        self.fields["owner"] = ReferenceField(label=_("Owner"), rows=lambda user: staff, empty_label=None)
        self.fields["owner"].queryset = staff  # type: ignore[attr-defined] # of the field above
        self.order_fields(["owner", "due_on", "reason"])


class WaiverForm(TrackerForm):
    agree = forms.TypedChoiceField(
        label=_("Waiver"),
        choices=[("yes", _("agree: the condition is given up")), ("no", _("refuse: the condition stays"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = ParagraphField(label=_("Reason"), max_length=LONGEST_STATEMENT)
