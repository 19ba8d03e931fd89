"""The boards as pages: read the address, ask one selector, show."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_filters import FilterSet

from accounts.requests import SignedInRequest
from core import as_at, listing, params
from core.errors import InvalidInput
from core.pages import page_or_partial, paginate
from dashboards.boards import (
    comparison,
    decisions,
    department_words,
    kpis,
    money,
    money_words,
    scorecard,
    waiting_words,
)
from dashboards.boards.decisions import DecisionFilter
from dashboards.boards.fairness import Size
from dashboards.boards.kpis import KpiBoardFilter
from kpis.selectors import kpi_rows
from projects.views.departments import find

YEARS = (1990, 2098)


@login_required
@require_safe
@as_at.honoured
def department_board(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({"size", as_at.PARAMETER}))
    size = asked_size(request.GET)
    found = comparison.comparison(request.user, size)
    groups = [
        {"size": one, "words": words, "rows": [_compared(row) for row in found.of_size(one)]}
        for one, words in department_words.SIZES.items()
        if not size or one == size
    ]
    sizes = [(one.value, words) for one, words in department_words.SIZES.items()]
    return page_or_partial(
        request, page="dashboards/department_board.html", found=found, groups=groups, size=size, sizes=sizes
    )


def _compared(row: comparison.Compared) -> dict[str, Any]:
    procedures, of = reverse("projects:procedure-list"), {"department": row.department.safe_code, "own": "yes"}
    return {
        "row": row,
        "rate": department_words.rate_words(row.on_time),
        "caveats": department_words.caveat_words(row),
        "scorecard": as_at.address(reverse("dashboards:scorecard", args=[row.department.safe_code])),
        "registered": as_at.address(procedures, **of),
        "in_use": as_at.address(procedures, state="in_use", **of),
    }


def asked_size(query: QueryDict | Any) -> str:
    """The size of department asked for; nothing means every size."""
    asked = query.get("size", "")
    if asked and asked not in set(Size):
        message = _("Choose one of the entries offered.")
        raise InvalidInput("param.format", message, fields={"size": [message]})
    return str(asked)


@login_required
@require_safe
@as_at.honoured
def department_scorecard(request: SignedInRequest, safe_code: str) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({as_at.PARAMETER}))
    found = scorecard.scorecard(request.user, find(request, safe_code))
    return page_or_partial(
        request,
        page="dashboards/scorecard.html",
        found=found,
        cards=department_words.scorecard_cards(found),
        colours=department_words.kpi_rows(found),
        chart=department_words.trend_chart(found),
    )


@login_required
@require_safe
@as_at.honoured
def money_board(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({"year", as_at.PARAMETER}))
    found = money.board(request.user, asked_year(request.GET))
    return page_or_partial(
        request,
        page="dashboards/money_board.html",
        found=found,
        cards=money_words.money_cards(found),
        chart=money_words.money_chart(found),
        flows=money_words.flow_rows(found),
        waiting=money_words.waiting_rows(found),
    )


def asked_year(query: QueryDict | Any) -> int | None:
    """The financial year asked for, by the year it starts in; None for the present one."""
    written = query.get("year", "")
    if not written:
        return None
    year = params.whole(written, "year", most=YEARS[1])
    if year < YEARS[0]:
        raise InvalidInput("param.format", _("Choose one of the entries offered."), fields={"year": []})
    return year


@login_required
@require_safe
@as_at.honoured
def kpi_board(request: SignedInRequest) -> HttpResponse:
    rows, form = _filtered(request, KpiBoardFilter, kpi_rows(request.user))
    chosen = form.cleaned_data
    found = kpis.board(rows, rag=chosen["rag"], freshness=chosen["freshness"])
    page = paginate(request, cast("Any", found.shown))
    address = _adding(request)
    return page_or_partial(
        request,
        page="dashboards/kpi_board.html",
        found=found,
        filter_form=form,
        cards=waiting_words.kpi_cards(found, address),
        states=waiting_words.freshness_rows(found, address),
        page_of=page,
        lines=kpis.lines_of(page),
    )


@login_required
@require_safe
@as_at.honoured
def decision_board(request: SignedInRequest) -> HttpResponse:
    rows, form = _filtered(request, DecisionFilter, decisions.rows(request.user))
    found = decisions.board(request.user, rows)
    page = paginate(request, found.requests)
    address = _adding(request)
    return page_or_partial(
        request,
        page="dashboards/decision_board.html",
        found=found,
        filter_form=form,
        cards=waiting_words.decision_cards(found, address),
        chart=waiting_words.decision_chart(found, address),
        groups=waiting_words.decision_groups(found, address),
        page_of=page,
        clocks=decisions.waiting(list(page)),
    )


def _filtered(request: HttpRequest, filterset: type[FilterSet], rows: Any) -> tuple[Any, Any]:
    """As of every list, but in an order that the board alone decides."""
    if "ordering" in request.GET:
        raise InvalidInput("param.unknown", _("This list cannot be ordered by that."), fields={"ordering": []})
    return listing.filtered(request, filterset, rows)


def _adding(request: HttpRequest) -> Callable[..., str]:
    """This page under its present filters and one more; on its first page."""

    def address(**more: str) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        for name, value in more.items():
            query[name] = value
        return f"{request.path}?{query.urlencode()}" if query else request.path

    return address
