"""The filters of a person's own lists, one set for page and API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
import django_filters as filters

from work import notices

UNREAD, READ = "unread", "read"


class NoticeFilter(filters.FilterSet):
    """Unread or read, and of one kind."""

    state = filters.ChoiceFilter(
        choices=[(UNREAD, _("unread")), (READ, _("read"))],
        method="in_state",
        label=_("Read"),
        empty_label=_("All notices"),
    )
    kind = filters.ChoiceFilter(choices=notices.names, label=_("Kind"), empty_label=_("Any kind"))

    def in_state(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return rows.filter(read_at__isnull=value == UNREAD)
