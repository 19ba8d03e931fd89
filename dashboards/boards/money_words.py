"""The money board's figures with their words, coverage and the records each one opens."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import as_at
from core.errors import Text
from dashboards.boards import drawings, money
from dashboards.boards.money import MoneyBoard, Result
from dashboards.cards import amount_words
from dashboards.figures import day_words
from funding.financial_years import financial_year_words
from funding.selectors import envelopes
from projects.records.figures import as_text

Card = dict[str, Any]
SHOWN_DEPARTMENTS = 8  # in the drawing of the money; the table has them all

RESULTS: dict[Result, Text] = {
    Result.IN_USE: gettext_lazy("procedure in use"),
    Result.CLAIMED: gettext_lazy("claimed, not in use"),
    Result.NOTHING_YET: gettext_lazy("nothing claimed yet"),
}


def money_cards(found: MoneyBoard) -> list[Card]:
    """Voted, committed, spent and left of the year; every sum is of rows that its page shows."""
    index = as_at.address(reverse("funding:money-index"))
    requests = as_at.address(reverse("funding:request-list"), committed_in=str(found.financial_year))
    words = financial_year_words(found.financial_year)
    year = found.year
    if year is None:
        return [{"label": _("Voted"), "figure": None, "reason": _("No envelope for %(year)s yet.") % {"year": words}}]
    of_voted = _("of HK$%(total)s voted") % {"total": amount_words(year.allocated)}
    of_committed = _("of HK$%(total)s committed") % {"total": amount_words(year.committed)}
    count = len(year.envelopes)
    envelopes = ngettext("in %(count)s envelope", "in %(count)s envelopes", count) % {"count": count}
    shown = [
        (_("Voted"), year.allocated, index, envelopes),
        (_("Committed"), year.committed, requests, of_voted),
        (_("Spent"), year.spent, index, of_committed),
        (_("Left to commit"), year.left, index, of_voted),
    ]
    return [
        {
            "label": label,
            "figure": amount_words(amount),
            "unit": "HK$",
            "href": href,
            "coverage": coverage,
            "as_at": day_words(found.today),
            "is_wide": True,
        }
        for label, amount, href, coverage in shown
    ]


def money_chart(found: MoneyBoard) -> dict[str, Any] | None:
    """From envelope to department to result; the finding is how much has led to a procedure in use."""
    total = sum(float(flow.amount) for flow in found.flows if flow.amount > 0)
    if not total:
        return None
    in_use = sum(float(flow.amount) for flow in found.flows if flow.result is Result.IN_USE and flow.amount > 0)
    flows = money.summed(found.flows, most=SHOWN_DEPARTMENTS)
    names = envelopes.names()
    streams = [
        drawings.Stream(
            (
                as_text(names[flow.envelope]),
                as_text(flow.department) or _("other departments"),
                str(RESULTS[flow.result]),
            ),
            float(flow.amount),
            flow.result,
        )
        for flow in flows
    ]
    return {
        "title": _("%(share)s of the money committed is for projects with a procedure in use")
        % {"share": f"{in_use / total:.0%}"},
        "summary": _("HK$%(amount)s, from envelope to department to what its project has come to.")
        % {"amount": amount_words(sum(flow.amount for flow in found.flows))},
        "figure": drawings.ribbons(streams, words=millions),
        "table": {
            "headings": [_("Envelope"), _("Department"), _("What its project has come to"), _("Committed (HK$)")],
            "rows": [
                [names[flow.envelope], flow.department, str(RESULTS[flow.result]), amount_words(flow.amount)]
                for flow in found.flows
            ],
        },
    }


def millions(amount: float) -> str:
    """HK$12.5m: short enough for a drawing; the table has every cent."""
    return _("HK$%(amount)sm") % {"amount": f"{amount / 1_000_000:,.1f}"}


def flow_rows(found: MoneyBoard) -> list[dict[str, Any]]:
    """Each flow with the requests it is the money of."""
    requests = reverse("funding:request-list")
    names = envelopes.names()
    return [
        {
            "flow": flow,
            "envelope": names[flow.envelope],
            "result": RESULTS[flow.result],
            "href": as_at.address(requests, committed_in=str(found.financial_year), department=flow.safe_code),
        }
        for flow in found.flows
    ]


def waiting_rows(found: MoneyBoard) -> list[dict[str, Any]]:
    requests = reverse("funding:request-list")
    return [
        {"row": row, "href": as_at.address(requests, awaiting="decision", tier=row.tier.value)} for row in found.waiting
    ]
