"""Schedules with their packs, and what stood against those that failed, in words."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Text
from reports.models import Pack, Schedule
from reports.rules import packs

REASONS: Mapping[str, Text] = {
    packs.SOURCE: _("a source is missing: no procedure is registered"),
    packs.COVERAGE: _("coverage is under the limit"),
    packs.CHART: _("the chart would be empty"),
    packs.UNANSWERED: _("no reader has an account"),
    "owner.gone": _("the owner has no account"),
    "duty.reports": _("the owner may not draft reports any more"),
}


def schedule_rows(user: User) -> "QuerySet[Schedule]":
    return Schedule.objects.visible_to(user).select_related("department", "owner").prefetch_related("readers")


def told_packs(schedule: Schedule) -> list[tuple[Pack, list[Text]]]:
    """Newest first, each with its reasons; a reason without words of its own is shown by its code."""
    rows: Any = schedule.packs.select_related("report").prefetch_related("deliveries__reader")
    return [(pack, [REASONS.get(code, code) for code in pack.reasons]) for pack in rows]
