"""Collection runs: planned once per window, taken under a lease, ended exactly once (TRUST C9).

Redis is only the doorbell. Whatever is lost, repeated or killed, the row says what is still to do: a
planned run is rung again, an expired lease is taken over, and only the holder of the present token may
store. The third attempt is the last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
import logging
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q

from core import clock, ledger, outbox, sealing
from kpis.collector import pages, parse
from kpis.collector.client import Failed
from kpis.collector.pages import Call
from kpis.collector.parse import Measure
from kpis.models import CollectionRun, Kpi, RunState, Source
from kpis.notifications import SOURCE_FAILED
from kpis.rules import windows
from kpis.rules.intake import Arrival
from kpis.rules.refusal import Refused
from kpis.rules.values import Bounds, Formula
from kpis.services import asking, hosts
from kpis.services.intake import store_run

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
RETRY_AFTER = timedelta(seconds=60)
HOST_AWAY = "host.away"
LONGEST_WAIT = timedelta(hours=6)  # that a source may ask for before the next try
BATCH = 1_000
SCOPE = (
    "code",
    "lowest",
    "highest",
    "kpi__series",
    "kpi__series__started_on",
    "kpi__frequency",
    "kpi__year_kind",
    "kpi__definition__formula",
    "kpi__definition__dimensions",
    "kpi__definition__lowest",
    "kpi__definition__highest",
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to end one run. Whoever takes the run later has another token, and ours is void."""

    run: CollectionRun
    token: UUID


@dataclass(frozen=True, slots=True)
class Scope:
    """What a source may report: its measures by the code it uses, and by series the limits of belief."""

    measures: dict[str, Measure]
    limits: dict[int, Bounds]


def plan_due(*, now: datetime) -> None:
    """Make the run of the present window of every approved source, once however many planners there are.

    After a gap only the newest window is planned: missed ones are not caught up in a burst.
    """
    sources = Source.objects.collected().only("pk", "interval_minutes")
    runs = [
        CollectionRun(
            source=source, window_start=windows.window_start(now, minutes=source.interval_minutes), planned_at=now
        )
        for source in sources
        if source.interval_minutes
    ]
    CollectionRun.objects.bulk_create(runs, ignore_conflicts=True, batch_size=BATCH)


@transaction.atomic
def to_ring(*, now: datetime) -> list[int]:
    """Runs that wait for a worker and whose last ringing is older than a lease; marks them as rung."""
    waiting = CollectionRun.objects.open_to_take(now).filter(Q(rung_at__isnull=True) | Q(rung_at__lte=now - LEASE))
    ids = list(
        waiting.order_by("planned_at", "pk").select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH]
    )
    CollectionRun.objects.filter(pk__in=ids).update(rung_at=now)
    return ids


def run_source(*, run_id: int, fetch: Call | None = None) -> str:
    """Carry out one run if it is free to take; returns its state afterwards. Safe to call any number of times."""
    lease = take(run_id=run_id)
    if lease is None:
        return CollectionRun.objects.values_list("state", flat=True).get(pk=run_id)
    source = lease.run.source
    scope = scope_of(source)
    try:
        answer = pages.collect(asking.asked_of(source), fetch or asking.caller_of(source))
        arrivals = parse.arrivals(answer.items, asking.shape_of(source), scope.measures, today=clock.today())
    except Refused as refused:
        return _end(lease, RunState.REJECTED, refused.code, refused.detail)
    except Failed as failed:
        return _end(lease, RunState.FAILED, failed.code, failed.detail, wait=failed.wait)
    except sealing.CannotOpen:
        return _end(lease, RunState.FAILED, "secret.sealed", "")
    return finish(lease=lease, arrivals=arrivals, limits=scope.limits, digest=answer.digest)


@transaction.atomic
def take(*, run_id: int) -> Lease | None:
    """The lease of a run that is free: planned, failed and due again, or left by a worker that died.

    A run that was left three times is dead: it may be what kills its workers (TRUST F4).
    """
    now = clock.database_now()
    run = (
        CollectionRun.objects.open_to_take(now)
        .select_related("source")
        .select_for_update(of=("self",), skip_locked=True)
        .filter(pk=run_id)
        .first()
    )
    if run is None:
        return None
    if run.attempts >= MOST_ATTEMPTS:
        _close(run, RunState.DEAD, now, reason=run.reason or "killed")
        return None
    if not hosts.may_call(run.source, now=now):
        _wait_for_host(run, now)
        return None
    run.state = RunState.RUNNING
    run.lease_token = uuid4()
    run.lease_until = now + LEASE
    run.attempts += 1
    run.started_at = now
    run.save(update_fields=["state", "lease_token", "lease_until", "attempts", "started_at"])
    return Lease(run, run.lease_token)


@transaction.atomic
def finish(*, lease: Lease, arrivals: Sequence[Arrival], limits: Mapping[int, Bounds], digest: str) -> str:
    """Store the readings and end the run in one transaction, if the lease is still ours.

    A run that stored something is one ledger entry with counts and digest; one that found only what
    was known leaves its row and no entry.
    """
    run = _held(lease)
    if run is None:
        return _state(lease)
    now = clock.database_now()
    result = store_run(arrivals, limits=limits, run_id=run.pk, now=now)
    hosts.answered(run.source)
    run.accepted, run.duplicate, run.quarantined = len(result.rows), result.duplicate, result.quarantined
    run.digest = digest
    _close(run, RunState.DONE, now)
    if result.rows:
        facts: dict[str, ledger.Fact] = {
            "run": run.pk,
            "window_start": ledger.instant_text(run.window_start),
            "accepted": run.accepted,
            "duplicate": run.duplicate,
            "quarantined": run.quarantined,
            "digest": digest,
        }
        ledger.record("collection.run", actor=ledger.SYSTEM, subject=run.source, facts=facts)
    return run.state


@transaction.atomic
def _end(lease: Lease, state: RunState, code: str, detail: str, *, wait: timedelta = timedelta(0)) -> str:
    """A run that stored nothing: refused for good, or failed and tried again until the third time."""
    run = _held(lease)
    if run is None:
        return _state(lease)
    now = clock.database_now()
    if state == RunState.FAILED and run.attempts >= MOST_ATTEMPTS:
        state = RunState.DEAD
    if state == RunState.REJECTED:
        hosts.answered(run.source)
        run.rejected = 1
    else:
        hosts.failed(run.source)
    _close(run, state, now, reason=code, detail=detail, wait=wait)
    logger.info("collection run ended", extra={"run": run.pk, "state": run.state, "reason": code})
    return run.state


def _close(
    run: CollectionRun,
    state: RunState,
    now: datetime,
    *,
    reason: str = "",
    detail: str = "",
    wait: timedelta = timedelta(0),
) -> None:
    run.state = state
    run.reason, run.detail = reason, detail[:300]
    run.lease_token = None
    pause = max(RETRY_AFTER * run.attempts, min(wait, LONGEST_WAIT))
    run.lease_until = now + pause if state == RunState.FAILED else None
    run.finished_at = None if state == RunState.FAILED else now
    run.save()
    if state in (RunState.DEAD, RunState.REJECTED):
        outbox.add(SOURCE_FAILED, key=str(run.pk), run=run.pk)


def _wait_for_host(run: CollectionRun, now: datetime) -> None:
    """A run whose host is left alone keeps its attempts and waits; only the newest window of a source does."""
    if run.source.runs.filter(window_start__gt=run.window_start).exists():
        _close(run, RunState.DEAD, now, reason=HOST_AWAY)
    else:
        run.reason = HOST_AWAY
        run.save(update_fields=["reason"])


def _held(lease: Lease) -> CollectionRun | None:
    """The run, locked, if nobody took it over from us."""
    held = CollectionRun.objects.select_related("source").select_for_update(of=("self",))
    return held.filter(pk=lease.run.pk, state=RunState.RUNNING, lease_token=lease.token).first()


def _state(lease: Lease) -> str:
    return CollectionRun.objects.values_list("state", flat=True).get(pk=lease.run.pk)


def scope_of(source: Source) -> Scope:
    """The source's KPIs under the series that run now, read as plain values: every push asks for them."""
    rows = source.links.filter(kpi__series__definition=F("kpi__definition")).values_list(*SCOPE)
    scope = Scope({}, {})
    for code, lowest, highest, series, starts_on, frequency, year_kind, formula, dimensions, *bounds in rows:
        scope.measures[code] = Measure(
            series, Formula(formula), frequency, year_kind, starts_on, Bounds(*bounds), dimensions
        )
        scope.limits[series] = Bounds(lowest, highest)
    return scope


def measure_of(kpi: Kpi, series: int, starts_on: date) -> Measure:
    definition = kpi.definition
    return Measure(
        series=series,
        formula=Formula(definition.formula),
        frequency=kpi.frequency,
        year_kind=kpi.year_kind,
        starts_on=starts_on,
        bounds=Bounds(definition.lowest, definition.highest),
        dimensions=definition.dimensions,
    )
