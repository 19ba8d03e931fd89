"""What a reviewer answers."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import ParagraphField, TrackerForm
from funding.models import ReviewAnswer

LONGEST_REASON = 2_000


class ReviewForm(TrackerForm):
    verdict = forms.ChoiceField(
        label=pgettext_lazy("of a reviewer", "Finding"), choices=ReviewAnswer.Verdict.choices, widget=forms.RadioSelect
    )
    reason = ParagraphField(
        label=_("Advice or reason"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("Needed unless it is cleared without advice. Whoever decides reads it."),
    )
    expected_revision = forms.IntegerField(min_value=0, max_value=32_000, widget=forms.HiddenInput)
