"""The tables of the forecast page: figures put into words, row by row."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import as_at
from dashboards.figures import day_words
from dashboards.forecast import wording
from dashboards.forecast.selectors import BEYOND, Forecast, Outlook, WhatIf

Row = dict[str, Any]


def targets(found: Outlook) -> list[Row]:
    if not found.targets:
        return []
    horizon = found.targets[-1].goal.due_on + BEYOND
    middle = {point.on: point for point in found.band}
    return [
        {
            "value": target.goal.value,
            "day": day_words(target.goal.due_on),
            "chance": wording.percent(target.chance),
            "middle": middle[target.goal.due_on].middle,
            "low": middle[target.goal.due_on].low,
            "high": middle[target.goal.due_on].high,
            "half": wording.likely(target.half_likely_on, horizon),
            "likely": wording.likely(target.likely_on, horizon),
            "starts": wording.starts(target),
        }
        for target in found.targets
    ]


def weighty(found: Forecast) -> list[Row]:
    """For each target its procedures, the one whose slip costs most first; none that no slip could make late."""
    return [
        {
            "value": goal.value,
            "day": day_words(goal.due_on),
            "procedures": [
                {
                    "procedure": one.procedure,
                    "href": as_at.address(reverse("projects:procedure-detail", args=[one.procedure.reference])),
                    "phase": wording.PHASES[one.phase],
                    "lost": wording.points(one.influence.lost),
                    "missed": wording.percent(one.influence.missed),
                }
                for one in each
                if one.influence.missed > 0
            ],
            "is_decided": not any(one.influence.lost > 0 for one in each),
        }
        for goal, each in found.weighty
    ]


def most(found: Forecast) -> str:
    """References of those that matter most for the next target, as the form takes them."""
    return ", ".join(one.procedure.reference for one in found.weighty[0][1]) if found.weighty else ""


def what_if(found: WhatIf | None) -> list[Row]:
    if found is None:
        return []
    told = zip(found.before, found.after, found.middle_before, found.middle_after, strict=True)
    return [
        {
            "value": before.goal.value,
            "day": day_words(before.goal.due_on),
            "before": wording.percent(before.chance),
            "after": wording.percent(after.chance),
            "middle_before": middle_before,
            "middle_after": middle_after,
        }
        for before, after, middle_before, middle_after in told
    ]


def steps(found: Outlook) -> Row:
    headings = (
        _("Step"),
        _("Times taken here"),
        _("Years spent before it"),
        _("Takes on average, as learned"),
        _("By reference rates"),
    )
    return _table(
        headings,
        (
            (
                wording.STEPS[row.step],
                row.moves,
                f"{row.days / 365.25:,.1f}",
                _learned(wording.span(row.learned_days), row.uses_reference),
                wording.span(row.reference_days) if row.reference_days else None,
            )
            for row in found.steps
        ),
    )


def reference(found: Forecast) -> Row | None:
    """The shipped table, a row for each state; its rates as shares of a year. None without one."""
    headings = (
        _("Stood in 2023 at"),
        "n",
        _("Stayed"),
        _("Moved on"),
        _("In use"),
        _("Retired"),
        _("Moves on, a year"),
        _("Retires, a year"),
    )
    rows = [
        (
            wording.STATES[row.state],
            row.number,
            row.stayed,
            row.moved,
            row.in_use,
            row.retired,
            f"{row.forward:.2f}" if row.forward else None,
            f"{row.exits:.2f}",
        )
        for row in found.reference
    ]
    return _table(headings, rows) if rows else None


def departments(found: Forecast) -> Row | None:
    headings = (_("Department"), _("Steps taken"), _("Steps at average speed"), _("Speed used"))
    rows = [(row.department, row.moves, f"{row.expected:.1f}", f"{row.factor:.2f}") for row in found.shrunk]
    return _table(headings, rows) if rows else None


def _learned(span: str, uses_reference: bool) -> str:
    if not uses_reference:
        return span
    return format_html('{} <span class="figure-note">{}</span>', span, _("leans on the reference"))


def _table(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Row:
    """What `dashboards/_numbers.html` shows: each cell goes with its heading, which a telephone shows beside it."""
    return {"headings": headings, "rows": [list(zip(headings, row, strict=True)) for row in rows]}
