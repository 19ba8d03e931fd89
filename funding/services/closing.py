"""The end of a round: last call, close, deadline, adjournment. The result is worked out, never typed (DESIGN 5)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict
from funding import facts, policies
from funding.models import Decision, Outcome, Round, RoundStatus
from funding.policies.closing import is_past_deadline
from funding.rules import lifecycle, tally
from funding.rules.tally import Finding, Tally
from funding.services import links, locks, routing
from funding.services.recording import Entry, end_round, move, record


@transaction.atomic
def call_last(*, actor: User, round_id: int) -> Round:
    """Ask for last votes. The round can be closed when the seconds of its rule have run out."""
    round_ = locks.round_row(round_id)
    policies.can_call_last(actor, round_).or_raise()
    round_.last_call_at = clock.database_now()
    round_.save(update_fields=["last_call_at"])
    told: dict[str, ledger.Fact] = {"seconds": round_.rule.last_call_seconds}
    record(actor, Entry("round.last_call", round_, told))
    return round_


@transaction.atomic
def close_round(*, actor: User, round_id: int, casting_vote: str | None = None) -> Round:
    """Close on the votes that stand. `casting_vote` settles a tie, only where the body's rule allows one."""
    round_ = _locked(round_id)
    at = clock.database_now()
    numbers: Tally = policies.can_close(actor, round_, at=at).or_raise()
    casting = _judge_casting(numbers, casting_vote)
    if casting is not None:
        numbers = facts.tally_of(round_, casting=casting)
    _close(round_, numbers, actor=actor, at=at, casting=casting)
    return round_


def close_due_rounds(*, now: datetime) -> int:
    """Close every round by circulation whose deadline has passed by the database's clock; returns how many.

    Each is closed in its own transaction. `now` only finds candidates. A tie that the chair may settle
    waits for the chair, and a round whose request looks like another's part for the secretary's answer.
    """
    due = Round.objects.open().filter(deadline_at__lte=now).order_by("deadline_at")
    return sum(_close_if_due(key) for key in list(due.values_list("pk", flat=True)))


@transaction.atomic
def adjourn_round(*, actor: User, round_id: int) -> Round:
    """End a meeting's round that has no quorum, without a decision. The request waits for another round."""
    round_ = _locked(round_id)
    policies.can_adjourn(actor, round_).or_raise()
    ended = end_round(round_, Outcome.ADJOURNED)
    record(actor, ended, *_back_to_screened(round_, actor=actor))
    return round_


@transaction.atomic
def _close_if_due(round_id: int) -> bool:
    round_ = _locked(round_id)
    at = clock.database_now()
    if round_.status != RoundStatus.OPEN or not is_past_deadline(round_, at):
        return False
    if not policies.nothing_asked(round_.request):
        return False
    numbers = facts.tally_of(round_)
    if numbers.finding is Finding.TIED:
        return False
    _close(round_, numbers, actor=None, at=at, casting=None)
    return True


def _locked(round_id: int) -> Round:
    """The round and what stands before it in the order of locks: the links of its request, then the request."""
    request = locks.request_of_round(round_id)
    links.hold_request(request)
    locked = locks.request_row(request)
    round_ = locks.round_row(round_id)
    round_.request = locked
    return round_


def _close(round_: Round, numbers: Tally, *, actor: User | None, at: datetime, casting: tally.Choice | None) -> None:
    round_.closed_at = at
    round_.closed_by = actor.person if actor else None
    round_.result = result_of(round_, numbers, casting)
    columns = ["closed_at", "closed_by", "result", "status", "outcome"]
    told = Entry("round.closed", round_, {"request": round_.request.reference, **round_.result})
    if numbers.finding is Finding.NO_QUORUM:
        round_.status = lifecycle.target(lifecycle.ROUND, "end", round_.status)
        round_.outcome = Outcome.NO_QUORUM
        round_.save(update_fields=columns)
        record(actor, told, *_back_to_screened(round_, actor=actor))
        return
    round_.status = lifecycle.target(lifecycle.ROUND, "close", round_.status)
    round_.outcome = _outcome(round_, numbers)
    round_.save(update_fields=columns)
    _decide(round_, actor=actor, at=at)
    record(actor, told)


def _decide(round_: Round, *, actor: User | None, at: datetime) -> Decision:
    """Write the one decision of the round. Its money waits for publication."""
    request = round_.request
    decision = Decision.objects.create(
        request=request,
        request_version=round_.request_version,
        round=round_,
        tier=request.tier,
        outcome=round_.outcome,
        amount=round_.motion_amount if round_.outcome == Outcome.APPROVED else 0,
        conditions=round_.conditions,
        assessed_amount=request.assessed_amount,
        decided_by=actor.person if actor else None,
        decided_at=at,
    )
    move(request, "decide_by_vote", actor=actor)
    return decision


def _back_to_screened(round_: Round, *, actor: User | None) -> list[Entry]:
    """Without a decision the request waits for another round; a sum that fell meanwhile takes effect now."""
    request = round_.request
    move(request, "end_round", actor=actor, note=str(Outcome(round_.outcome).label))
    return routing.settle_one(request, actor=actor, because=request.reference)


def _outcome(round_: Round, numbers: Tally) -> Outcome:
    carried = numbers.finding is Finding.CARRIED
    if round_.motion_kind == Round.MotionKind.RECOMMEND:
        return Outcome.RECOMMENDED if carried else Outcome.NOT_RECOMMENDED
    return Outcome.APPROVED if carried else Outcome.REJECTED


def result_of(round_: Round, numbers: Tally, casting: tally.Choice | None = None) -> dict[str, Any]:
    """The tally as stored with the round and in the ledger; `wording.result_sentence` says it."""
    return {
        "seats": numbers.seats,
        "recused": numbers.recused,
        "may_vote": numbers.may_vote,
        "quorum": numbers.quorum,
        "voted": numbers.voted,
        "for": numbers.votes_for,
        "against": numbers.votes_against,
        "abstain": numbers.abstained,
        "base": str(round_.rule.majority_base),
        "base_count": numbers.base_count,
        "majority": round_.rule.majority_percent,
        "casting": str(casting or ""),
        "finding": str(numbers.finding),
    }


def _judge_casting(numbers: Tally, casting_vote: str | None) -> tally.Choice | None:
    """A casting vote exists only in a tie that the rule lets the chair settle (TRUST T7)."""
    tied = numbers.finding is Finding.TIED
    if casting_vote is None:
        if tied:
            message = _("The votes are equal. The chair's casting vote decides.")
            raise Conflict("casting.needed", message, fields={"casting_vote": [message]})
        return None
    if not tied:
        message = _("There is no tie that a casting vote could settle.")
        raise Conflict("casting.no_tie", message, fields={"casting_vote": [message]})
    if casting_vote not in (tally.Choice.FOR, tally.Choice.AGAINST):
        raise Conflict("choice.invalid", _("A casting vote is for or against."))
    return tally.Choice(casting_vote)
