"""Envelopes with what is left in them, and decisions with what is left to commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from funding import policies, wording
from funding.forms import CommitForm
from funding.models import Commitment, Decision, Envelope, FundingRequest

ZERO = Value(Decimal("0.00"), output_field=DecimalField(max_digits=18, decimal_places=2))


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as the page shows it; `form` is there for whoever may commit its money now."""

    decision: Decision
    sentence: str
    commitments: Sequence[Commitment]
    left: Decimal
    form: CommitForm | None
    envelopes: Sequence[Envelope]


def envelopes() -> "QuerySet[Envelope]":
    """Every envelope with `committed` and `left`, in HK$. Envelopes are open to every signed-in person."""
    committed = Coalesce(Sum("commitments__amount"), ZERO)
    return Envelope.objects.annotate(committed=committed).annotate(left=F("amount") - F("committed"))


def published_decisions() -> "QuerySet[Decision]":
    """Decisions in effect: open to every signed-in person, with their counts."""
    return Decision.objects.filter(published_at__isnull=False).select_related("request", "round")


def decision_rows(
    user: User, request: FundingRequest, *, refused: tuple[int, CommitForm] | None = None
) -> list[DecisionRow]:
    """The decisions about one request, newest first, each with its sentence and its commitments.

    A decision that is not published yet is shown to those who may see its tally.
    """
    found = request.decisions.select_related("round", "decided_by", "published_by").prefetch_related(
        "commitments__envelope", "commitments__committed_by"
    )
    return [_row(user, decision, refused) for decision in found.order_by("-decided_at") if _is_open_to(user, decision)]


def _is_open_to(user: User, decision: Decision) -> bool:
    if decision.published_at is not None or decision.round is None:
        return True
    return bool(policies.can_see_tally(user, decision.round))


def _row(user: User, decision: Decision, refused: tuple[int, CommitForm] | None) -> DecisionRow:
    commitments = list(decision.commitments.all())
    left = decision.amount - sum((row.amount for row in commitments), Decimal("0.00"))
    form = None
    if refused and refused[0] == decision.pk:
        form = refused[1]
    elif left > 0 and policies.can_commit(user, decision):
        form = CommitForm(initial={"amount": left})
    sentence = wording.result_sentence(decision.round.result) if decision.round else ""
    return DecisionRow(decision, sentence, commitments, left, form, list(envelopes()) if form else ())
