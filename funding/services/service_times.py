"""How long each stage may take, as dated policy: proposed by one person, approved by another (DESIGN 4)."""

from datetime import date

from django.db import transaction

from accounts.models import User
from core import clock, ledger
from core.policy import refuse_overlap, refuse_past
from funding import policies
from funding.models import ServiceTimes
from funding.services import dated

LIMITS = dict.fromkeys(ServiceTimes.COLUMNS.values(), (1, 250))


@transaction.atomic
def propose_service_times(*, actor: User, starts_on: date, source: str, **days: int) -> ServiceTimes:
    """Propose the working days of each stage from a day on, until the next ones. Nothing changes until approved."""
    policies.can_propose_policy(actor).or_raise()
    refuse_past(starts_on, today=clock.today())
    dated.refuse_unsourced(source)
    times = ServiceTimes(starts_on=starts_on, source=source, proposed_by=actor.person, **days)
    dated.refuse_outside({name: getattr(times, name) for name in LIMITS}, LIMITS)
    refuse_overlap(ServiceTimes.objects.all(), starts_on)
    times.save()
    ledger.record("service_times.proposed", actor=actor, subject=times, facts=_told(times))
    return times


@transaction.atomic
def approve_service_times(*, actor: User, times_id: int) -> ServiceTimes:
    """Put proposed times in force from their first day. A stage keeps the times of the day on which it began."""
    times = dated.locked(ServiceTimes.objects.all(), actor=actor, number=times_id)
    dated.approve(times, actor=actor, rows=ServiceTimes.objects.all())
    ledger.record("service_times.approved", actor=actor, subject=times, facts=_told(times))
    return times


@transaction.atomic
def withdraw_service_times(*, actor: User, times_id: int, reason: str) -> ServiceTimes:
    times = dated.locked(ServiceTimes.objects.all(), actor=actor, number=times_id)
    dated.withdraw(times, actor=actor, reason=reason, action="service_times.withdrawn")
    return times


def _told(times: ServiceTimes) -> dict[str, ledger.Fact]:
    days = {name: int(getattr(times, name)) for name in LIMITS}
    return {"starts_on": times.starts_on.isoformat(), "source": times.source, **days}
