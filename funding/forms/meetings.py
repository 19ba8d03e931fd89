"""One small form for each act on a meeting and on the open paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import LineField, MoneyField, ParagraphField, TrackerForm
from funding.forms.acts import hong_kong, lines_of
from funding.models import Attendance
from funding.selectors.meetings import HeldSeat

Choices = Sequence[tuple[Any, str]]


class MeetingForm(TrackerForm):
    """When, how long and where."""

    starts_at = forms.DateTimeField(
        label=_("Begins, Hong Kong time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    minutes = forms.IntegerField(label=_("Minutes in all"), min_value=5, max_value=720, initial=120)
    place_en = LineField(label=_("Place in English"), max_length=200)
    place_zh_hant = LineField(label=_("Place in Chinese"), max_length=200, required=False)

    def clean_starts_at(self) -> datetime | None:
        return hong_kong(self.cleaned_data["starts_at"])


class AddItemForm(TrackerForm):
    """A request that waits for the body, the time it gets, and the motion."""

    request = forms.TypedChoiceField(label=_("Request"), coerce=int)
    minutes = forms.IntegerField(label=_("Minutes for the item"), min_value=1, max_value=480, initial=20)
    amount = MoneyField(
        label=_("Amount of the motion (HK$)"), required=False, help_text=_("Left empty: the amount asked.")
    )
    conditions = ParagraphField(
        label=_("Conditions"), max_length=4_000, required=False, help_text=_("One condition a line.")
    )

    def __init__(self, *args: Any, requests: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request"].choices = requests  # type: ignore[attr-defined] # of the field above

    def clean_conditions(self) -> list[str]:
        return lines_of(self.cleaned_data["conditions"])


class ItemForm(TrackerForm):
    """Which item is meant."""

    number = forms.TypedChoiceField(label=_("Item"), coerce=int)

    def __init__(self, *args: Any, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = items  # type: ignore[attr-defined] # of the field above


class ArrangeItemForm(ItemForm):
    to = forms.IntegerField(label=_("New place"), min_value=1, max_value=1_000)
    minutes = forms.IntegerField(label=_("Minutes for the item"), min_value=1, max_value=480)


class NoteItemForm(ItemForm):
    note = ParagraphField(label=_("What was said"), max_length=20_000)


class MeetingActForm(TrackerForm):
    """Nothing to fill in."""


class CancelMeetingForm(TrackerForm):
    reason = LineField(label=_("Why it is cancelled"), max_length=500)


class AttendanceForm(TrackerForm):
    """One answer for each held seat, and who presides where the chair is not there."""

    def __init__(self, *args: Any, seats: Sequence[HeldSeat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alternate = Attendance.State.ALTERNATE
        for row in seats:
            self.fields[f"seat_{row.seat.number}"] = forms.ChoiceField(
                label=f"{row.seat.number}. {row.holder}",
                choices=[
                    (state.value, _alternate(row) if state == alternate else state.label)
                    for state in Attendance.State
                    if row.alternate or state != alternate
                ],
                initial=row.state,
            )
        self.fields["presiding_seat"] = forms.TypedChoiceField(
            label=_("Presides where the chair is not there"),
            choices=[("", _("the lowest seat present")), *((row.seat.number, row.holder) for row in seats)],
            coerce=int,
            required=False,
            empty_value=None,
        )

    def told(self) -> dict[int, str]:
        """What was said of each seat, by its number."""
        return {
            int(name.removeprefix("seat_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("seat_")
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["seats"] = self.told()
        return cleaned


class AskForm(TrackerForm):
    text = ParagraphField(label=pgettext_lazy("on the open paper", "Your question"), max_length=5_000)


class AnswerOnPaperForm(ItemForm):
    text = ParagraphField(label=_("Your answer"), max_length=10_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].label = _("Question")


def _alternate(row: HeldSeat) -> str:
    return f"{Attendance.State.ALTERNATE.label}: {row.alternate}"
