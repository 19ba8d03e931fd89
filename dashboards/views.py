"""The overview page: one calculation, shown."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core import as_at, params
from dashboards import cards, changes, figures, keeping, news, selectors, threats, wording

SHOWN_DEPARTMENTS = 8  # the rest opens on request


@login_required
@require_safe
@as_at.honoured
def overview(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({as_at.PARAMETER, changes.PARAMETER}))
    with keeping.one_look():
        return _overview(request)


def _overview(request: SignedInRequest) -> HttpResponse:
    found = selectors.overview(request.user)
    since = changes.since_day(params.one(request, changes.PARAMETER), request.user)
    told = changes.changes(since)
    threatening = threats.threats(request.user, found.outlook)
    changes.look(request.user)
    context = {
        "overview": found,
        "sentence": wording.sentence_of_the_day(found),
        "as_at": found.as_at,
        "day": figures.day_words(found.today),
        "links": cards.links(found),
        "cards": cards.cards(found),
        "chart": keeping.kept("chart", lambda: chart(found), spoken=True),
        "pipeline": cards.pipeline(found),
        "since": since,
        "changes": news.changes(told, since),
        "threats": news.threats(threatening, found.today),
        "decisions": cards.decisions(found),
        "departments": keeping.kept("departments", lambda: department_tables(found), spoken=True),
    }
    return render(request, "dashboards/overview.html", context)


def department_tables(found: selectors.Overview) -> dict[str, Any]:
    """The rows of the first departments and of the rest as they stand on the page: the same for every reader."""
    rows = cards.departments(found)
    first, rest = rows[:SHOWN_DEPARTMENTS], rows[SHOWN_DEPARTMENTS:]
    return {
        "first": _department_table(first) if first else "",
        "rest": _department_table(rest) if rest else "",
        "others": len(rest),
    }


def _department_table(rows: list[dict[str, Any]]) -> str:
    return render_to_string("dashboards/_department_table.html", {"rows": rows})


def chart(found: selectors.Overview) -> dict[str, Any] | None:
    """What `components/chart.html` asks for; None while there is nothing to draw."""
    curve = found.curve
    if curve is None:
        return None
    lines: dict[str, Any] = {"actual": curve.actual, "plan": curve.plan, "today": found.today, "last": curve.last}
    lines["band"] = [point for point in found.outlook.band if point.on <= curve.last]
    rows = figures.month_table(**lines, opens=cards.opens())
    return {
        "title": wording.curve_title(found, curve),
        "summary": wording.curve_summary(found, curve),
        "figure": figures.s_curve(**lines, targets=found.targets, opens=cards.opens()),
        "table": {"headings": wording.curve_headings(bool(lines["band"])), "rows": rows},
    }
