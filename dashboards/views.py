"""The overview page: one calculation, shown."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core import as_at, params
from dashboards import cards, changes, figures, news, selectors, threats, wording

SHOWN_DEPARTMENTS = 8  # the rest opens on request


@login_required
@require_safe
@as_at.honoured
def overview(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({as_at.PARAMETER, changes.PARAMETER}))
    found = selectors.overview(request.user)
    departments = cards.departments(found)
    since = changes.since_day(params.one(request, changes.PARAMETER), request.user)
    told = changes.changes(request.user, since)
    threatening = threats.threats(request.user, found.outlook)
    changes.look(request.user)
    context = {
        "overview": found,
        "sentence": wording.sentence_of_the_day(found),
        "as_at": found.as_at,
        "day": figures.day_words(found.today),
        "links": cards.links(found),
        "cards": cards.cards(found),
        "chart": chart(found),
        "pipeline": cards.pipeline(found),
        "since": since,
        "changes": news.changes(told),
        "threats": news.threats(threatening, found.today),
        "decisions": cards.decisions(found),
        "departments": {"first": departments[:SHOWN_DEPARTMENTS], "rest": departments[SHOWN_DEPARTMENTS:]},
    }
    return render(request, "dashboards/overview.html", context)


def chart(found: selectors.Overview) -> dict[str, Any] | None:
    """What `components/chart.html` asks for; None while there is nothing to draw."""
    curve = found.curve
    if curve is None:
        return None
    lines: dict[str, Any] = {"actual": curve.actual, "plan": curve.plan, "today": found.today, "last": curve.last}
    procedures = reverse("projects:procedure-list")
    lines["band"] = [point for point in found.outlook.band if point.on <= curve.last]
    rows = figures.month_table(**lines, link=lambda day: f"{procedures}?state=in_use&as_at={day}")
    return {
        "title": wording.curve_title(found, curve),
        "summary": wording.curve_summary(found, curve),
        "figure": figures.s_curve(**lines, targets=found.targets),
        "table": {"headings": wording.curve_headings(bool(lines["band"])), "rows": rows},
    }
