"""Rows locked until commit. What is read under the lock is what is judged and written (TRUST C1)."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import NotVisible
from funding.models import Decision, Envelope, FundingRequest, Round


def request_row(request_id: int, *, seen_by: User | None = None) -> FundingRequest:
    """The request, locked; `seen_by` limits it to what that person may see."""
    rows = FundingRequest.objects.visible_to(seen_by) if seen_by else FundingRequest.objects.all()
    found = (
        rows.select_for_update(of=("self",))
        .select_related("project", "department", "policy")
        .filter(pk=request_id)
        .first()
    )
    if found is None:
        raise NotVisible("request.none", _("There is no such request for you."))
    return found


def round_row(round_id: int) -> Round:
    """The round, locked: votes, recusals and the close of one round happen one after another."""
    found = (
        Round.objects.select_for_update(of=("self",))
        .select_related("request__project", "request__policy", "request_version", "rule", "body", "acting_chair")
        .filter(pk=round_id)
        .first()
    )
    if found is None:
        raise NotVisible("round.none", _("There is no such round for you."))
    return found


def decision_row(decision_id: int) -> Decision:
    found = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("request__project")
        .filter(pk=decision_id)
        .first()
    )
    if found is None:
        raise NotVisible("decision.none", _("There is no such decision for you."))
    return found


def envelope_row(envelope_id: int) -> Envelope | None:
    return Envelope.objects.select_for_update().filter(pk=envelope_id).first()


def request_of_round(round_id: int) -> int:
    """The key of a round's request, which is locked before the round itself."""
    found = Round.objects.filter(pk=round_id).values_list("request", flat=True).first()
    if found is None:
        raise NotVisible("round.none", _("There is no such round for you."))
    return found
