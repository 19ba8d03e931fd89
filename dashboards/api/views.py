"""`GET /api/v1/overview/`: what `/` shows, as data."""

from typing import cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import params
from dashboards import selectors
from dashboards.api.serializers import OverviewOut


class OverviewView(APIView):
    """The overview as the caller may see it, now."""

    @extend_schema(operation_id="overview_retrieve", responses=OverviewOut)
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request.query_params, frozenset())
        return Response(OverviewOut(selectors.overview(cast("User", request.user))).data)
