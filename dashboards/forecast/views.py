"""The forecast page: chance of each target, the fan, what matters most, what if, and how it is worked out."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core import as_at
from dashboards import cards, figures, selectors, wording
from dashboards.forecast import asking, tables
from dashboards.forecast import selectors as forecasting
from dashboards.forecast import wording as words


@login_required
@require_safe
@as_at.honoured
def forecast(request: SignedInRequest) -> HttpResponse:
    asked = asking.asked(request.GET, request.user)
    found = forecasting.forecast(request.user, asked.changes)
    context = {
        "forecast": found,
        "outlook": found.outlook,
        "asked": asked,
        "offered": asking.DAYS_SOONER,
        "sentence": words.sentence(found.outlook),
        "day": figures.day_words(found.outlook.today),
        "why_none": words.why_none(),
        "rests_on": words.rests_on(found.outlook),
        "lapses": words.lapses(found.outlook),
        "chart": chart(request, found),
        "targets": tables.targets(found.outlook),
        "weighty": tables.weighty(found),
        "most": tables.most(found),
        "what_if": tables.what_if(found.what_if),
        "steps": tables.steps(found.outlook),
        "reference": tables.reference(found),
        "departments": tables.departments(found),
    }
    return render(request, "dashboards/forecast.html", context)


def chart(request: SignedInRequest, found: forecasting.Forecast) -> dict[str, Any] | None:
    """The fan on the S-curve; None while there is nothing to draw."""
    targets = selectors.target_lines()
    curve = selectors.curve(request.user, targets, found.outlook.today)
    if curve is None:
        return None
    lines: dict[str, Any] = {"actual": curve.actual, "plan": curve.plan, "today": found.outlook.today}
    lines |= {"last": curve.last, "band": found.outlook.band}
    return {
        "title": words.sentence(found.outlook),
        "summary": words.rests_on(found.outlook) if found.outlook.is_given else words.why_none(),
        "figure": figures.s_curve(**lines, targets=targets, opens=cards.opens()),
        "table": {
            "headings": wording.curve_headings(bool(found.outlook.band)),
            "rows": figures.month_table(**lines, opens=cards.opens()),
        },
    }
