"""Votes of money: what an envelope of one financial year holds, made by two persons (DESIGN 4)."""

from decimal import Decimal
import re

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, NotVisible, Unprocessable
from core.simplified import simplified
from core.text import is_blank
from funding import policies
from funding.models import Envelope, EnvelopeVote
from funding.services import dated, locks, proposals
from funding.services.money import MOST, judge_amount

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
FIRST_YEAR, LAST_YEAR = 2020, 2098


@transaction.atomic
def propose_envelope(
    *, actor: User, code: str, name_en: str, name_zh_hant: str, financial_year: int, amount: Decimal, source: str
) -> EnvelopeVote:
    """Propose the first vote of money into a new envelope. It holds nothing until a second person approves."""
    policies.can_vote_money(actor).or_raise()
    if not CODE.fullmatch(code) or len(code) > 40:
        message = _("Small letters, digits and single dashes make a code, for example “ai-2026-27”.")
        raise InvalidInput("code.format", message, fields={"code": [message]})
    if is_blank(name_en):
        message = _("Give the envelope a name.")
        raise InvalidInput("blank", message, fields={"name_en": [message]})
    if not FIRST_YEAR <= financial_year <= LAST_YEAR:
        message = _("There is no such financial year here.")
        raise Unprocessable("year.range", message, fields={"financial_year": [message]})
    if Envelope.objects.filter(code=code).exists():
        message = _("There is already an envelope with this code.")
        raise Conflict("envelope.code_taken", message, fields={"code": [message]})
    envelope = Envelope.objects.create(
        code=code,
        name_en=name_en,
        name_zh_hant=name_zh_hant,
        name_zh_hans=simplified(name_zh_hant),
        financial_year=financial_year,
        amount=Decimal("0.00"),
        source=source,
    )
    return _propose(envelope, actor=actor, amount=amount, source=source)


@transaction.atomic
def propose_vote(*, actor: User, envelope_id: int, amount: Decimal, source: str) -> EnvelopeVote:
    """Propose more money into an envelope that there is."""
    policies.can_vote_money(actor).or_raise()
    return _propose(locks.envelope(envelope_id), actor=actor, amount=amount, source=source)


@transaction.atomic
def approve_vote(*, actor: User, vote_id: int) -> EnvelopeVote:
    """The envelope holds this much more from now on."""
    vote = _locked(vote_id)
    policies.can_approve_money(actor, vote).or_raise()
    if vote.envelope.amount + vote.amount >= MOST:
        message = _("An envelope can hold at most 12 digits before the decimal point.")
        raise Conflict("envelope.too_large", message)
    proposals.approve(vote, actor=actor)
    envelope = vote.envelope
    envelope.amount += vote.amount
    envelope.save(update_fields=["amount"])
    ledger.record("envelope.voted", actor=actor, subject=envelope, facts=_told(vote))
    return vote


@transaction.atomic
def withdraw_vote(*, actor: User, vote_id: int, reason: str) -> EnvelopeVote:
    vote = _locked(vote_id)
    proposals.withdraw(vote, actor=actor, reason=reason)
    ledger.record("envelope.withdrawn", actor=actor, subject=vote.envelope, facts=_told(vote) | {"reason": reason})
    return vote


def _propose(envelope: Envelope, *, actor: User, amount: Decimal, source: str) -> EnvelopeVote:
    judge_amount(amount)
    dated.refuse_unsourced(source)
    vote = EnvelopeVote.objects.create(
        envelope=envelope, amount=amount, source=source, proposed_by=actor.person, proposed_at=clock.now()
    )
    ledger.record("envelope.proposed", actor=actor, subject=envelope, facts=_told(vote))
    return vote


def _locked(vote_id: int) -> EnvelopeVote:
    """The vote with its envelope, the envelope locked first: as everywhere, sums are judged under that lock."""
    envelope_id = EnvelopeVote.objects.filter(pk=vote_id).values_list("envelope", flat=True).first()
    if envelope_id is None:
        raise NotVisible("vote.none", _("There is no such vote of money."))
    envelope = locks.envelope(envelope_id)
    vote = EnvelopeVote.objects.select_for_update(of=("self",)).get(pk=vote_id)
    vote.envelope = envelope
    return vote


def _told(vote: EnvelopeVote) -> dict[str, ledger.Fact]:
    return {
        "vote": vote.pk,
        "financial_year": vote.envelope.financial_year,
        "amount": str(vote.amount),
        "source": vote.source,
    }
