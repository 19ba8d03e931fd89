"""Roles, a person's leaving, and sharing one record."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Held
from accounts.models import Person
from accounts.roles import DECIDING, LABELS, Role
from core.forms import DayField, LineField, ReferenceField, TrackerForm

VACANT = "vacant"


class RoleForm(TrackerForm):
    role = forms.ChoiceField(label=_("Role"))
    last_day = DayField(
        label=_("Last day"), required=False, help_text=_("Leave empty for a role without a stated end.")
    )
    reason = LineField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waits = _("%(role)s (second administrator, 24 hours)")
        self.fields["role"].choices = [  # type: ignore[attr-defined] # a choice field
            (role.value, waits % {"role": LABELS[role]} if role in DECIDING else LABELS[role]) for role in Role
        ]


class EndRoleForm(TrackerForm):
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Leave empty to end it now."))
    reason = LineField(label=_("Reason"), max_length=300)


class ShareForm(TrackerForm):
    person = ReferenceField(label=_("Person"), rows=Person.objects.visible_to)
    last_day = DayField(label=_("Last day"), help_text=_("At most 12 months ahead; the grant ends with that day."))
    reason = LineField(label=_("Reason"), max_length=300)


class LeavingDayForm(TrackerForm):
    """Chooses the day in the address, before anything is named."""

    last_day = DayField(label=_("Last day of service"))


class LeavingForm(TrackerForm):
    """One choice for each thing held; the day was chosen before and travels with the form."""

    last_day = DayField(widget=forms.HiddenInput)
    reason = LineField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, person: Person, after: date, held: Sequence[Held], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {f"to_{index}": one for index, one in enumerate(held)}
        for name, one in self.held.items():
            choices: list[tuple[str, Any]] = [("", _("Choose"))]
            if one.kind.may_be_vacant:
                choices.append((VACANT, _("Leave vacant")))
            people = one.candidates(but=person, on=after)
            choices += [(str(candidate.pk), str(candidate)) for candidate in people]
            label = _("%(kind)s: %(title)s") % {"kind": one.kind.label, "title": one.holding.title}
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, error_messages={"required": _CHOOSE})
        self.order_fields(["form_token", "last_day", *self.held, "reason"])

    def holders(self) -> dict[str, Person | None]:
        """By the holdings' own names, as the service takes them."""
        chosen = {one.name: self.cleaned_data[name] for name, one in self.held.items()}
        people = Person.objects.in_bulk([int(key) for key in chosen.values() if key != VACANT])
        return {name: None if key == VACANT else people[int(key)] for name, key in chosen.items()}

    def refuse_by_holding(self, fields: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """A refusal's fields under the names this form gave them."""
        names = {one.name: name for name, one in self.held.items()}
        return {names.get(field, field): messages for field, messages in fields.items()}


_CHOOSE = _("Name who takes this over.")
