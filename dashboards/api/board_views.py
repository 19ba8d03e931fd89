"""`GET /api/v1/boards/...`: what the boards show, as data."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, cast

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import as_at, params
from core.api.schema import AS_AT
from core.errors import InvalidInput
from dashboards.api import board_serializers as shapes
from dashboards.boards import comparison, decisions, kpis, money, scorecard
from dashboards.boards.decisions import DecisionFilter
from dashboards.boards.kpis import KpiBoardFilter
from dashboards.boards.views import asked_size, asked_year
from kpis.selectors import kpi_rows
from projects.views.departments import find_for


class BoardView(APIView, ABC):
    """One board as the caller may see it; what it does not know in the address is refused."""

    answer: ClassVar[type[serializers.Serializer[Any]]]
    known: ClassVar[frozenset[str]] = frozenset()

    @abstractmethod
    def board(self, user: User, request: Request, **kwargs: str) -> Any:
        """What this board shows to a person."""

    def answered(self, request: Request, **kwargs: str) -> Response:
        params.refuse_unknown(request.query_params, self.known | {as_at.PARAMETER})
        with as_at.reading(as_at.asked(request.query_params)):
            found = self.board(cast("User", request.user), request, **kwargs)
            return Response(self.answer(found).data)


def chosen(filterset: Any, request: Request, rows: Any) -> tuple[Any, dict[str, Any]]:
    """Rows under the filters of the address, and these filters. What cannot be read is refused."""
    asked = filterset(request.query_params, queryset=rows, request=request)
    if not asked.is_valid():
        fields = {name: [str(text) for text in texts] for name, texts in asked.errors.items()}
        raise InvalidInput("param.format", _("A filter in the address cannot be read."), fields=fields)
    return asked.qs, asked.form.cleaned_data


def described(filterset: Any) -> list[OpenApiParameter]:
    return [OpenApiParameter(name, str) for name in filterset.base_filters]


class DepartmentBoardView(BoardView):
    answer = shapes.ComparisonOut
    known = frozenset({"size"})

    @extend_schema(
        operation_id="board_departments",
        responses=shapes.ComparisonOut,
        parameters=[AS_AT, OpenApiParameter("size", str)],
    )
    def get(self, request: Request) -> Response:
        return self.answered(request)

    def board(self, user: User, request: Request, **kwargs: str) -> Any:
        return comparison.comparison(user, asked_size(request.query_params))


class ScorecardView(BoardView):
    answer = shapes.ScorecardOut

    @extend_schema(operation_id="board_scorecard", responses=shapes.ScorecardOut, parameters=[AS_AT])
    def get(self, request: Request, safe_code: str) -> Response:
        return self.answered(request, safe_code=safe_code)

    def board(self, user: User, request: Request, **kwargs: str) -> Any:
        return scorecard.scorecard(user, find_for(user, kwargs["safe_code"]))


class MoneyBoardView(BoardView):
    answer = shapes.MoneyBoardOut
    known = frozenset({"year"})

    @extend_schema(
        operation_id="board_money", responses=shapes.MoneyBoardOut, parameters=[AS_AT, OpenApiParameter("year", int)]
    )
    def get(self, request: Request) -> Response:
        return self.answered(request)

    def board(self, user: User, request: Request, **kwargs: str) -> Any:
        return money.board(user, asked_year(request.query_params))


class KpiBoardView(BoardView):
    answer = shapes.KpiBoardOut
    known = frozenset(KpiBoardFilter.base_filters)

    @extend_schema(
        operation_id="board_kpis", responses=shapes.KpiBoardOut, parameters=[AS_AT, *described(KpiBoardFilter)]
    )
    def get(self, request: Request) -> Response:
        return self.answered(request)

    def board(self, user: User, request: Request, **kwargs: str) -> Any:
        rows, filters = chosen(KpiBoardFilter, request, kpi_rows(user))
        return kpis.board(rows, rag=filters["rag"], freshness=filters["freshness"])


class DecisionBoardView(BoardView):
    answer = shapes.DecisionBoardOut
    known = frozenset(DecisionFilter.base_filters)

    @extend_schema(
        operation_id="board_decisions",
        responses=shapes.DecisionBoardOut,
        parameters=[AS_AT, *described(DecisionFilter)],
    )
    def get(self, request: Request) -> Response:
        return self.answered(request)

    def board(self, user: User, request: Request, **kwargs: str) -> Any:
        rows, _filters = chosen(DecisionFilter, request, decisions.rows(user))
        return decisions.board(user, rows)
