"""Inviting somebody, and taking the invitation up."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.forms.own import NEW_PASSWORD_HELP
from accounts.models import Department, Posting
from core.forms import LineField, ReferenceField, TrackerForm


class InvitePersonForm(TrackerForm):
    """For somebody on record already: the names are known."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    department = ReferenceField(label=_("Department"), rows=Department.objects.visible_to)
    duty = forms.ChoiceField(label=_("Posted as"), choices=Posting.Duty.choices, initial=Posting.Duty.STAFF)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    field_order = ("name_en", "name_zh_hant", "title_en", "title_zh_hant")


class InviteForm(InvitePersonForm):
    name_en = LineField(label=_("Name in English"), max_length=120)
    name_zh_hant = LineField(label=_("Name in Chinese"), max_length=60, required=False)
    title_en = LineField(label=_("Post title in English"), max_length=120, required=False)
    title_zh_hant = LineField(label=_("Post title in Chinese"), max_length=120, required=False)


class AcceptForm(TrackerForm):
    """The password is typed twice and goes nowhere but into its hash."""

    username = LineField(
        label=_("User name"),
        max_length=150,
        help_text=_("Letters, digits and @ . + - _ only. You may also sign in with your e-mail address."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=NEW_PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("New password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> None:
        super().clean()
        first, second = self.cleaned_data.get("password"), self.cleaned_data.get("password_again")
        if first and second and first != second:
            self.add_error("password_again", _("The two passwords differ."))
