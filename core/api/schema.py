"""The OpenAPI document: every operation also names the refusals it may answer, in the one error shape."""

from functools import lru_cache
from typing import Any, Literal

from django.utils.translation import get_language
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from core.api.serializers import ErrorOut

Direction = Literal["request", "response"]
READ = ("400", "401", "403", "404", "406", "429", "503")
WRITE = (*READ, "409", "412", "413", "415", "422", "428")


AS_AT = OpenApiParameter(
    "as_at",
    OpenApiTypes.STR,
    description="Shows what was known then: a day (its end, Hong Kong time) or an instant with its offset.",
)


class TrackerGenerator(SchemaGenerator):
    """The document for everybody is worked out once in each language: it takes seconds and never changes."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        return _for_everybody(get_language()) if public else super().get_schema(request, public)


@lru_cache
def _for_everybody(language: str | None) -> Any:
    return SchemaGenerator().get_schema(public=True)


class TrackerSchema(AutoSchema):
    def get_override_parameters(self) -> list[Any]:
        return [*super().get_override_parameters(), *([AS_AT] if getattr(self.view, "reads_the_past", False) else [])]

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
