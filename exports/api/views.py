"""The API of exports: ask for a file, see how far it is, cancel it, fetch it."""

from typing import Any

from django.http import FileResponse, QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from core.api.serializers import ErrorOut
from core.api.views import RegisterViewSet, collection_command, command
from exports import lists, services
from exports.api.serializers import ExportIn, ExportOut
from exports.models import ExportJob
from exports.views import as_download


class AnyFile(BaseRenderer):
    """Lets a program ask for the file under whatever type it names; refusals stay JSON."""

    media_type = "*/*"
    format = "file"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> Any:
        return JSONRenderer().render(data)


class ExportViewSet(RegisterViewSet):
    """Files of lists that the caller asked for. Each is kept for 24 hours."""

    rows = ExportJob.objects
    serializer_class = ExportOut

    @collection_command(request=ExportIn, response=ExportOut, status=202)
    def create(self, data: dict[str, Any]) -> ExportJob:
        query = QueryDict(data["query"], mutable=True)
        query["format"] = data["format"]
        query.setlist("columns", data["columns"])
        return services.ask(actor=self.actor, wanted=lists.wanted(data["list"], query))

    @command(request=None, response=ExportOut)
    def cancel(self, thing: ExportJob, data: dict[str, Any]) -> ExportJob:
        return services.cancel(actor=self.actor, job_id=thing.pk)

    @extend_schema(
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, 409: ErrorOut, 410: ErrorOut},
    )
    @action(detail=True, methods=["get"], renderer_classes=[JSONRenderer, AnyFile])
    def file(self, request: Request, reference: str) -> FileResponse:
        """409 while it is not made yet, 410 once its 24 hours are over."""
        return as_download(request, self.get_object())  # type: ignore[arg-type] # it has the user, which is all that is read
