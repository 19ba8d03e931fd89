"""Base of every API view: rows from `visible_to`, commands that call the same services as the pages.

class RoundViewSet(RegisterViewSet):
    rows = Round.objects
    serializer_class = RoundOut

    @command(request=VoteIn, response=VoteOut, status=201)
    def vote(self, thing: Round, data: dict[str, Any]) -> Vote:
        return cast_vote(actor=self.actor, round_id=thing.pk, **data)
"""

from collections.abc import Callable
from functools import wraps
import json
import re
from typing import Any, ClassVar

from django.db.models import Manager, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from core import as_at, params
from core.api.serializers import In
from core.errors import InvalidInput, PreconditionNeeded, Stale
from core.idempotency import Answer, run_once

Method = Callable[..., Any]
Serializer = type[serializers.Serializer]

ETAG = re.compile(r'"([0-9]{1,9})"', re.ASCII)
PAGES = frozenset({"page", "page_size", "cursor"})
PAGING = PAGES | {"ordering"}
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, pattern="^[!-~]{1,100}$"
)
IF_MATCH = OpenApiParameter("If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True)


class RegisterViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet):
    """Lists and shows what `rows.visible_to(user)` gives, and nothing else.

    `filterset_class` and `ordering_fields` name every parameter of the list; `parameters` adds those the
    view reads itself (such as `as_at`), `paged` names its other actions that answer in pages. Any other one is refused.
    """

    rows: ClassVar[Any]
    lookup_field = "reference"
    lookup_value_regex = r"[A-Za-z0-9_-]{1,60}"
    ordering_fields: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[frozenset[str]] = frozenset()
    repeatable: ClassVar[frozenset[str]] = frozenset()
    paged: ClassVar[frozenset[str]] = frozenset()
    known_then: ClassVar[bool] = False  # whether lists and records answer `?as_at=`
    expected_version: int = 0  # what If-Match named, for services that compare under their lock

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        params.refuse_unknown(request.query_params, self._known_parameters())
        if not getattr(getattr(self, self.action or "", None), "takes_key", False):
            refuse_key(request)

    def _known_parameters(self) -> frozenset[str]:
        timed = frozenset({as_at.PARAMETER} if self.reads_the_past else ())
        if self.action in self.paged:
            return self.parameters | timed | PAGES
        if self.action != "list":
            return self.parameters | timed
        filterset = getattr(self, "filterset_class", None)
        return self.parameters | timed | PAGING | frozenset(filterset.base_filters if filterset else ())

    @property
    def reads_the_past(self) -> bool:
        return self.known_then and self.action in {"list", "retrieve"}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with as_at.reading(self._moment(request)):
            return super().list(request, *args, **kwargs)

    @property
    def actor(self) -> Any:
        return self.request.user

    def get_queryset(self) -> "QuerySet[Any]":
        rows: Any = self.rows.all() if isinstance(self.rows, Manager) else self.rows
        return rows.none() if getattr(self, "swagger_fake_view", False) else rows.visible_to(self.request.user)

    def filter_queryset(self, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Filters and order are the list's; one record is found by its reference alone."""
        return queryset if self.detail else super().filter_queryset(queryset)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with as_at.reading(self._moment(request)):
            thing = self.get_object()
            return Response(self.get_serializer(thing).data, headers=etag(thing))

    def _moment(self, request: Request) -> as_at.Moment | None:
        return as_at.asked(request.query_params) if self.known_then else None

    def perform_command(self, rule: "_Rule", method: Method, thing: Any) -> Response:
        """Read the body, then do the work: once, when an Idempotency-Key says which sending this is."""
        http = self.request
        data = self._read(rule.request)
        key = http.headers.get("Idempotency-Key")

        def work() -> Answer:
            if rule.needs_match:
                self.expected_version = matched_version(http, thing)
            made = method(self, *([] if thing is None else [thing]), data)
            return self._answer(rule, made)

        if key is None:
            answer = work()
        else:
            purpose, sent = f"{http.method} {http.path}", sent_as(http)
            answer, _was_repeat = run_once(sender=self.actor, key=key, purpose=purpose, body=sent, work=work)
        return Response(answer["body"], status=answer["status"], headers=answer["headers"])

    def _read(self, wanted: type[In] | None) -> dict[str, Any]:
        partial = self.request.method == "PATCH"
        reader = (wanted or In)(data=self.request.data, partial=partial, context=self.get_serializer_context())
        reader.is_valid(raise_exception=True)
        return dict(reader.validated_data)

    def _answer(self, rule: "_Rule", made: Any) -> Answer:
        if rule.response is None:
            return {"status": rule.status, "body": None, "headers": {}}
        shown = rule.response(made, context=self.get_serializer_context()).data
        return {"status": rule.status, "body": json.loads(JSONRenderer().render(shown)), "headers": etag(made)}


class KeepsNoAnswer(APIView):
    """A view outside the registers whose acts take no Idempotency-Key."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_key(request)


def refuse_key(request: Request) -> None:
    """Where an answer is not kept, such as one with a secret, nobody is left to think that it could be asked again."""
    if request.method not in SAFE_METHODS and "Idempotency-Key" in request.headers:
        message = _("The answer is not kept, so it cannot be asked for again. Send it without Idempotency-Key.")
        raise InvalidInput("idempotency.unsupported", str(message), fields={"Idempotency-Key": []})


class _Rule:
    """How one command reads, answers and guards."""

    def __init__(self, request: type[In] | None, response: Serializer | None, status: int, needs_match: bool) -> None:
        self.request = request
        self.response = response
        self.status = status
        self.needs_match = needs_match

    def describe(self, endpoint: Any) -> Method:
        """The endpoint with its place in the schema, marked as one that takes an Idempotency-Key."""
        endpoint.takes_key = True
        parameters = [IDEMPOTENCY_KEY, *([IF_MATCH] if self.needs_match else [])]
        shown: Method = extend_schema(
            request=self.request, responses={self.status: self.response}, parameters=parameters
        )(endpoint)
        return shown


def command(
    *,
    request: type[In] | None,
    response: Serializer | None,
    status: int = 200,
    needs_match: bool = False,
) -> Callable[[Method], Method]:
    """`def verb(self, thing, data) -> made` as POST /api/v1/<noun>/<reference>/<verb>/ on a visible thing."""
    rule = _Rule(request, response, status, needs_match)

    def decorate(method: Method) -> Method:
        @wraps(method)
        def endpoint(self: RegisterViewSet, http: Request, *args: Any, **kwargs: Any) -> Response:
            return self.perform_command(rule, method, self.get_object())

        path = method.__name__.replace("_", "-")
        return rule.describe(action(detail=True, methods=["post"], url_path=path)(endpoint))

    return decorate


def collection_command(
    *, request: type[In] | None, response: Serializer | None, status: int = 201
) -> Callable[[Method], Method]:
    """`def create(self, data)` as POST /api/v1/<noun>/; any other name as POST /api/v1/<noun>/<verb>/."""
    rule = _Rule(request, response, status, needs_match=False)

    def decorate(method: Method) -> Method:
        @wraps(method)
        def endpoint(self: RegisterViewSet, http: Request, *args: Any, **kwargs: Any) -> Response:
            return self.perform_command(rule, method, None)

        if method.__name__ == "create":
            return rule.describe(endpoint)
        path = method.__name__.replace("_", "-")
        return rule.describe(action(detail=False, methods=["post"], url_path=path)(endpoint))

    return decorate


def patch_command(*, request: type[In], response: Serializer, needs_match: bool = True) -> Callable[[Method], Method]:
    """`def partial_update(self, thing, data)` as PATCH; only the fields sent are in `data`."""
    rule = _Rule(request, response, 200, needs_match)

    def decorate(method: Method) -> Method:
        @wraps(method)
        def endpoint(self: RegisterViewSet, http: Request, *args: Any, **kwargs: Any) -> Response:
            return self.perform_command(rule, method, self.get_object())

        return rule.describe(endpoint)

    return decorate


def sent_as(http: Request) -> bytes:
    """What was sent, as bytes that are the same when it is sent again; a file counts by its name and size."""
    sent: Any = http.data
    told = {name: [value.name, value.size] if hasattr(value, "chunks") else value for name, value in sent.items()}
    return json.dumps(told, sort_keys=True).encode()


def etag(thing: Any) -> dict[str, str]:
    version = getattr(thing, "version", None)
    return {"ETag": f'"{version}"'} if isinstance(version, int) else {}


def matched_version(http: Request, thing: Any) -> int:
    """The version that If-Match names. A change of a record must say which version it saw (TRUST AP-12, HD-08)."""
    given = http.headers.get("If-Match", "").strip()
    if given in {"", "*"}:
        raise PreconditionNeeded(
            "match.required", _("Say which version you saw: send its ETag as If-Match."), fields={"If-Match": []}
        )
    found = ETAG.fullmatch(given)
    if found is None or int(found[1]) != thing.version:
        raise Stale("match.stale", _("This record was changed since you saw it. Read it again."))
    return int(found[1])
