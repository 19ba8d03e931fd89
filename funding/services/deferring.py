"""A request put off until a day or until something has happened; on its day it comes back by itself (DESIGN 4)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger
from core.errors import InvalidInput, Unprocessable
from core.text import is_blank
from funding import policies
from funding.models import Deferral, FundingRequest, Outcome, RequestStatus, Tier
from funding.services import links, locks, routing
from funding.services.recording import Entry, end_open_round, move, record


@transaction.atomic
def defer_request(
    *, actor: User, request_id: int, reason: str, until: date | None = None, condition: str = ""
) -> FundingRequest:
    """Put a request off, with a reason, until a day or a condition, or whichever comes first.

    An open round ends without a result; its votes stay as history.
    """
    links.hold_request(request_id)
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_defer(actor, request).or_raise()
    _judge(reason, until, condition)
    ended = end_open_round(request, Outcome.DEFERRED)
    Deferral.objects.create(
        request=request,
        came_from=request.status,
        reason=reason,
        until=until,
        condition=condition.strip(),
        deferred_by=actor.person,
        deferred_at=clock.now(),
    )
    move(request, "defer", actor=actor, note=reason)
    rerouted = routing.settle_one(request, actor=actor, because=request.reference)
    told: dict[str, ledger.Fact] = {
        "reason": reason,
        "until": until.isoformat() if until else "",
        "condition": condition.strip(),
    }
    record(actor, *ended, Entry("request.deferred", request, told), *rerouted)
    return request


@transaction.atomic
def bring_back(*, actor: User, request_id: int, note: str) -> FundingRequest:
    """Take a deferred request up again before its day: its condition is met, or the reason has gone."""
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_bring_back(actor, request).or_raise()
    if is_blank(note):
        message = _("Say what has happened, or why it is taken up again.")
        raise InvalidInput("note.required", message, fields={"note": [message]})
    _come_back(request, actor=actor, because=note)
    return request


def bring_back_due(*, now: datetime) -> int:
    """Bring back every request whose day has come in Hong Kong; returns how many. Each in its own transaction."""
    today = clock.hong_kong_day(now)
    due = Deferral.objects.filter(ended_at__isnull=True, until__lte=today, request__status=RequestStatus.DEFERRED)
    return sum(_come_back_if_due(key, today) for key in list(due.order_by("until").values_list("request", flat=True)))


def end_deferral(request: FundingRequest, *, actor: User | None, because: str) -> None:
    """Close the running deferral of a locked request, if there is one: it came back, was revised or withdrawn."""
    running = request.deferrals.filter(ended_at__isnull=True).first()
    if running is not None:
        running.ended_at = clock.now()
        running.ended_by = actor.person if actor else None
        running.ended_because = because
        running.save(update_fields=["ended_at", "ended_by", "ended_because"])


@transaction.atomic
def _come_back_if_due(request_id: int, today: date) -> bool:
    request = locks.request_row(request_id)
    due = request.deferrals.filter(ended_at__isnull=True, until__lte=today).exists()
    if request.status != RequestStatus.DEFERRED or not due:
        return False
    _come_back(request, actor=None, because=str(_("Its day has come.")))
    return True


def _come_back(request: FundingRequest, *, actor: User | None, because: str) -> None:
    """To the screened list, unless it was with the Head of Department or its tier is the department's now."""
    was_screened = request.deferrals.filter(ended_at__isnull=True).exclude(came_from=RequestStatus.SUBMITTED).exists()
    end_deferral(request, actor=actor, because=because)
    to_list = was_screened and request.tier != Tier.DEPARTMENT
    move(request, "bring_back" if to_list else "bring_back_to_head", actor=actor, note=because)
    record(actor, Entry("request.brought_back", request, {"because": because, "to": str(request.status)}))


def _judge(reason: str, until: date | None, condition: str) -> None:
    if is_blank(reason):
        message = _("Say why the request is deferred.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    if until is None and is_blank(condition):
        message = _("Say until which day, or what has to happen first.")
        raise InvalidInput("until.required", message, fields={"until": [message]})
    if until is not None and until <= clock.today():
        message = _("The day on which it comes back lies ahead.")
        raise Unprocessable("until.past", message, fields={"until": [message]})
