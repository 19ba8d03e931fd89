"""Who am I, and the government's departments."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.serializers import DepartmentOut, MeOut
from accounts.models import Department
from accounts.selectors import standing_of
from core import params
from core.api.views import RegisterViewSet


class MeView(APIView):
    """The signed-in account, its roles and its postings as they are now."""

    @extend_schema(responses=MeOut, operation_id="me_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        params.refuse_unknown(request.query_params, frozenset())
        return Response(MeOut(standing_of(request.user)).data)  # type: ignore[arg-type] # anonymous never gets here


class DepartmentViewSet(RegisterViewSet):
    """Bureaux, departments and other bodies, with the bureau each belongs to."""

    rows = Department.objects.select_related("parent")
    serializer_class = DepartmentOut
    lookup_field = "safe_code"
    ordering_fields = ("code",)
