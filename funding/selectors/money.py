"""Envelopes with what is left in them, and decisions with what is left to commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, Model, OuterRef, Prefetch, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from funding import policies, wording
from funding.forms import CommitForm
from funding.models import Commitment, Decision, Envelope, Expenditure, FundingRequest, Release

ZERO = Value(Decimal("0.00"), output_field=DecimalField(max_digits=18, decimal_places=2))


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as the page shows it; `form` is there for whoever may commit its money now."""

    decision: Decision
    sentence: str
    commitments: Sequence[Commitment]
    committed: Decimal
    released: Decimal
    spent: Decimal
    left: Decimal
    form: CommitForm | None
    envelopes: Sequence[Envelope]


def sum_of(model: type[Model], column: str) -> Coalesce:
    """The sum of `amount` of a table's rows, by envelope or by decision, as a part of the outer query."""
    rows: Any = model._default_manager
    sums = rows.filter(**{column: OuterRef("pk")}).order_by().values(column).annotate(sum=Sum("amount"))
    return Coalesce(Subquery(sums.values("sum")), ZERO)


def envelopes() -> "QuerySet[Envelope]":
    """Every envelope with `committed` and `left`, in HK$. Envelopes are open to every signed-in person."""
    committed = Coalesce(Sum("commitments__amount"), ZERO)
    return (
        Envelope.objects.filter(amount__gt=0).annotate(committed=committed).annotate(left=F("amount") - F("committed"))
    )


def published_decisions() -> "QuerySet[Decision]":
    """Decisions in effect: open to every signed-in person, with their counts."""
    return Decision.objects.filter(published_at__isnull=False).select_related("request", "round", "request_version")


def decision_rows(
    user: User, request: FundingRequest, *, refused: tuple[int, CommitForm] | None = None
) -> list[DecisionRow]:
    """The decisions about one request, newest first, each with its sentence and its commitments.

    A decision that is not published yet is shown to those who may see its tally.
    """
    commitments = Prefetch("commitments", Commitment.objects.select_related("envelope"))
    joined = ("round", "decided_by", "published_by", "request_version", "delegation__proposed_by")
    found = request.decisions.select_related(*joined).prefetch_related(commitments)
    found = found.annotate(released=sum_of(Release, "decision"), spent=sum_of(Expenditure, "decision"))
    return [_row(user, decision, refused) for decision in found.order_by("-decided_at") if _is_open_to(user, decision)]


def _is_open_to(user: User, decision: Decision) -> bool:
    if decision.published_at is not None or decision.round is None:
        return True
    return bool(policies.can_see_tally(user, decision.round))


def _row(user: User, decision: Any, refused: tuple[int, CommitForm] | None) -> DecisionRow:
    commitments = list(decision.commitments.all())
    committed = sum((row.amount for row in commitments), Decimal("0.00"))
    left = decision.amount - committed
    form = None
    if refused and refused[0] == decision.pk:
        form = refused[1]
    elif left > 0 and policies.can_commit(user, decision):
        form = CommitForm(initial={"amount": left})
    sentence = wording.result_sentence(decision.round.result) if decision.round else ""
    return DecisionRow(
        decision=decision,
        sentence=sentence,
        commitments=commitments,
        committed=committed,
        released=decision.released,
        spent=decision.spent,
        left=left,
        form=form,
        envelopes=list(envelopes()) if form else (),
    )
