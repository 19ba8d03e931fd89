"""Getting and giving back a program's token."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from core.api import authentication
from core.api.serializers import In, LineIn, Out
from core.api.views import KeepsNoAnswer
from core.errors import DomainError, NotAllowed
from core.models import ApiToken


class Refused(DomainError):
    """Name and password do not belong together; the words never say which is wrong."""

    status = 401


class CredentialsIn(In):
    username = LineIn(max_length=150)
    password = serializers.CharField(max_length=200, trim_whitespace=False, style={"input_type": "password"})


class TokenOut(Out):
    token = serializers.CharField(help_text="Shown once. Send it as: Authorization: Bearer <token>.")
    expires_at = serializers.DateTimeField()


class TokenView(KeepsNoAnswer):
    """A token for 12 hours, for programs of one person. Disabled accounts get none."""

    def get_permissions(self) -> Any:
        return [AllowAny()] if self.request.method == "POST" else super().get_permissions()

    def get_authenticators(self) -> list[Any]:
        return [] if self.request is None or self.request.method == "POST" else super().get_authenticators()

    @extend_schema(request=CredentialsIn, responses={201: TokenOut}, auth=[], operation_id="auth_token_create")
    def post(self, request: Request) -> Response:
        reader = CredentialsIn(data=request.data)
        reader.is_valid(raise_exception=True)
        name, password = reader.validated_data["username"], reader.validated_data["password"]
        user = get_adapter(request._request).authenticate(request._request, username=name, password=password)
        if user is None:
            raise Refused("login.refused", _("This name and password do not belong together."))
        token, expires_at = authentication.issue(user)
        shown = TokenOut({"token": token, "expires_at": expires_at}).data
        return Response(shown, status=201, headers={"Cache-Control": "no-store"})

    @extend_schema(request=None, responses={204: None}, operation_id="auth_token_destroy")
    def delete(self, request: Request) -> Response:
        """Revoke the token this request was made with."""
        if not isinstance(request.auth, ApiToken):
            raise NotAllowed("token.missing", _("Only a token can be revoked, and this request used none."))
        ApiToken.objects.filter(pk=request.auth.pk).update(revoked_at=clock.now())
        return Response(status=204)
