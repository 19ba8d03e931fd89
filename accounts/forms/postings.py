"""Where people are posted, and who heads a department."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person
from core.forms import DayField, LineField, ReferenceField, TrackerForm


class PostingForm(TrackerForm):
    department = ReferenceField(label=_("Department"), rows=Department.objects.visible_to)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("First day no longer posted there"), required=False)


class EndPostingForm(TrackerForm):
    last_day = DayField(label=_("Last day"))
    reason = LineField(label=_("Reason"), max_length=300)


class HeadForm(TrackerForm):
    department = ReferenceField(label=_("Department"), rows=Department.objects.visible_to)
    person = ReferenceField(label=_("New head"), rows=Person.objects.visible_to)
    starts_on = DayField(label=_("First day as head"))
    is_acting = forms.BooleanField(label=_("Acting head, until a stated day"), required=False)
    ends_on = DayField(
        label=_("First day no longer head"),
        required=False,
        help_text=_("Needed for an acting head; the substantive head is back on that day."),
    )
    former_stays = forms.BooleanField(
        label=_("The present head stays in the department as staff"), required=False, initial=True
    )
    reason = LineField(label=_("Reason"), max_length=300)
