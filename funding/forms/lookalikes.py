"""The secretary's answer about look-alikes, and findings that cut a link."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import ParagraphField, ReferenceField, TrackerForm
from funding.models import FundingRequest

LONGEST_REASON = 1_000


class AnswerForm(TrackerForm):
    linked = forms.TypedChoiceField(
        label=_("Do they belong together?"),
        choices=[
            ("yes", _("yes: count them together from now on")),
            ("no", _("no: each is decided on its own amount")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = ParagraphField(label=_("Reason"), max_length=LONGEST_REASON, help_text=_("Kept with the answer."))


class CutForm(TrackerForm):
    """Two submitted requests whose link is to be cut."""

    first = ReferenceField(
        label=_("Request"), rows=lambda user: _submitted(user), to_field_name="reference", empty_label=_("Choose one")
    )
    second = ReferenceField(
        label=_("Linked with"),
        rows=lambda user: _submitted(user),
        to_field_name="reference",
        empty_label=_("Choose one"),
    )
    reason = ParagraphField(
        label=_("Why they do not belong together"),
        max_length=LONGEST_REASON,
        help_text=_("A second person of the Team reads it before the link is cut."),
    )

    def clean(self) -> dict[str, object]:
        typed = super().clean() or self.cleaned_data
        if typed.get("first") is not None and typed.get("first") == typed.get("second"):
            self.add_error("second", _("Choose two different requests."))
        return typed


class ConfirmCutForm(TrackerForm):
    agree = forms.TypedChoiceField(
        label=_("Your finding"),
        choices=[("yes", _("I agree: cut the link")), ("no", _("I do not agree: the link stays"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = ParagraphField(label=_("Reason"), max_length=LONGEST_REASON)


def _submitted(user: User | None) -> "QuerySet[FundingRequest]":
    rows = FundingRequest.objects.visible_to(user) if user else FundingRequest.objects.none()
    return rows.filter(first_submitted_at__isnull=False).order_by("reference")
