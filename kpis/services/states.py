"""Keep what each series says at present, as soon as something it stands on has changed (migration 0022)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date

from django.db import connection, transaction
from django.db.models import F

from core import clock
from kpis.models import Baseline, KpiTarget, Reading, Series, SeriesState
from kpis.querysets import ReadingQuerySet
from kpis.rules.freshness import overdue_from
from kpis.rules.outlook import Measurement
from kpis.rules.rag import Rag
from kpis.rules.state import Aim, State, Terms, Value, carried_on, state_of

AT_ONCE = 200
ALONE = "SELECT pg_try_advisory_xact_lock(20261130)"
TAKEN = "DELETE FROM kpis_unjudged WHERE series_id = ANY(%s) RETURNING series_id, period_start"
KEPT = [field.name for field in SeriesState._meta.concrete_fields if not field.primary_key]


def keep_states() -> int:
    """Judge every series that is not judged for today. Returns how many; safe to run twice, also at once."""
    last = judged = 0
    while some := _keep_some(after=last):
        last, judged = some[-1].pk, judged + len(some)
    return judged


@transaction.atomic
def _keep_some(*, after: int) -> list[Series]:
    """The next few in the order of their keys; none while somebody else is at it.

    What was said of them is taken first and all that they stand on is read after it, so a change that commits in
    between is read, or is named again to the next run.
    """
    with connection.cursor() as cursor:
        cursor.execute(ALONE)
        if not cursor.fetchone()[0]:
            return []
        today = clock.today()
        waiting = Series.objects.unjudged(today).filter(pk__gt=after).order_by("pk")
        keys = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
        cursor.execute(TAKEN, [keys])
        said = cursor.fetchall()
    some = list(Series.objects.filter(pk__in=keys).order_by("pk").select_related("kpi", "definition", "state"))
    terms = _terms(some, today)
    before = {series.pk: _before(series, today, {start for key, start in said if key == series.pk}) for series in some}
    found = _carried_on(before, terms)
    found |= _anew(terms.keys() - found.keys(), terms)
    rows = [_row(series, found[series.pk], terms[series.pk]) for series in some]
    SeriesState.objects.bulk_create(rows, update_conflicts=True, unique_fields=["series"], update_fields=KEPT)
    return some


def _before(series: Series, today: date, changed: Iterable[date | None]) -> State | None:
    """The state that readings of later periods carry on; None where more than those have changed."""
    row: SeriesState | None = getattr(series, "state", None)
    if row is None or row.judged_on > today or (row.holds_until and row.holds_until < today):
        return None
    through = row.through
    if through is None or any(start is None or start <= through for start in changed):
        return None
    kept = {field.name: getattr(row, field.name) for field in fields(State)}
    return State(**kept | {"colour": Rag(row.colour)})


def _carried_on(before: Mapping[int, State | None], terms: Mapping[int, Terms]) -> dict[int, State]:
    known = {key: state for key, state in before.items() if state}
    first = min((state.through for state in known.values() if state.through), default=date.max)
    later = Reading.objects.filter(period_start__gt=first).filter(period_start__gt=F("series__state__through"))
    values = _values(known, later)
    found = {key: carried_on(state, values.get(key, []), terms[key]) for key, state in known.items()}
    return {key: state for key, state in found.items() if state}


def _anew(keys: Iterable[int], terms: Mapping[int, Terms]) -> dict[int, State]:
    values = _values(keys, Reading.objects.all())
    return {key: state_of(values.get(key, []), terms[key]) for key in keys}


def _values(keys: Iterable[int], readings: ReadingQuerySet) -> dict[int, list[Value]]:
    """The standing value of each period, oldest first, by series."""
    found: dict[int, list[Value]] = {}
    rows = readings.standing().filter(series__in=list(keys), cell="").values_list("series", "period_start", "value")
    for key, start, value in rows.iterator():
        found.setdefault(key, []).append(Value(start, value))
    return found


def _terms(some: Sequence[Series], today: date) -> dict[int, Terms]:
    baselines = {
        baseline.series_id: Measurement(baseline.value, baseline.period_end)
        for baseline in Baseline.objects.filter(series__in=some)
    }
    targets: dict[int, list[Aim]] = {}
    for target in KpiTarget.objects.filter(kpi__series__in=some).distinct().order_by("due_on"):
        targets.setdefault(target.kpi_id, []).append(Aim(target.value, target.due_on))
    return {
        series.pk: Terms(
            frequency=series.kpi.frequency,
            year_kind=series.kpi.year_kind,
            started_on=series.started_on,
            direction=series.definition.direction,
            baseline=baselines.get(series.pk),
            targets=tuple(targets.get(series.kpi_id, ())),
            today=today,
        )
        for series in some
    }


def _row(series: Series, state: State, terms: Terms) -> SeriesState:
    kpi = series.kpi
    late_on, stale_on = overdue_from(
        state.through, starts_on=kpi.starts_on, frequency=kpi.frequency, year_kind=kpi.year_kind
    )
    return SeriesState(series=series, judged_on=terms.today, late_on=late_on, stale_on=stale_on, **asdict(state))
