"""Tokens and the calendar's address over the API: the services of the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.scopes import SCOPES
from core.api.serializers import In, LineIn, Out
from core.api.views import KeepsNoAnswer, RegisterViewSet, command
from core.models import ApiToken
from exchange import services


class NewTokenIn(In):
    name = LineIn(max_length=60, help_text="What it is for.")
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=SCOPES), min_length=1, max_length=len(SCOPES))
    days = serializers.IntegerField(min_value=1, max_value=365, default=90)


class NamedTokenOut(Out):
    id = serializers.IntegerField()
    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    last_used_on = serializers.DateField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)


class NewTokenOut(NamedTokenOut):
    token = serializers.CharField(help_text="Shown once. Send it as: Authorization: Bearer <token>.")


class TokenViewSet(RegisterViewSet):
    """The caller's named tokens. A token that has scopes makes no others."""

    serializer_class = NamedTokenOut
    rows = ApiToken.objects.exclude(name="")
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> Any:
        fake = getattr(self, "swagger_fake_view", False)
        return self.rows.none() if fake else self.rows.filter(user=self.actor)

    @extend_schema(request=NewTokenIn, responses={201: NewTokenOut})
    def create(self, request: Request) -> Response:
        """No Idempotency-Key: its answer would be kept, and the token with it."""
        reader = NewTokenIn(data=request.data)
        reader.is_valid(raise_exception=True)
        token, secret = services.make_token(actor=self.actor, **reader.validated_data)
        shown = NamedTokenOut(token).data | {"token": secret}
        return Response(shown, status=201, headers={"Cache-Control": "no-store"})

    @command(request=None, response=NamedTokenOut)
    def revoke(self, thing: ApiToken, data: dict[str, Any]) -> ApiToken:
        return services.revoke_token(actor=self.actor, token_id=thing.pk)


class CalendarOut(Out):
    address = serializers.CharField(help_text="Path of the calendar; shown once.")


class CalendarView(KeepsNoAnswer):
    """The secret address of the caller's calendar: a new one takes the place of the last."""

    @extend_schema(request=None, responses={201: CalendarOut}, operation_id="calendar_renew")
    def post(self, request: Request) -> Response:
        secret = services.renew_feed(actor=request.user)  # type: ignore[arg-type] # signed in
        address = {"address": f"/exchange/calendar/{secret}.ics"}
        return Response(address, status=201, headers={"Cache-Control": "no-store"})

    @extend_schema(request=None, responses={204: None}, operation_id="calendar_revoke")
    def delete(self, request: Request) -> Response:
        services.revoke_feed(actor=request.user)  # type: ignore[arg-type] # signed in
        return Response(status=204)
