"""Rows locked until commit. What is read under the lock is what is judged and written (TRUST C1)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import NotVisible
from funding import ballots, money_facts
from funding.ballots import Ballot
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


def ballot(round_id: int, *, actor: User) -> Ballot:
    """What the actor's vote is judged by, read once the round is locked as `round_row` locks it."""
    found = ballots.read(round_id, actor.person_id, locked=True)
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


def money_row(decision_id: int) -> Decision:
    """The decision, locked for its money: after the first decision of its family, whose sums are judged together.

    The first is always the older of the two, so decisions are locked in the order of their keys.
    """
    first = money_facts.first_of(decision_id)
    if first != decision_id:
        decision_row(first)
    return decision_row(decision_id)


def money_rows(decision_ids: Iterable[int]) -> dict[int, Decision]:
    """Several decisions with the first of each family, locked in the order of their keys."""
    keys = set(decision_ids)
    return {key: decision_row(key) for key in sorted(keys | {money_facts.first_of(key) for key in keys})}


def envelope_row(envelope_id: int) -> Envelope | None:
    return Envelope.objects.select_for_update().filter(pk=envelope_id).first()


def envelope(envelope_id: int) -> Envelope:
    """The envelope, locked, for acts that cannot go on without it."""
    found = envelope_row(envelope_id)
    if found is None:
        raise NotVisible("envelope.none", _("There is no such envelope."))
    return found


def envelopes(*envelope_ids: int) -> list[Envelope]:
    """Several envelopes, locked in the order of their keys, so that no two acts wait for each other."""
    found = {key: envelope(key) for key in sorted(set(envelope_ids))}
    return [found[key] for key in envelope_ids]


def request_of_round(round_id: int) -> int:
    """The key of a round's request, which is locked before the round itself."""
    found = Round.objects.filter(pk=round_id).values_list("request", flat=True).first()
    if found is None:
        raise NotVisible("round.none", _("There is no such round for you."))
    return found
