"""What the API offers for every kind of subject beside its own operations: its history, and one act on many."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.views import collection_command
from core.errors import InvalidInput
from work import acts, history, services, subjects
from work.api import serializers as shapes
from work.subjects import Subject

NEEDS = {"tag": "tag", "untag": "tag", "attest": "note"}


class SubjectOperations:
    """Mixed into the viewset of a registered kind, before its base. `word` names the kind."""

    word: ClassVar[str]

    @collection_command(request=shapes.BulkIn, response=shapes.BulkOut, status=200)
    def bulk(self: Any, data: dict[str, Any]) -> dict[str, int]:
        act = acts.of(subjects.kind(self.word)).get(data["act"])
        if act is None or act.answer is not None:
            message = _("Choose what to do with the chosen records.")
            raise InvalidInput("choice.invalid", message, fields={"act": [message]})
        needed = NEEDS.get(act.name)
        if needed and needed not in data:
            message = _("This act needs it.")
            raise InvalidInput("field.required", message, fields={needed: [message]})
        done = services.do_in_bulk(actor=self.actor, kind=self.word, act=act, references=data["references"], typed=data)
        return {"done": done}

    @extend_schema(responses=shapes.HistoryOut(many=True), filters=False)
    @action(detail=True, methods=["get"], url_path="history")
    def history(self: Any, request: Request, reference: str) -> Response:
        """Every change of the record and its parts, before and after, newest first."""
        subject: Subject = subjects.find(self.word, reference, user=self.actor)
        page = self.paginator.paginate_queryset(history.events(subject), request, view=self)
        told = history.entries(subject, page or [])
        return Response(self.paginator.get_paginated_response(shapes.HistoryOut(told, many=True).data).data)
