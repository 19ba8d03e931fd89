"""A run that ended without its readings is given back to the workers by a person."""

from django.db import transaction

from accounts.models import User
from core import ledger
from kpis import policies
from kpis.models import CollectionRun, RunState


@transaction.atomic
def retry_run(*, actor: User, run_id: int, reason: str) -> CollectionRun:
    """Plan a refused or given-up run again, with all its attempts before it; the schedule rings it within seconds.

    Refused while a run waits or runs, once a later window was collected, and for pushes, which their system repeats.
    """
    run = CollectionRun.objects.select_for_update(of=("self",)).select_related("source").get(pk=run_id)
    policies.can_retry_run(actor, run).or_raise()
    facts: dict[str, ledger.Fact] = {
        "run": run.pk,
        "window_start": ledger.instant_text(run.window_start),
        "ended": run.reason,
        "reason": reason,
    }
    run.state, run.attempts, run.rejected = RunState.PLANNED, 0, 0
    run.reason = run.detail = ""
    run.rung_at = run.lease_until = run.started_at = run.finished_at = None
    run.save()
    ledger.record("collection.retried", actor=actor, subject=run.source, facts=facts)
    return run
