"""The overview's lists of changes and threats with their words, numbers and links."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import as_at
from dashboards.changes import Change, Kind
from dashboards.figures import day_words
from dashboards.forecast.wording import percent, points
from dashboards.rules.outlook import Influence
from dashboards.threats import SOON, Threats
from funding.models import FundingRequest
from kpis.rules.rag import Rag
from projects.models import Procedure, Project

Item = dict[str, Any]


def changes(found: list[Change], since: date) -> list[Item]:
    """Each kind in a sentence that opens all of its records, and the newest of them as links."""
    return [
        {
            "words": _words(change.kind, change.count),
            "href": _all(change.kind, since.isoformat()),
            "records": [_record(one) for one in change.newest],
        }
        for change in found
    ]


def _all(kind: Kind, day: str) -> str:
    """The list that holds exactly the records of one kind of change."""
    if kind is Kind.DECIDED:
        return as_at.address(reverse("funding:request-list"), published_since=day)
    if kind is Kind.REGISTERED:
        return as_at.address(reverse("projects:project-list"), registered_since=day)
    return as_at.address(reverse("projects:procedure-list"), change=kind.value, day=day)


def _words(kind: Kind, count: int) -> str:
    said = {
        Kind.VERIFIED: ngettext("%(count)s procedure verified", "%(count)s procedures verified", count),
        Kind.CLAIMED: ngettext("%(count)s procedure claimed", "%(count)s procedures claimed", count),
        Kind.LAPSED: ngettext("%(count)s procedure lapsed", "%(count)s procedures lapsed", count),
        Kind.DECIDED: ngettext("%(count)s decision published", "%(count)s decisions published", count),
        Kind.REGISTERED: ngettext("%(count)s project registered", "%(count)s projects registered", count),
    }
    return said[kind] % {"count": count}


def _record(thing: Procedure | Project | FundingRequest) -> Item:
    if isinstance(thing, FundingRequest):
        return {
            "label": f"{thing.reference} {thing.in_language('title')}",
            "href": _to("funding:request-detail", thing.reference),
        }
    name = "projects:procedure-detail" if isinstance(thing, Procedure) else "projects:project-detail"
    return {"label": str(thing), "href": _to(name, thing.reference)}


def _to(name: str, reference: str) -> str:
    return as_at.address(reverse(name, args=[reference]))


def _cost(one: Influence) -> str:
    if one.lost < 0.01:
        return _("two months later it is too late in %(share)s of the futures") % {"share": percent(one.missed)}
    return _("two months later costs %(points)s; then too late in %(share)s of the futures") % {
        "points": points(one.lost),
        "share": percent(one.missed),
    }


def _off_target(found: Threats) -> Item:
    said = ngettext(
        "%(count)s KPI of a procedure in use is off target",
        "%(count)s KPIs of procedures in use are off target",
        found.red,
    )
    opens = as_at.address(reverse("dashboards:kpi-board"), rag=Rag.RED.value, counted="yes")
    pages = [as_at.address(reverse("kpis:kpi-detail", args=[kpi.reference])) for kpi in found.red_first]
    records = [
        {"label": str(kpi), "href": page, "note": str(kpi.project)}
        for kpi, page in zip(found.red_first, pages, strict=True)
    ]
    return {"words": said % {"count": found.red}, "href": opens, "records": records}


def threats(found: Threats, today: date) -> list[Item]:
    """Slips, lapses, overdue milestones, KPIs off target: each a sentence that opens all, and the worst as links."""
    items: list[Item] = []
    if found.slips:
        records = [_record(procedure) | {"note": _cost(one)} for procedure, one in found.slips]
        forecast = as_at.address(reverse("dashboards:forecast"))
        items.append({"words": _("Slips that would cost most"), "href": forecast, "records": records})
    if found.lapsing:
        said = ngettext(
            "%(count)s procedure lapses within 60 days unless attested",
            "%(count)s procedures lapse within 60 days unless attested",
            found.lapsing,
        )
        records = [
            _record(one) | {"note": _("attest by %(day)s") % {"day": day_words(one.in_use_until)}}
            for one in found.lapsing_first
            if one.in_use_until
        ]
        last = (today + SOON).isoformat()
        opens = as_at.address(reverse("projects:procedure-list"), change="lapsing", day=last)
        items.append({"words": said % {"count": found.lapsing}, "href": opens, "records": records})
    if found.overdue:
        said = ngettext("%(count)s milestone overdue", "%(count)s milestones overdue", found.overdue)
        records = [
            {
                "label": f"{one.project.reference} {one}",
                "href": _to("projects:project-detail", one.project.reference),
                "note": ngettext("%(days)s day late", "%(days)s days late", (today - one.current_on).days)
                % {"days": (today - one.current_on).days},
            }
            for one in found.overdue_longest
        ]
        opens = as_at.address(reverse("projects:milestone-overdue"))
        items.append({"words": said % {"count": found.overdue}, "href": opens, "records": records})
    if found.red:
        items.append(_off_target(found))
    return items
