"""`GET /api/v1/search/` and `GET /api/v1/projects/similar/`: what the bar and the form of a new project show."""

from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import params
from core.api.serializers import Out, TrilingualOut
from projects.models import Stage
from projects.selectors import finding, similar


class FoundProjectOut(Out):
    reference = serializers.CharField()
    title = TrilingualOut()
    department = serializers.CharField(source="department.safe_code")
    stage = serializers.ChoiceField(choices=Stage.choices, help_text="Empty is not stated.")


class FoundProcedureOut(Out):
    reference = serializers.CharField()
    name = TrilingualOut()
    department = serializers.CharField(source="department.safe_code")


class FoundDepartmentOut(Out):
    code = serializers.CharField(source="safe_code")
    name = TrilingualOut()


class FoundPersonOut(Out):
    id = serializers.IntegerField()
    name = TrilingualOut()


class SearchOut(Out):
    """The first eight of each kind that hold every word asked for."""

    projects = FoundProjectOut(many=True)
    procedures = FoundProcedureOut(many=True)
    departments = FoundDepartmentOut(many=True)
    people = FoundPersonOut(many=True)


class SimilarOut(Out):
    project = FoundProjectOut()
    shared_words = serializers.ListField(child=serializers.CharField(), source="shared")
    score = serializers.FloatField(help_text="Share of the words asked for, weighed by rarity: 0 to 1.")
    why = serializers.CharField()


class SearchView(APIView):
    """Search in English and Chinese, in any form of a character."""

    @extend_schema(
        operation_id="search_retrieve",
        parameters=[OpenApiParameter("q", str, required=True, description="Words, at most 200 characters.")],
        responses=SearchOut,
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request.query_params, frozenset({"q"}))
        groups = finding.everything(cast("User", request.user), request.query_params.get("q", ""))
        found: dict[str, list[Any]] = {name: [] for name in ("projects", "procedures", "departments", "people")}
        found |= {group.name: [one.thing for one in group.found] for group in groups}
        return Response(SearchOut(found).data)


class SimilarView(APIView):
    """Registered projects like a title, the likest first."""

    @extend_schema(
        operation_id="projects_similar_list",
        parameters=[
            OpenApiParameter("title_en", str, description="English title, as far as it is typed."),
            OpenApiParameter("title_zh_hant", str, description="Chinese title, as far as it is typed."),
        ],
        responses=SimilarOut(many=True),
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request.query_params, frozenset({"title_en", "title_zh_hant"}))
        titles = [request.query_params.get(name, "") for name in ("title_en", "title_zh_hant")]
        return Response(SimilarOut(similar.to_typed(cast("User", request.user), *titles), many=True).data)
