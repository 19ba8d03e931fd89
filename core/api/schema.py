"""The OpenAPI document: every operation also names the refusals it may answer, in the one error shape."""

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from core.api.serializers import ErrorOut

Direction = Literal["request", "response"]
READ = ("400", "401", "403", "404", "406", "429", "503")
WRITE = (*READ, "409", "412", "413", "415", "422", "428")


class TrackerSchema(AutoSchema):
    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in READ if self.method == "GET" else WRITE:
            bodies.setdefault(status, self._get_response_for_code(ErrorOut, status, direction=direction))
        return bodies


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "core.api.authentication.ExpiringToken"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
