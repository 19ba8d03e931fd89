"""What must hold in every database at every commit (TRUST 1, I1 to I5). Each finding is one sentence for operators."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Q
from django.utils.module_loading import import_string

from funding import facts, money_invariants
from funding.models import (
    FinanceCommitteeEntry,
    FundingRequest,
    Outcome,
    Recusal,
    RequestStatus,
    Round,
    RoundStatus,
    Vote,
)
from funding.rules import finance_committee, tally, tiers
from funding.rules.finance_committee import Counts
from funding.services.closing import result_of

DECIDED = (RequestStatus.DECIDED, RequestStatus.PUBLISHED)

_paths: list[str] = []


def register(path: str) -> None:
    """Add the check at a dotted path of an app above this one: it yields a sentence for each finding."""
    _paths.append(path)


def check() -> list[str]:
    """Every broken invariant, in words. An empty list is the only good answer."""
    return [
        *decisions_follow_from_votes(),
        *decisions_follow_from_the_finance_committee(),
        *tiers_follow_from_amounts(),
        *votes_are_entitled(),
        *closed_is_closed(),
        *money_invariants.check(),
        *(finding for path in _paths for finding in import_string(path)()),
    ]


def decisions_follow_from_votes() -> Iterator[str]:
    """I1: one decision for each decided request, none for others, worked out again from its votes. I5: with quorum."""
    for request in FundingRequest.objects.annotate(found=Count("decisions", filter=Q(decisions__entry__isnull=True))):
        expected = 1 if request.status in DECIDED else 0
        if request.found != expected:
            yield f"I1: {request.reference} is {request.status} and has {request.found} decisions."
    for round_ in Round.objects.filter(decision__isnull=False).select_related("rule", "decision__request"):
        decision = round_.decision
        again = _recount(round_)
        if not again.has_quorum:
            yield f"I5: {decision.request.reference} was decided by {again.voted} of a quorum of {again.quorum}."
        carried = decision.outcome in (Outcome.APPROVED, Outcome.RECOMMENDED)
        if carried != (again.finding is tally.Finding.CARRIED) or decision.outcome != round_.outcome:
            yield f"I1: {decision.request.reference} is {decision.outcome}, but its votes say {again.finding}."


def decisions_follow_from_the_finance_committee() -> Iterator[str]:
    """I1: what the Legislative Council decided is what two persons agreed on and what its counts say."""
    rows = FinanceCommitteeEntry.objects.filter(decision__isnull=False)
    for entry in rows.select_related("decision__request", "verdict", "rule", "item__recommendation__round"):
        decision, verdict = entry.decision, getattr(entry, "verdict", None)
        counts = Counts(entry.present, entry.votes_for, entry.votes_against, entry.abstained, entry.casting)
        agreed = verdict is not None and verdict.verdict == "confirmed" and verdict.by_id != entry.recorded_by_id
        follows = not finance_committee.fault(entry.outcome, counts, facts.voting_rule(entry.rule))
        same = (decision.outcome, decision.amount) == (entry.outcome, entry.amount)
        if not (agreed and follows and same and entry.amount <= entry.item.recommendation.granted):
            yield f"I1: {decision.request.reference} was decided otherwise than the Finance Committee's record says."


def tiers_follow_from_amounts() -> Iterator[str]:
    """I2: the stored tier is that of the stored assessed amount under its policy, unless raised for a reason."""
    routed = FundingRequest.objects.filter(first_submitted_at__isnull=False).select_related("policy")
    for request in routed.prefetch_related("policy__lines"):
        lines = facts.tier_lines(request.policy) if request.policy else []
        expected = tiers.tier_for(request.assessed_amount, lines).tier
        if request.raised and expected == tiers.DEPARTMENT:
            expected = tiers.WORKING_GROUP
        if request.tier != expected:
            yield f"I2: {request.reference} of {request.assessed_amount} is at {request.tier}, not {expected}."
    for request in routed.filter(rounds__status=RoundStatus.OPEN).exclude(status=RequestStatus.DECIDING):
        yield f"I2: {request.reference} has an open round but is {request.status}."


def votes_are_entitled() -> Iterator[str]:
    """I3: votes on the motion of their round, by the person of the seat, none standing that is recused, no gap."""
    strangers = Vote.objects.exclude(person=F("roll_seat__holder")).exclude(
        person=F("roll_seat__alternate"), roll_seat__alternate__isnull=False
    )
    for vote in strangers:
        yield f"I3: vote {vote.pk} was cast by somebody who does not hold its seat."
    for vote in Vote.objects.exclude(motion_digest=F("round__motion_digest")):
        yield f"I3: vote {vote.pk} is on another motion than its round."
    counted = Vote.objects.order_by().values("roll_seat").annotate(n=Count("pk"), last=Max("revision"))
    for gap in counted.exclude(n=F("last")):
        yield f"I3: the votes of roll seat {gap['roll_seat']} have a gap."
    standing = Vote.objects.standing().order_by().values("roll_seat").annotate(n=Count("pk"))
    for twice in standing.filter(n__gt=1):
        yield f"I3: roll seat {twice['roll_seat']} has {twice['n']} standing votes."
    for vote in Vote.objects.filter(round__recusals__person=F("person"), cast_at__gt=F("round__recusals__at")):
        yield f"I3: vote {vote.pk} was cast after its voter was recused."
    recused = Recusal.objects.filter(person=F("roll_seat__holder"), roll_seat__is_recused=False)
    for recusal in recused:
        yield f"I3: recusal {recusal.pk} does not recuse its seat."


def closed_is_closed() -> Iterator[str]:
    """I4: no vote after the close or the deadline of its round, and the stored tally is that of the standing votes."""
    late = Q(cast_at__gt=F("round__closed_at")) | Q(cast_at__gte=F("round__deadline_at"))
    for vote in Vote.objects.filter(late):
        yield f"I4: vote {vote.pk} came after its round had ended."
    for round_ in Round.objects.exclude(result={}).select_related("rule"):
        if result_of(round_, _recount(round_), _casting(round_)) != round_.result:
            yield f"I4: round {round_.pk} stored another tally than its votes give."


def _recount(round_: Round) -> tally.Tally:
    return facts.tally_of(round_, casting=_casting(round_))


def _casting(round_: Round) -> tally.Choice | None:
    said = round_.result.get("casting")
    return tally.Choice(said) if said else None
