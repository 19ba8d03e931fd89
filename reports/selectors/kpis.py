"""KPIs for reports: how many have their readings, and which are late, stale or without any (DESIGN 6)."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery

from core import clock
from kpis.models import Kpi, Reading, ReadingVerdict, Series, Verdict
from kpis.rules.freshness import ARRIVED, Freshness, freshness
from reports.selectors.asking import Question, everyone
from reports.selectors.standing import named

Row = dict[str, Any]
LACK = (Freshness.LATE, Freshness.STALE, Freshness.NONE)


def kpis(question: Question) -> Row:
    """`due` KPIs should have a reading by the report's day, `have` have it, verified and known by then."""
    until = min(clock.end_of_day(question.day), question.known_before)
    events = Kpi.pgh_event_model.objects  # type: ignore[attr-defined] # made by pghistory.track
    there = events.filter(pgh_obj=OuterRef("pk"), pgh_created_at__lt=until)
    rows = Kpi.objects.visible_to(everyone()).filter(Exists(there)).select_related("definition", "project__department")
    if question.department is not None:
        rows = rows.filter(project__department=question.department)
    listed = list(rows.order_by("reference"))
    latest = _latest(question)
    states = {kpi.pk: _freshness(kpi, latest, question) for kpi in listed}
    have = sum(state in ARRIVED for state in states.values())
    lacking = [kpi for kpi in listed if states[kpi.pk] in LACK]
    return {
        "total": len(listed),
        "due": have + len(lacking),
        "have": have,
        "stale": [_row(kpi) for kpi in lacking if states[kpi.pk] == Freshness.STALE],
        "missing": [_row(kpi) for kpi in lacking if states[kpi.pk] != Freshness.STALE],
    }


def _latest(question: Question) -> dict[int, Any]:
    """The first day of the newest period with a verified reading, by KPI."""
    verdicts = ReadingVerdict.objects.filter(
        series=OuterRef("series_id"),
        period_start=OuterRef("period_start"),
        cell=OuterRef("cell"),
        revision=OuterRef("revision"),
        recorded_at__lt=question.known_before,
    )
    running = Series.objects.filter(definition=F("kpi__definition"))
    readings = (
        Reading.objects.filter(
            series__in=running, cell="", period_start__lte=question.day, recorded_at__lt=question.known_before
        )
        .annotate(last_word=Subquery(verdicts.order_by("-pk").values("verdict")[:1]))
        .filter(last_word=Verdict.VERIFIED)
    )
    return dict(readings.order_by("period_start").values_list("series__kpi", "period_start"))


def _freshness(kpi: Kpi, latest: dict[int, Any], question: Question) -> Freshness:
    return freshness(
        latest.get(kpi.pk),
        starts_on=kpi.starts_on,
        frequency=kpi.frequency,
        year_kind=kpi.year_kind,
        today=question.day,
    )


def _row(kpi: Kpi) -> Row:
    has_name = bool(kpi.name_en or kpi.name_zh_hant)
    return {
        "reference": kpi.reference,
        "name": named(kpi if has_name else kpi.definition),
        "project": kpi.project.reference,
        "department": kpi.project.department.code,
    }
