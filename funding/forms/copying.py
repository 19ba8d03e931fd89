"""For which project an earlier request is copied."""

from django.utils.translation import gettext_lazy as _

from core.forms import ReferenceField, TrackerForm
from funding.forms.request import projects_to_ask_for


class CopyForm(TrackerForm):
    project = ReferenceField(
        rows=projects_to_ask_for,
        label=_("Project"),
        to_field_name="reference",
        help_text=_("Money is asked for one registered project of your department."),
    )
