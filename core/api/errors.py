"""One error shape for the whole API: `{"code", "message", "fields"}` (DESIGN 9)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from core import audit
from core.errors import DomainError, Text

# What REST framework and django-filter call it -> what we call it.
CODES = {
    "required": "field.required",
    "null": "field.null",
    "blank": "text.blank",
    "max_length": "text.max",
    "invalid_choice": "choice.invalid",
    "does_not_exist": "choice.invalid",
    "incorrect_type": "choice.invalid",
    "not_a_list": "list.type",
    "empty": "list.empty",
    "max_value": "number.max",
    "min_value": "number.min",
    "max_string_length": "number.format",
    "invalid": "field.format",
}
STATUSES: dict[type[exceptions.APIException], tuple[str, Text]] = {
    exceptions.NotAuthenticated: ("login.required", _("Sign in first.")),
    exceptions.AuthenticationFailed: ("login.required", _("Sign in first.")),
    exceptions.PermissionDenied: ("not_allowed", _("You may not do this.")),
    exceptions.NotFound: ("not_found", _("There is no such thing, or you may not see it.")),
    exceptions.MethodNotAllowed: ("method.not_allowed", _("This address does not take this method.")),
    exceptions.NotAcceptable: ("accept.unsupported", _("Only application/json can be answered here.")),
    exceptions.UnsupportedMediaType: ("content_type.unsupported", _("Send the body as application/json.")),
    exceptions.ParseError: ("json.malformed", _("The body is not well-formed JSON.")),
    exceptions.Throttled: ("too_many", _("Too many requests; wait a little.")),
}


def body(code: str, message: Text, fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The shape itself; the middleware uses it for refusals before any API view runs."""
    named = {name: [str(text) for text in texts] for name, texts in (fields or {}).items()}
    return {"code": code, "message": str(message), "fields": named}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer a refusal. Anything unexpected goes on to Django, which logs it and answers 500 without a trace."""
    error = _as_api_exception(error)
    if isinstance(error, DomainError):
        answer = Response(body(error.code, error.message, error.fields), status=error.status)
        if error.retry_after:
            answer["Retry-After"] = str(error.retry_after)
    elif isinstance(error, exceptions.ValidationError):
        answer = Response(_invalid(error), status=400)
    elif isinstance(error, exceptions.APIException):
        answer = Response(body(*STATUSES.get(type(error), ("refused", _("Refused.")))), status=error.status_code)
        for name, value in (("WWW-Authenticate", "auth_header"), ("Retry-After", "wait")):
            if getattr(error, value, None):
                answer[name] = str(getattr(error, value))
    else:
        return None
    set_rollback()
    request = context.get("request")
    audit.watch(getattr(request, "user", None), answer.data["code"])
    return answer


def _as_api_exception(error: Exception) -> Exception:
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    return error


def _invalid(error: exceptions.ValidationError) -> dict[str, Any]:
    """The first fault gives code and message; `fields` holds them all, nested ones by dotted name."""
    faults = list(_faults(error.detail))
    fields: dict[str, list[str]] = {}
    for name, detail in faults:
        fields.setdefault(name or "body", []).append(str(detail))
    first = faults[0][1] if faults else exceptions.ErrorDetail("", "invalid")
    code = first.code or "invalid"
    return body(CODES.get(code, code), str(first), fields)


def _faults(detail: Any, name: str = "") -> Iterator[tuple[str, exceptions.ErrorDetail]]:
    if isinstance(detail, Mapping):
        for key, inner in detail.items():
            inner_name = name if key == "non_field_errors" else f"{name}.{key}".lstrip(".")
            yield from _faults(inner, inner_name)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from _faults(inner, f"{name}.{index}".lstrip(".") if nested else name)
    else:
        yield name, detail
