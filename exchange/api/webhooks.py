"""Webhooks over the API: the services of the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.serializers import In, LineIn, Out
from core.api.views import RegisterViewSet, command
from core.models import OutboxMessage
from exchange import services
from exchange.models import Webhook
from exchange.rules.events import EVENTS
from exchange.services.telling import messages_of


class WebhookIn(In):
    name = LineIn(max_length=120)
    url = LineIn(max_length=500)
    networks = serializers.ListField(child=LineIn(max_length=60), min_length=1, max_length=20)
    events = serializers.ListField(child=serializers.ChoiceField(choices=list(EVENTS)), min_length=1, max_length=50)


class WebhookOut(Out):
    reference = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField()
    networks = serializers.ListField(child=serializers.CharField())
    events = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(choices=Webhook.State.choices)
    owner = serializers.CharField(source="owner.username")
    proposed_at = serializers.DateTimeField()
    approved_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class NewWebhookOut(WebhookOut):
    secret = serializers.CharField(help_text="Signs every delivery. Shown once.")


class AgainIn(In):
    message = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="Its number among the messages.")


class MessageOut(Out):
    """What was sent, or is to be. Each is tried eight times with growing pauses; then it is given up."""

    number = serializers.IntegerField(source="pk")
    event = serializers.CharField(source="payload.told.event")
    subject = serializers.CharField(source="payload.told.subject")
    created_at = serializers.DateTimeField()
    attempts = serializers.IntegerField()
    last_error = serializers.CharField(help_text="Of the last try that failed; empty for none.")
    delivered_at = serializers.DateTimeField(allow_null=True)
    given_up_at = serializers.DateTimeField(source="parked_at", allow_null=True)


class WebhookViewSet(RegisterViewSet):
    """Addresses of other systems that are told of acts as far as their owner sees them."""

    rows = Webhook.objects
    serializer_class = WebhookOut
    paged = frozenset({"messages"})

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("owner")

    @extend_schema(request=WebhookIn, responses={201: NewWebhookOut})
    def create(self, request: Request) -> Response:
        """No Idempotency-Key: its answer would be kept, and the secret with it."""
        reader = WebhookIn(data=request.data)
        reader.is_valid(raise_exception=True)
        webhook, secret = services.propose(actor=self.actor, **reader.validated_data)
        shown = WebhookOut(webhook).data | {"secret": secret}
        return Response(shown, status=201, headers={"Cache-Control": "no-store"})

    @command(request=None, response=WebhookOut)
    def approve(self, thing: Webhook, data: dict[str, Any]) -> Webhook:
        return services.approve(actor=self.actor, webhook_id=thing.pk)

    @command(request=None, response=WebhookOut)
    def end(self, thing: Webhook, data: dict[str, Any]) -> Webhook:
        return services.end(actor=self.actor, webhook_id=thing.pk)

    @command(request=None, response=WebhookOut, status=202)
    def ping(self, thing: Webhook, data: dict[str, Any]) -> Webhook:
        return services.ping(actor=self.actor, webhook_id=thing.pk)

    @extend_schema(request=None, responses={200: NewWebhookOut})
    @action(detail=True, methods=["post"], url_path="renew-secret")
    def renew_secret(self, request: Request, reference: str) -> Response:
        """A new secret in place of the old one, shown in this answer alone: no Idempotency-Key keeps it."""
        self._read(None)
        webhook, secret = services.renew_secret(actor=self.actor, webhook_id=self.get_object().pk)
        return Response(WebhookOut(webhook).data | {"secret": secret}, headers={"Cache-Control": "no-store"})

    @extend_schema(responses=MessageOut(many=True))
    @action(detail=True, methods=["get"], filter_backends=[])
    def messages(self, request: Request, reference: str) -> Response:
        """What was sent to it or waits for it, newest first."""
        page = self.paginate_queryset(messages_of(self.get_object()))
        return self.get_paginated_response(MessageOut(page, many=True).data)

    @command(request=AgainIn, response=MessageOut, status=202)
    def send_again(self, thing: Webhook, data: dict[str, Any]) -> OutboxMessage:
        """One that was given up is tried again, from the first time on."""
        return services.send_again(actor=self.actor, webhook_id=thing.pk, message_id=data["message"])
