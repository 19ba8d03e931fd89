"""How allauth behaves here: nobody signs up, and a person's language follows them to a new browser."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core.errors import TooMany


class ClosedSignUp(DefaultAccountAdapter):
    """Accounts are made by an administrator's invitation."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by name and place together, so nobody locks a person out from elsewhere (T30)."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            message = _("Too many wrong passwords from this place. Wait 15 minutes, then try again.")
            raise TooMany("login.limit", message) from error

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        name = str(credentials.get("email") or credentials.get("username") or "").lower()
        return f"{name}@{self.get_client_ip(request)}"

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """A language chosen in this browser stands; else the one the account last chose."""
        response = super().post_login(request, user, **kwargs)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
            )
        return response
