"""Tokens of programs: made by their account with a name, scopes and an end; shown once; revoked at any time."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger
from core.api import authentication
from core.api.scopes import SCOPES
from core.errors import Conflict, InvalidInput, NotVisible
from core.models import ApiToken

MOST_LIVE = 20
LONGEST_DAYS = 365


@transaction.atomic
def make_token(*, actor: User, name: str, scopes: Sequence[str], days: int) -> tuple[ApiToken, str]:
    """A new token and its text, which nobody can read again."""
    if not scopes or not set(scopes) <= set(SCOPES):
        message = _("Choose what the token may be used for.")
        raise InvalidInput("choice.invalid", message, fields={"scopes": [message]})
    if not 1 <= days <= LONGEST_DAYS:
        message = _("A token lasts from 1 to %(most)s days.") % {"most": LONGEST_DAYS}
        raise InvalidInput("token.days", message, fields={"days": [message]})
    User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    if ApiToken.objects.live(clock.now()).filter(user=actor).exclude(name="").count() >= MOST_LIVE:
        raise Conflict("token.max", _("An account has at most %(most)s tokens at once.") % {"most": MOST_LIVE})
    kept = sorted(set(scopes), key=SCOPES.index)
    secret, _until = authentication.issue(actor, lifetime=timedelta(days=days), name=name, scopes=kept)
    token = ApiToken.objects.get(digest=authentication.digest_of(secret))
    facts: dict[str, ledger.Fact] = {"token": token.pk, "scopes": list(kept), "days": days}
    ledger.record("token.made", actor=actor, subject=actor, facts=facts)
    return token, secret


@transaction.atomic
def revoke_token(*, actor: User, token_id: int) -> ApiToken:
    """From the next request on it opens nothing. Again is the same as once."""
    token = ApiToken.objects.select_for_update().filter(user=actor, pk=token_id).exclude(name="").first()
    if token is None:
        raise NotVisible("not_found", _("There is no such thing, or you may not see it."))
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        ledger.record("token.revoked", actor=actor, subject=actor, facts={"token": token.pk})
    return token
