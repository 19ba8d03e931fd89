"""The form of a draft, fitted to what the house form asks for, and the form that checks a signature."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Department, Person
from core import clock
from core.forms import LineField, ParagraphField, ReferenceField, ReferencesField, TrackerForm
from reports.house import FORMS, HouseForm
from reports.rules import periods
from reports.rules.periods import Kind

HOW_WRITTEN = {
    Kind.DAY: _("A day, such as 2026-11-22."),
    Kind.MONTH: _("A month, such as 2026-10."),
    Kind.QUARTER: _("A quarter of the calendar year, such as 2026-Q3."),
    Kind.FINANCIAL_YEAR: _("A financial year, such as 2026-27."),
}
LARGEST_FILE = 5 * 1024 * 1024
QUESTION = ("question_number", "question_en", "question_zh_hant")


def people_with_account(user: Any) -> Any:
    """Whoever can sign in, and so may see what is sent."""
    return Person.objects.visible_to(user).filter(accounts__is_active=True).distinct()


def visible_departments(user: Any) -> Any:
    return Department.objects.visible_to(user)


class DraftForm(TrackerForm):
    """Fields that the house form does not ask for are left out."""

    period = LineField(label=_("Period"), max_length=12)
    department = ReferenceField(rows=visible_departments, to_field_name="code", label=_("Department"), required=False)
    as_at = LineField(
        label=_("As known at"),
        max_length=40,
        required=False,
        help_text=_("Empty: the end of the period, or now while it runs. Else an instant, 2026-11-05T09:00:00+08:00."),
    )
    question_number = LineField(label=_("Number of the question"), max_length=40, required=False)
    question_en = ParagraphField(label=_("The question in English"), max_length=4000, required=False)
    question_zh_hant = ParagraphField(label=_("The question in Chinese"), max_length=4000, required=False)

    def __init__(self, *args: Any, house: HouseForm, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"period": periods.last_over(house.period, clock.today()).written})
        super().__init__(*args, **kwargs)
        self.fields["period"].help_text = HOW_WRITTEN[house.period]
        asked = {"department": house.is_of_department} | dict.fromkeys(QUESTION, house.asks_question)
        for name, is_asked in asked.items():
            if is_asked:
                self.fields[name].required = True
            else:
                del self.fields[name]

    def clean_as_at(self) -> datetime | None:
        written = self.cleaned_data["as_at"]
        return read_instant(written) if written else None


MONTHLY = [(form.key, form.title) for form in FORMS.values() if form.period is Kind.MONTH]


class ScheduleForm(TrackerForm):
    form = forms.ChoiceField(choices=MONTHLY, label=pgettext_lazy("paper", "Report"))
    day = forms.IntegerField(min_value=1, max_value=28, initial=3, label=_("Day of the month"))
    least_coverage = forms.IntegerField(
        min_value=0,
        max_value=100,
        initial=80,
        label=_("Least coverage, per cent"),
        help_text=_("Of claims that are verified and of readings that are due. Below it nothing is sent."),
    )
    readers = ReferencesField(rows=people_with_account, label=_("Readers"))


class VerifyForm(TrackerForm):
    document = forms.FileField(label=_("Data file of the report (.json)"), max_length=200)
    signature = forms.FileField(label=_("Its signature (.sig)"), max_length=200)

    def clean_document(self) -> bytes:
        return self._bytes("document")

    def clean_signature(self) -> bytes:
        return self._bytes("signature")

    def _bytes(self, name: str) -> bytes:
        file = self.cleaned_data[name]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 5 MB."), code="file.max")
        found: bytes = file.read()
        return found


def read_instant(written: str) -> datetime:
    """An instant with its offset."""
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        raise _unreadable() from None
    if instant.tzinfo is None:
        raise _unreadable()
    return instant


def _unreadable() -> ValidationError:
    message = _("Write an instant with its offset, such as 2026-11-05T09:00:00+08:00.")
    return ValidationError(message, code="date.format")
