"""Who may call for last votes, close, adjourn and publish, and when (DESIGN 5)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from funding import facts
from funding.models import FundingRequest, Round, RoundStatus
from funding.policies.lookalikes import nothing_asked
from funding.policies.states import is_open, serves_committee, state_of
from funding.rules.tally import Tally


def can_call_last(user: User, round_: Round) -> Verdict:
    """Whoever presides, once the round could close: the numbers it would close on are found."""
    presides = _presides(user, round_)
    if not presides:
        return presides
    if round_.last_call_at is not None:
        return Verdict.no("round.last_call", _("The last call has been made already."), error=Conflict)
    return could_close(round_)


def can_close(user: User, round_: Round, *, at: datetime | None = None) -> Verdict:
    """Whoever presides, when the round could close and its last call has run out by the database's clock."""
    presides = _presides(user, round_)
    if not presides:
        return presides
    instant = at or clock.now()
    if is_past_deadline(round_, instant):
        asked = nothing_asked(round_.request)
        return Verdict.yes(facts.tally_of(round_)) if asked else asked
    could = could_close(round_)
    if not could:
        return could
    if round_.last_call_at is None:
        return Verdict.no("round.last_call", _("Make the last call first."), error=Conflict)
    left = round_.last_call_at + timedelta(seconds=round_.rule.last_call_seconds) - instant
    if left > timedelta(0):
        seconds = -(-left // timedelta(seconds=1))
        reason = ngettext(
            "The last call runs for %(count)s more second.", "The last call runs for %(count)s more seconds.", seconds
        ) % {"count": seconds}
        return Verdict.no("round.last_call", reason, error=Conflict)
    return could


def can_adjourn(user: User, round_: Round) -> Verdict:
    """A meeting without quorum ends without a decision: by whoever presides, or the secretary."""
    opened = is_open(round_)
    if not opened:
        return opened
    presides = facts.presiding_person(round_) == user.person_id
    if not presides:
        serves = serves_committee(user, round_.request)
        if not serves:
            return serves
    if round_.mode != Round.Mode.MEETING:
        return Verdict.no("round.mode", _("A vote by circulation runs until its deadline."), error=Conflict)
    if facts.tally_of(round_).has_quorum:
        return Verdict.no(
            "round.quorum", _("There is a quorum, so the round is closed, not adjourned."), error=Conflict
        )
    return Verdict.yes()


def can_publish(user: User, thing: Round | FundingRequest) -> Verdict:
    """The secretary, never on their own item: a round that closed with a decision, or what a department decided."""
    request = thing.request if isinstance(thing, Round) else thing
    serves = serves_committee(user, request)
    if not serves:
        return serves
    if isinstance(thing, Round):
        if thing.status != RoundStatus.CLOSED:
            return Verdict.no(
                "round.unpublished", _("Only a closed round with a decision is published."), error=Conflict
            )
        return Verdict.yes()
    state = state_of(request, "publish")
    if not state:
        return state
    if request.decisions.filter(round__isnull=False, published_at__isnull=True).exists():
        return Verdict.no("tier.mismatch", _("This decision is published with its round."), error=Conflict)
    return Verdict.yes()


def could_close(round_: Round) -> Verdict:
    """Whether the numbers allow a close before any deadline: quorum at a meeting, every free seat by circulation."""
    numbers = facts.tally_of(round_)
    if round_.mode == Round.Mode.CIRCULATION:
        waiting = numbers.may_vote - numbers.voted
        if waiting:
            return Verdict.no("round.waiting", _still_to_vote(waiting), error=Conflict)
    if not numbers.has_quorum:
        return Verdict.no("round.quorum", _missing(numbers), error=Conflict)
    asked = nothing_asked(round_.request)
    return Verdict.yes(numbers) if asked else asked


def is_past_deadline(round_: Round, instant: datetime) -> bool:
    return round_.deadline_at is not None and instant >= round_.deadline_at


def _presides(user: User, round_: Round) -> Verdict:
    if facts.presiding_person(round_) != user.person_id:
        return Verdict.no("chair.only", _("Only the chair, or whoever stands in for the chair, does this."))
    return is_open(round_)


def _missing(numbers: Tally) -> str:
    return ngettext(
        "There is no quorum: %(count)s more vote is needed (%(voted)s of %(quorum)s).",
        "There is no quorum: %(count)s more votes are needed (%(voted)s of %(quorum)s).",
        numbers.missing,
    ) % {"count": numbers.missing, "voted": numbers.voted, "quorum": numbers.quorum}


def _still_to_vote(waiting: int) -> str:
    return ngettext(
        "%(count)s seat has not voted; before the deadline the round closes only when all have.",
        "%(count)s seats have not voted; before the deadline the round closes only when all have.",
        waiting,
    ) % {"count": waiting}
