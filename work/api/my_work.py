"""`GET /api/v1/my-work/`: what `/my-work/` lists, as data."""

from typing import cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.duties import duties_of
from accounts.models import User
from core import clock, params
from core.api.serializers import Out
from work import agenda


class DutyOut(Out):
    code = serializers.CharField(help_text="What kind of duty it is; stable.")
    what = serializers.CharField(help_text="In the language asked for.")
    reference = serializers.CharField(help_text="Of the record; empty where it has none.")
    title = serializers.CharField()
    address = serializers.CharField(help_text="The path of the page where it is done.")
    due_on = serializers.DateField(allow_null=True, help_text="The last day for it, Hong Kong.")


class MyWorkOut(Out):
    as_at = serializers.DateTimeField()
    count = serializers.IntegerField()
    late = serializers.IntegerField(help_text="Of these, past their day.")
    duties = DutyOut(many=True)


class MyWorkView(APIView):
    """What waits for the caller, the earliest day first, what has no day last."""

    @extend_schema(operation_id="my_work_retrieve", responses=MyWorkOut)
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request.query_params, frozenset())
        found = duties_of(cast("User", request.user))
        told = {"as_at": clock.now(), "count": len(found), "late": agenda.late(found), "duties": found}
        return Response(MyWorkOut(told).data)
