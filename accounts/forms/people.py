"""A person on record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.forms import LineField, TrackerForm

SIMPLIFIED = _("Proposed from the Traditional when left empty; check it.")


class PersonForm(TrackerForm):
    name_en = LineField(label=_("Name in English"), max_length=120)
    name_zh_hant = LineField(label=_("Name in Chinese"), max_length=60, required=False)
    name_zh_hans = LineField(label=_("Name in Simplified Chinese"), max_length=60, required=False, help_text=SIMPLIFIED)
    title_en = LineField(label=_("Post title in English"), max_length=120, required=False)
    title_zh_hant = LineField(label=_("Post title in Chinese"), max_length=120, required=False)
    title_zh_hans = LineField(
        label=_("Post title in Simplified Chinese"), max_length=120, required=False, help_text=SIMPLIFIED
    )
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)

    FACTS = ("name_en", "name_zh_hant", "name_zh_hans", "title_en", "title_zh_hant", "title_zh_hans", "email")

    def said(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.FACTS}


class EditPersonForm(PersonForm):
    """The version it was opened at travels with the form, so that nobody's edit is lost unseen."""

    expected_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        stored = {name: getattr(person, name) for name in self.FACTS} | {"expected_version": person.version}
        super().__init__(*args, **({"initial": stored} | kwargs))


class ReasonForm(TrackerForm):
    reason = LineField(label=_("Reason"), max_length=300)
