"""The department boards' figures with their words, coverage and the records each one opens."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import as_at
from core.errors import Text
from dashboards import cards, figures
from dashboards.boards.comparison import Compared
from dashboards.boards.fairness import Caveat, Rate, Size
from dashboards.boards.scorecard import Scorecard
from dashboards.figures import day_words
from kpis import judgement_wording
from kpis.rules.rag import Rag

Card = dict[str, Any]

SIZES: dict[Size, Text] = {
    Size.LARGE: gettext_lazy("Ten or more registered procedures"),
    Size.MEDIUM: gettext_lazy("Five to nine registered procedures"),
    Size.SMALL: gettext_lazy("Fewer than five registered procedures"),
}
CAVEATS: dict[Caveat, Text] = {
    Caveat.NONE_DUE: gettext_lazy("No procedure was due by now: nothing to compare."),
    Caveat.FEW_DUE: gettext_lazy("Fewer than five were due: one more or less moves the rate by over 20 points."),
    Caveat.EARLY: gettext_lazy("Most of its projects have not reached a pilot: little can be in use yet."),
    Caveat.NO_SHARE: gettext_lazy("No share of the target is set."),
}


def rate_words(rate: Rate | None) -> str:
    """ "6 of 8 (75%); likely between 41% and 93%" """
    if rate is None:
        return ""
    return _("%(part)s of %(whole)s (%(share)s); likely between %(low)s and %(high)s") % {
        "part": rate.part,
        "whole": rate.whole,
        "share": f"{rate.share:.0%}",
        "low": f"{rate.low:.0%}",
        "high": f"{rate.high:.0%}",
    }


def caveat_words(row: Compared) -> list[Text]:
    return [CAVEATS[caveat] for caveat in row.caveats]


def scorecard_title(found: Scorecard) -> str:
    """The finding: how far the department is from its next share, without a judgement."""
    if found.share is None:
        said = ngettext("%(count)s procedure in use", "%(count)s procedures in use", found.in_use)
        return said % {"count": found.in_use}
    return _("%(count)s in use of the %(share)s due by %(day)s") % {
        "count": found.in_use,
        "share": found.share.value,
        "day": day_words(found.share.due_on),
    }


def scorecard_cards(found: Scorecard) -> list[Card]:
    """Done, late, over budget: each opens a list, or the part of the page that names what it counts."""
    procedures = reverse("projects:procedure-list")
    of = {"department": found.department.safe_code, "own": "yes"}
    shown = [
        {
            "label": _("In use"),
            "figure": intcomma(found.in_use),
            "href": as_at.address(procedures, state="in_use", **of),
            "detail": _share_words(found),
            "coverage": _("of %(total)s verified") % {"total": intcomma(found.verified)},
        },
        {
            "label": _("Claimed"),
            "figure": intcomma(found.claimed),
            "href": as_at.address(procedures, state="claimed", **of),
            "coverage": _("of %(total)s registered") % {"total": intcomma(found.registered)},
        },
        {
            "label": _("Late procedures"),
            "figure": intcomma(len(found.late)),
            "href": "#late",
            "tone": "warning" if found.late else "",
            "coverage": _("of %(total)s due by plan") % {"total": intcomma(found.due)},
        },
        {
            "label": _("Late milestones"),
            "figure": intcomma(len(found.late_milestones)),
            "href": "#late-milestones",
            "tone": "warning" if found.late_milestones else "",
            "coverage": _("of %(total)s open") % {"total": intcomma(found.open_milestones)},
        },
        {
            "label": _("Over budget"),
            "figure": intcomma(len(found.over_budget)),
            "href": "#over-budget",
            "tone": "warning" if found.over_budget else "",
            "coverage": _("of %(total)s with approved money that you can see") % {"total": intcomma(found.with_money)},
        },
        _kpi_card(found),
    ]
    return [card | {"as_at": day_words(found.today)} for card in shown]


def _share_words(found: Scorecard) -> str:
    if found.share is None:
        return _("no share of the target is set")
    words = {"share": found.share.value, "day": day_words(found.share.due_on)}
    return _("share: %(share)s by %(day)s") % words


def _kpi_card(found: Scorecard) -> Card:
    label = _("KPIs behind")
    total = sum(found.kpis.values())
    behind = found.kpis[Rag.RED] + found.kpis[Rag.AMBER]
    stale = found.kpis[Rag.STALE]
    return {
        "label": label,
        "figure": intcomma(behind) if total else None,
        "reason": _("No KPI is measured yet."),
        "href": "#kpis",
        "tone": "warning" if behind else "",
        "coverage": _("of %(total)s; %(stale)s stale") % {"total": intcomma(total), "stale": intcomma(stale)},
    }


def kpi_rows(found: Scorecard) -> list[Card]:
    """How many KPIs stand at each colour, each opening those KPIs."""
    board = reverse("dashboards:kpi-board")
    return [
        {
            "label": judgement_wording.RAG[colour],
            "tone": judgement_wording.RAG_TONES[colour],
            "count": found.kpis[colour.value],
            "href": as_at.address(board, department=found.department.code, rag=colour.value),
        }
        for colour in Rag
    ]


def trend_chart(found: Scorecard) -> dict[str, Any] | None:
    trend = found.trend
    if trend is None:
        return None
    lines: dict[str, Any] = {"actual": trend.actual, "plan": trend.plan, "today": found.today, "last": trend.last}
    planned = figures.value_on(trend.plan, found.today)
    opens = cards.opens(department=found.department.safe_code, own="yes")
    return {
        "title": scorecard_title(found),
        "summary": _("%(in_use)s in use today; the plan said %(planned)s.")
        % {"in_use": found.in_use, "planned": planned},
        "figure": figures.s_curve(**lines, targets=trend.shares, opens=opens),
        "table": {
            "headings": [_("At the end of"), _("Plan"), _("In use")],
            "rows": figures.month_table(**lines, opens=opens),
        },
    }
