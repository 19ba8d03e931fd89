"""Where departments' systems send their readings by themselves, signed (issue 5, point 4)."""

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from core import audit, params
from core.api.views import KeepsNoAnswer
from core.errors import DomainError, NotAuthentic, TooLarge, TooMany, UnsupportedType
from kpis import services
from kpis.api import push_serializers as shapes
from kpis.rules import signing
from kpis.services.pushes import Signed

LARGEST_PUSH = 256 * 1024  # TRUST 4.0
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
HEADERS = [
    OpenApiParameter(ID, OpenApiTypes.STR, OpenApiParameter.HEADER, pattern="^[A-Za-z0-9_-]{1,100}$"),
    OpenApiParameter(TIMESTAMP, OpenApiTypes.STR, OpenApiParameter.HEADER, description="Seconds since 1970."),
    OpenApiParameter(SIGNATURE, OpenApiTypes.STR, OpenApiParameter.HEADER, description="v1,<Base64 of HMAC-SHA-256>"),
]
WATCHED = frozenset({"idempotency.mismatch", "scope"})  # refused by these, a signed push is worth a look


class TooOften(TooMany):
    retry_after = 60


class PushView(KeepsNoAnswer):
    """Takes a batch of readings from a source's own system. The signature is the only way in; no login helps."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        request=shapes.PushIn,
        responses=dict.fromkeys((200, 201, 202), shapes.PushReceiptOut),
        parameters=HEADERS,
        auth=[],
        operation_id="sources_push_create",
    )
    def post(self, request: Request, reference: str) -> Response:
        """Store what can be stored, once for the id that the sender gave it.

        201: something was verified. 202: all that is new waits for a person. 200: nothing was new, or this id
        came before and its receipt is given again. Readings that cannot be taken are listed by their place.
        """
        http: HttpRequest = request._request
        params.refuse_unknown(http.GET, frozenset())
        signed = self._signed(http, reference, _body(http))
        if not ratelimit.consume(http, action="push", key=signed.source.reference):
            raise TooOften("push.limit", _("This source sends too often. Wait a minute."))
        try:
            outcome = services.receive(signed=signed)
        except DomainError as error:
            if error.code in WATCHED:
                audit.refused(signed.source, f"push.{error.code}")
            raise
        if outcome.is_foreign:
            audit.refused(signed.source, "push.scope")
        headers = {"Idempotent-Replay": "true"} if outcome.is_replay else {}
        return Response(outcome.answer, status=outcome.status, headers=headers)

    def _signed(self, http: HttpRequest, reference: str, body: bytes) -> Signed:
        push_id, timestamp, signature = (http.headers.get(name, "") for name in (ID, TIMESTAMP, SIGNATURE))
        push = signing.sending(push_id, timestamp, signature, body)
        try:
            return services.signer(push, reference=reference)
        except NotAuthentic:
            if not ratelimit.consume(http, action="push_refused"):
                raise TooOften("push.limit", _("Too many unsigned pushes from this place. Wait a minute.")) from None
            if push is not None:
                audit.refused(None, "push.signature")
            raise

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        if response.status_code == 401:
            response["WWW-Authenticate"] = "Signature"
        return response


def _body(http: HttpRequest) -> bytes:
    """The raw body, once: JSON, as it is, and not larger than a push may be."""
    if http.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise UnsupportedType("content_encoding.unsupported", _("Send the body as it is, not compressed."))
    if http.content_type != "application/json":
        raise UnsupportedType("content_type.unsupported", _("Send the body as application/json."))
    announced: Any = http.META.get("CONTENT_LENGTH") or "0"
    if int(announced) > LARGEST_PUSH or len(http.body) > LARGEST_PUSH:
        raise TooLarge("body.max", _("A push is at most 256 kB."))
    return http.body
