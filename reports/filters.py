"""The filters of the list of reports, one set for page and API."""

from django.utils.translation import gettext_lazy as _
import django_filters as filters

from reports.house import FORMS
from reports.models import Report


class ReportFilter(filters.FilterSet):
    form = filters.ChoiceFilter(
        choices=[(form.key, form.title) for form in FORMS.values()], label=_("Form"), empty_label=_("Any form")
    )
    status = filters.ChoiceFilter(choices=Report.STATUSES, label=_("State"), empty_label=_("Any state"))

    class Meta:
        model = Report
        fields: list[str] = []
