"""The overview's numbers with their words, their as-at day, their coverage and the list each one opens."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import as_at
from dashboards.figures import Opens, day_words, value_on
from dashboards.selectors import Overview
from funding.financial_years import financial_year_words
from kpis.rules.rag import Rag
from projects.models import Stage


def links(found: Overview) -> dict[str, str]:
    """Where each figure's records are listed: the same rows, by the same filters."""
    procedures, requests = reverse("projects:procedure-list"), reverse("funding:request-list")
    return {
        "forecast": as_at.address(reverse("dashboards:forecast")),
        "in_use": as_at.address(procedures, state="in_use"),
        "verified": as_at.address(procedures, state="verified"),
        "claimed": as_at.address(procedures, state="claimed"),
        "decisions": as_at.address(requests, awaiting="decision"),
        "money": as_at.address(reverse("dashboards:money-board"), year=str(found.money.financial_year)),
        "red": as_at.address(reverse("dashboards:kpi-board"), rag=Rag.RED.value),
        "stale": as_at.address(reverse("dashboards:kpi-board"), rag=Rag.STALE.value),
        "committed": as_at.address(requests, committed_in=str(found.money.financial_year)),
    }


def opens(**of: str) -> Opens:
    """Where a point of the curve leads: the procedures in use on its day as known then, those planned by it, or, where
    nothing has happened yet, how the forecast is worked out. `of` narrows the lists, as to one department.
    """
    procedures, forecast = reverse("projects:procedure-list"), reverse("dashboards:forecast")

    def address(what: str, day: date) -> str:
        if what == "plan":
            return as_at.address(procedures, change="planned", day=day.isoformat(), **of)
        if what != "in_use":
            return as_at.address(forecast)
        if day == as_at.day():
            return as_at.address(procedures, state="in_use", **of)
        return f"{procedures}?{urlencode({'state': 'in_use', **of, as_at.PARAMETER: day.isoformat()})}"

    return address


def cards(found: Overview) -> list[dict[str, Any]]:
    """In use first, because that is what is compared with the targets; then what contains it, money, decisions."""
    opens, standing = links(found), found.standing
    shown = [
        {
            "label": _("In use"),
            "figure": intcomma(standing.in_use),
            "href": opens["in_use"],
            "tone": _tone(found),
            "coverage": _("of %(total)s verified") % {"total": intcomma(standing.verified)},
        },
        {
            "label": _("Verified"),
            "figure": intcomma(standing.verified),
            "href": opens["verified"],
            "coverage": _("of %(total)s claimed") % {"total": intcomma(standing.claimed)},
        },
        {
            "label": _("Claimed"),
            "figure": intcomma(standing.claimed),
            "href": opens["claimed"],
            "coverage": _("of %(total)s registered") % {"total": intcomma(standing.registered)},
        },
        {
            "label": _("Decisions waiting"),
            "figure": intcomma(found.decisions_waiting),
            "href": opens["decisions"],
            "coverage": _("requests you can see"),
        },
        _money(found, opens["committed"]) | {"is_wide": True},
        _spent(found, opens["money"]) | {"is_wide": True},
        *_kpis(found, opens),
    ]
    return [card | {"as_at": day_words(found.today)} for card in shown]


def _money(found: Overview, href: str) -> dict[str, Any]:
    """Committed against the year's envelopes; without an envelope there is nothing to commit against: no figure."""
    money = found.money
    year = financial_year_words(money.financial_year)
    label = _("Committed in %(year)s") % {"year": year}
    if money.envelope is None:
        return {"label": label, "figure": None, "reason": _("No envelope for %(year)s yet.") % {"year": year}}
    return {
        "label": label,
        "figure": amount_words(money.committed),
        "unit": "HK$",
        "href": href,
        "coverage": _("of HK$%(total)s voted") % {"total": amount_words(money.envelope)},
    }


def _spent(found: Overview, href: str) -> dict[str, Any]:
    """Paid from this year's envelopes, of what was committed."""
    money = found.money
    year = financial_year_words(money.financial_year)
    label = _("Spent in %(year)s") % {"year": year}
    if money.envelope is None:
        return {"label": label, "figure": None, "reason": _("No envelope for %(year)s yet.") % {"year": year}}
    return {
        "label": label,
        "figure": amount_words(money.spent),
        "unit": "HK$",
        "href": href,
        "coverage": _("of HK$%(total)s committed") % {"total": amount_words(money.committed)},
    }


def _kpis(found: Overview, opens: dict[str, str]) -> list[dict[str, Any]]:
    """KPIs off target, and those whose last reading is too old to say: each counts KPIs and opens these KPIs."""
    shown = (("red", _("KPIs off target"), Rag.RED), ("stale", _("KPIs with stale readings"), Rag.STALE))
    coverage = ngettext("of %(total)s KPI", "of %(total)s KPIs", found.kpis.total) % {"total": found.kpis.total}
    return [
        {"label": label, "figure": intcomma(found.kpis.by_rag[rag]), "href": opens[name], "coverage": coverage}
        for name, label, rag in shown
    ]


def _tone(found: Overview) -> str:
    """Green on or ahead of today's plan, amber behind it; none without a plan."""
    if found.curve is None or not value_on(found.curve.plan, found.today):
        return ""
    return "good" if found.standing.in_use >= value_on(found.curve.plan, found.today) else "warning"


def pipeline(found: Overview) -> list[dict[str, Any]]:
    """A bar per stage: its words, the longest bar's count, and the list it opens."""
    longest = max((row.count for row in found.pipeline), default=0) or 1
    projects = reverse("projects:project-list")
    return [
        {
            "label": Stage(row.stage).label,
            "count": row.count,
            "longest": longest,
            "href": as_at.address(projects, stage=row.stage or "not_stated"),
        }
        for row in found.pipeline
    ]


def decisions(found: Overview) -> list[dict[str, Any]]:
    """What has waited longest, with whom it lies and for how many days."""
    return [
        {
            "reference": request.reference,
            "title": request.in_language("title"),
            "department": request.department,
            "amount": amount_words(request.own_amount),
            "status": request.get_status_display(),
            "days": max(0, (found.as_at - request.holder_since).days),
        }
        for request in found.decisions
    ]


def departments(found: Overview) -> list[dict[str, Any]]:
    procedures = reverse("projects:procedure-list")
    return [
        {
            "department": row.department,
            "standing": row.standing,
            "href": as_at.address(procedures, department=row.department.safe_code, own="yes"),
        }
        for row in found.departments
    ]


def amount_words(amount: Any) -> str:
    """With thousands separators; cents only where there are any."""
    return f"{amount:,.2f}".removesuffix(".00")
