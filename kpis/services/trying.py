"""A source tried before anybody relies on it: called once like a run, shown reading by reading, nothing stored.

An address is only ever called where two people stand behind it (TRUST 2; decision 16). So a stored source is tried
by the second person, and a form only on a host that the department has an approved source on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
import logging
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, sealing
from core.errors import TooMany
from kpis import policies
from kpis.collector import pages, parse
from kpis.collector.client import Failed
from kpis.collector.parse import Measure
from kpis.models import Kpi, Series, Source
from kpis.rules import periods
from kpis.rules.intake import Arrival, one_value_each
from kpis.rules.refusal import Refused
from kpis.services import asking
from kpis.services.runs import measure_of, scope_of
from kpis.services.sources import Collected, Reported, drafted

SHOWN = 20
DEADLINE_SECONDS = 10.0
PAUSE_SECONDS = 5

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TriedReading:
    """One item as it would be read; `code` is why it would refuse the run, empty if it would not."""

    kpi: str = ""
    period: str = ""
    cell: str = ""
    value: Decimal | None = None
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a run would do now. `code` says why it would store nothing; the first items are shown either way."""

    pages: int
    count: int
    shown: tuple[TriedReading, ...]
    code: str = ""
    detail: str = ""


def try_source(*, actor: User, source_id: int) -> Tried:
    """Call a stored source once. A proposed one is tried by who may approve it."""
    source = Source.objects.get(pk=source_id)
    policies.can_try_source(actor, source).or_raise()
    return _try(actor, source, scope_of(source).measures)


def try_proposal(*, actor: User, department_id: int, collected: Collected, kpis: Sequence[Reported]) -> Tried:
    """Call what a form says, before it is kept."""
    policies.can_propose_source(actor, department_id).or_raise()
    source = drafted(collected, kpis=len(kpis))
    source.networks = policies.can_try_place(actor, department_id, source.place).or_raise()
    return _try(actor, source, _measures(actor, department_id, kpis))


def _measures(actor: User, department_id: int, kpis: Sequence[Reported]) -> dict[str, Measure]:
    own = Kpi.objects.visible_to(actor).filter(project__department=department_id).select_related("definition")
    found = own.in_bulk([reported.kpi_id for reported in kpis])
    running = {
        series.kpi_id: series
        for series in Series.objects.filter(kpi__in=found.values()).order_by("pk")
        if series.definition_id == found[series.kpi_id].definition_id
    }
    return {
        reported.code or found[key].reference: measure_of(found[key], running[key].pk, running[key].started_on)
        for reported in kpis
        if (key := reported.kpi_id) in running
    }


def _try(actor: User, source: Source, measures: Mapping[str, Measure]) -> Tried:
    if not cache.add(f"source-try:{actor.person_id}", 1, timeout=PAUSE_SECONDS):
        raise TooMany("source.just_tried", _("A source was tried a moment ago. Wait five seconds, then try again."))
    try:
        answer = pages.collect(asking.asked_of(source), asking.caller_of(source, deadline_seconds=DEADLINE_SECONDS))
    except (Refused, Failed) as ended:
        tried = Tried(0, 0, (), ended.code, ended.detail)
    except sealing.CannotOpen:
        tried = Tried(0, 0, (), "secret.sealed")
    else:
        tried = _judged(answer, source, measures)
    logger.info("source tried", extra={"place": source.place, "reason": tried.code, "pages": tried.pages})
    return tried


def _judged(answer: pages.Answer, source: Source, measures: Mapping[str, Measure]) -> Tried:
    shape = asking.shape_of(source)
    read, today = parse.reader(shape), clock.today()
    codes = {measure.series: code for code, measure in measures.items()}
    rows, arrivals = list[TriedReading](), list[Arrival]()
    for item in answer.items:
        try:
            found = parse.arrival(item, read, shape.columns, measures, today=today)
        except Refused as refused:
            rows.append(TriedReading(code=refused.code, detail=refused.detail))
        else:
            arrivals.append(found)
            rows.append(_row(found, measures[codes[found.moment.series]], codes))
    first = next((row for row in rows if row.code), TriedReading())
    if not first.code:
        first = _conflict(arrivals)
    refused_first = sorted(rows, key=lambda row: not row.code)
    return Tried(answer.pages, len(rows), tuple(refused_first[:SHOWN]), first.code, first.detail)


def _conflict(arrivals: Sequence[Arrival]) -> TriedReading:
    try:
        one_value_each(arrivals)
    except Refused as refused:
        return TriedReading(code=refused.code, detail=refused.detail)
    return TriedReading()


def _row(found: Arrival, measure: Measure, codes: Mapping[int, Any]) -> TriedReading:
    moment = found.moment
    period = periods.label(moment.period_start, measure.frequency, measure.year_kind)
    return TriedReading(codes[moment.series], period, moment.cell, found.measured.value)
