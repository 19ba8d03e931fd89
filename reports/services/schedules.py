"""Schedules and their monthly packs: planned once, sent whole or failed with the reason (FEATURES H4)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person, User
from core import clock, ledger, outbox
from core.errors import DomainError, InvalidInput
from reports import policies
from reports.house import form_named
from reports.models import Delivery, Pack, Schedule
from reports.rules import packs, periods
from reports.rules.periods import Kind
from reports.selectors.asking import stored_content
from reports.services.drafting import NOTHING_ASKED, draft_report, refuse_scope
from work.notices import Message
from work.services.notices import tell

SENT, FAILED = "report_pack_sent", "report_pack_failed"


class _MayNotGo(Exception):
    """Undoes the draft of a pack that may not be sent."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


@transaction.atomic
def add_schedule(
    *,
    actor: User,
    form: str,
    day: int,
    least_coverage: int,
    readers: Collection[Person],
    department: Department | None = None,
) -> Schedule:
    """Send last month's pack of a monthly form from a day of each month on. The actor owns it, is told of failures."""
    policies.can_draft(actor).or_raise()
    house = form_named(form)
    if house.period is not Kind.MONTH:
        message = _("Only monthly reports are sent each month.")
        raise InvalidInput("schedule.form", message, fields={"form": [message]})
    refuse_scope(house, department, NOTHING_ASKED)
    if not 1 <= day <= 28:
        message = _("Choose a day from 1 to 28, which every month has.")
        raise InvalidInput("schedule.day", message, fields={"day": [message]})
    if not 0 <= least_coverage <= 100:
        message = _("A percentage is from 0 to 100.")
        raise InvalidInput("schedule.coverage", message, fields={"least_coverage": [message]})
    refuse_readers(readers)
    schedule = Schedule.objects.create(
        form=form,
        department=department,
        day=day,
        least_coverage=least_coverage,
        owner=actor.person,
        added_at=clock.database_now(),
    )
    schedule.readers.set(readers)
    facts: dict[str, ledger.Fact] = {
        "form": form,
        "department": department.code if department else "",
        "day": day,
        "least_coverage": least_coverage,
        "readers": [person.ledger_ref for person in readers],
    }
    ledger.record("schedule.added", actor=actor, subject=schedule, facts=facts)
    return schedule


def refuse_readers(readers: Collection[Person]) -> None:
    """Readers are people who can sign in and see what is sent."""
    with_account = set(User.objects.filter(person__in=readers, is_active=True).values_list("person", flat=True))
    if not readers or any(person.pk not in with_account for person in readers):
        message = _("Name readers who have an account; nobody else may see the report.")
        raise InvalidInput("schedule.readers", message, fields={"readers": [message]})


@transaction.atomic
def end_schedule(*, actor: User, schedule_id: int, reason: str) -> Schedule:
    schedule = Schedule.objects.select_for_update().get(pk=schedule_id)
    policies.can_end_schedule(actor, schedule).or_raise()
    schedule.ended_at, schedule.ended_because = clock.database_now(), reason
    schedule.save(update_fields=["ended_at", "ended_because"])
    ledger.record("schedule.ended", actor=actor, subject=schedule, facts={"reason": reason})
    return schedule


def send_packs(*, now: datetime) -> int:
    """Plan last month's packs that are due and carry out all that wait. Returns how many ended."""
    today = clock.hong_kong_day(now)
    period = periods.last_over(Kind.MONTH, today).written
    for schedule in Schedule.objects.running():
        if packs.is_due(schedule.day, today):
            Pack.objects.get_or_create(schedule=schedule, period=period, defaults={"planned_at": now})
    waiting = list(Pack.objects.filter(state=Pack.State.PLANNED).order_by("pk").values_list("pk", flat=True))
    return sum(carry_out(pack_id=pack_id) for pack_id in waiting)


@transaction.atomic
def carry_out(*, pack_id: int) -> bool:
    """Draft the pack in its owner's name and send it, or fail with every reason. Once, whoever comes twice."""
    rows = Pack.objects.select_for_update(of=("self",), skip_locked=True).filter(state=Pack.State.PLANNED)
    pack = rows.select_related("schedule__department", "schedule__owner").filter(pk=pack_id).first()
    if pack is None:
        return False
    try:
        with transaction.atomic():
            _send(pack)
    except _MayNotGo as refused:
        _end(pack, Pack.State.FAILED, reasons=refused.reasons)
        outbox.add(FAILED, key=f"pack:{pack.pk}", pack=pack.pk)
    return True


def _send(pack: Pack) -> None:
    schedule = pack.schedule
    owner = User.objects.filter(person=schedule.owner, is_active=True).select_related("person").first()
    if owner is None:
        raise _MayNotGo(["owner.gone"])
    try:
        pack.report = draft_report(actor=owner, form=schedule.form, period=pack.period, department=schedule.department)
    except DomainError as refusal:
        raise _MayNotGo([refusal.code]) from refusal
    reasons = packs.faults(stored_content(pack.report), least_coverage=schedule.least_coverage)
    readers = list(schedule.readers.all())
    there = set(User.objects.filter(person__in=readers, is_active=True).values_list("person", flat=True))
    if not there:
        reasons.append(packs.UNANSWERED)
    if reasons:
        raise _MayNotGo(reasons)
    now = clock.database_now()
    Delivery.objects.bulk_create(
        Delivery(pack=pack, reader=person, is_sent=person.pk in there, recorded_at=now) for person in readers
    )
    _end(pack, Pack.State.SENT, reasons=[])
    outbox.add(SENT, key=f"pack:{pack.pk}", pack=pack.pk)


def _end(pack: Pack, state: str, *, reasons: list[str]) -> None:
    pack.state, pack.reasons, pack.ended_at = state, reasons, clock.database_now()
    if state == Pack.State.FAILED:
        pack.report = None
    pack.save(update_fields=["state", "reasons", "report", "ended_at"])
    facts: dict[str, ledger.Fact] = {
        "period": pack.period,
        "report": pack.report.reference if pack.report else "",
        "reasons": list(reasons),
        "readers": [one.reader.ledger_ref for one in pack.deliveries.select_related("reader") if one.is_sent],
    }
    action = "pack.sent" if state == Pack.State.SENT else "pack.failed"
    ledger.record(action, actor=ledger.SYSTEM, subject=pack.schedule, facts=facts)


@outbox.handler(SENT)
def tell_readers(payload: dict[str, int]) -> None:
    """Every reader gets a notice, and a mail as they chose; the report's page opens to them either way."""
    pack = Pack.objects.select_related("report").get(pk=payload["pack"])
    readers = list(pack.deliveries.filter(is_sent=True).values_list("reader", flat=True))
    if pack.report_id is not None:
        message = Message("pack.sent", "report", pack.report_id, readers, {"period": pack.period})
        tell(message, event=f"pack:{pack.pk}:sent")


@outbox.handler(FAILED)
def tell_owner(payload: dict[str, int]) -> None:
    """The owner gets a notice; `/my-work/` asks them to see why."""
    pack = Pack.objects.select_related("schedule").get(pk=payload["pack"])
    message = Message("pack.failed", "schedule", pack.schedule_id, [pack.schedule.owner_id], {"period": pack.period})
    tell(message, event=f"pack:{pack.pk}:failed")
