"""`GET /api/v1/overview/`: what `/` shows, as data."""

from typing import cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import as_at, params
from core.api.schema import AS_AT
from dashboards import keeping, selectors
from dashboards.api.serializers import OverviewOut


class OverviewView(APIView):
    """The overview as the caller may see it, now or as known then."""

    @extend_schema(operation_id="overview_retrieve", responses=OverviewOut, parameters=[AS_AT])
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request.query_params, frozenset({as_at.PARAMETER}))
        with as_at.reading(as_at.asked(request.query_params)), keeping.one_look():
            return Response(OverviewOut(selectors.overview(cast("User", request.user))).data)
