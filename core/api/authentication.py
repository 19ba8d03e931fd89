"""Bearer tokens that expire. Only their digest is kept; the token itself is shown once (TRUST HD-05)."""

from datetime import datetime, timedelta
import hashlib
import secrets
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request

from core import clock
from core.api import scopes
from core.errors import NotAllowed
from core.models import ApiToken

KEYWORD = "Bearer"
LIFETIME = timedelta(hours=12)


def issue(user: Any, *, lifetime: timedelta = LIFETIME, **named: Any) -> tuple[str, datetime]:
    """A new token for this account and the instant it stops working; `named` gives it a name and scopes."""
    token = secrets.token_urlsafe(32)
    expires_at = clock.now() + lifetime
    ApiToken.objects.create(user=user, digest=digest_of(token), expires_at=expires_at, **named)
    return token, expires_at


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class ExpiringToken(BaseAuthentication):
    """`Authorization: Bearer <token>`. Expired, revoked, cut and invented tokens are refused in the same words."""

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != KEYWORD.lower().encode():
            return None
        token = words[1].decode("latin-1") if len(words) == 2 else ""
        found = ApiToken.objects.live(clock.now()).select_related("user__person").filter(digest=digest_of(token))
        kept = found.first()
        if kept is None:
            raise exceptions.AuthenticationFailed(_("Sign in first."))
        view = (request.parser_context or {}).get("view")
        area = type(view).__module__.partition(".")[0]
        if not scopes.allows(kept.scopes, method=str(request.method), area=area):
            raise NotAllowed("token.scope", _("This token was made for less than that."))
        if kept.last_used_on != clock.today():
            ApiToken.objects.filter(pk=kept.pk).update(last_used_on=clock.today())
        return kept.user, kept

    def authenticate_header(self, request: Request) -> str:
        return KEYWORD
