"""What must hold of money at every commit (FEATURES C12). Each finding is one sentence for operators."""

from collections.abc import Iterator

from django.db.models import F, Q, Sum

from funding.models import BudgetLine, Commitment, Decision, Envelope, Release
from funding.rules.spending import ZERO


def check() -> Iterator[str]:
    yield from envelopes_hold_what_was_voted()
    yield from nothing_is_overdrawn()
    yield from budgets_are_whole()


def envelopes_hold_what_was_voted() -> Iterator[str]:
    """What is allocated is the sum of approved votes, and what is committed is never more."""
    voted = Sum("votes__amount", filter=Q(votes__status="approved"))
    for envelope in Envelope.objects.annotate(voted=voted).exclude(amount=F("voted")).exclude(amount=ZERO, voted=None):
        yield f"M1: envelope {envelope.code} holds {envelope.amount}, but {envelope.voted or ZERO} was voted."
    for full in Envelope.objects.annotate(held=Sum("commitments__amount")).filter(held__gt=F("amount")):
        yield f"M2: envelope {full.code} of {full.amount} has {full.held} committed."


def nothing_is_overdrawn() -> Iterator[str]:
    """Committed is never above the decision, released never above what is committed in its envelope."""
    for decision in Decision.objects.annotate(held=Sum("commitments__amount")).filter(held__gt=F("amount")):
        yield f"M2: decision {decision.pk} of {decision.amount} has {decision.held} committed."
    pairs = Commitment.objects.order_by().values("decision", "envelope").annotate(sum=Sum("amount"))
    held = {(row["decision"], row["envelope"]): row["sum"] for row in pairs}
    released = Release.objects.order_by().values("decision", "envelope").annotate(sum=Sum("amount"))
    for row in released:
        if row["sum"] > held.get((row["decision"], row["envelope"]), ZERO):
            yield f"M3: decision {row['decision']} released {row['sum']} from envelope {row['envelope']}."


def budgets_are_whole() -> Iterator[str]:
    """Budget lines always add up to the amount of their decision."""
    sums = BudgetLine.objects.order_by().values("decision", "decision__amount").annotate(sum=Sum("amount"))
    for row in sums.exclude(sum=F("decision__amount")):
        yield f"M4: the budget of decision {row['decision']} is {row['sum']}, not {row['decision__amount']}."
