"""The forms of tokens and webhooks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import LineField, ParagraphField, TrackerForm
from exchange import wording
from exchange.services.tokens import LONGEST_DAYS


class TokenForm(TrackerForm):
    name = LineField(label=_("What it is for"), max_length=60)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=list(wording.SCOPES.items()), widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(
        label=_("Days until it ends"), min_value=1, max_value=LONGEST_DAYS, initial=90, help_text=_("From 1 to 365.")
    )


class WebhookForm(TrackerForm):
    name = LineField(label=_("Name of the system"), max_length=120)
    url = LineField(label=_("Address"), max_length=500, help_text=_("https only."))
    networks = ParagraphField(
        label=_("Networks"),
        max_length=2_000,
        help_text=_("One on each line, such as 10.20.0.0/24: the host's addresses must lie in them."),
    )
    events = forms.MultipleChoiceField(
        label=_("What it is told of"),
        choices=[(name, label) for name, label in wording.EVENTS.items() if name != "ping"],
        widget=forms.CheckboxSelectMultiple,
    )

    def said(self) -> dict[str, object]:
        typed = dict(self.cleaned_data)
        return {
            "name": typed["name"],
            "url": typed["url"],
            "networks": typed["networks"].split(),
            "events": typed["events"],
        }
