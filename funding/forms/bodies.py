"""What the secretary types to fill a seat or to end a term."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.forms import DayField, LineField, ReferenceField, TrackerForm
from funding.models import SeatTerm


class AppointForm(TrackerForm):
    seat_number = forms.TypedChoiceField(label=_("Seat"), coerce=int)
    capacity = forms.ChoiceField(label=_("Sits as"), choices=SeatTerm.Capacity.choices)
    person = ReferenceField(
        label=_("Person"), rows=lambda user: Person.objects.visible_to(user).order_by("name_en", "pk")
    )
    starts_on = DayField(label=_("First day"), help_text=_("A whole day ahead at least."))
    ends_on = DayField(label=_("First day after the term"), required=False)

    def __init__(self, *args: Any, seats: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat_number"].choices = seats  # type: ignore[attr-defined]


class EndTermForm(TrackerForm):
    term = forms.TypedChoiceField(label=_("Term"), coerce=int)
    ends_on = DayField(label=_("First day after the term"))
    reason = LineField(label=_("Why the term ends"), max_length=300)

    def __init__(self, *args: Any, terms: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].choices = terms  # type: ignore[attr-defined]
