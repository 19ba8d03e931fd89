"""Health, and the answers Django asks for when no view can give one."""

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import audit, health
from core.errors import DomainError, InvalidInput, NotAllowed, NotVisible
from core.middleware.database import AWAY
from core.refusals import answer, answer_alone, away


class Failed(DomainError):
    """An unexpected failure. The log has it under the request's id; the person learns nothing of the inside."""

    status = 500


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Every part works: 200; else 503 with the parts that do not."""
    parts = health.parts()
    ready = all(parts.values())
    return JsonResponse({"status": "ready" if ready else "not ready", "parts": parts}, status=200 if ready else 503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    audit.watch(getattr(request, "user", None), "csrf.failed")
    message = _("This form was open for too long or came from another site. Go back, reload it and send it again.")
    return answer_alone(request, NotAllowed("csrf.failed", message), template="errors/csrf.html", keep=True)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer_alone(request, InvalidInput("request.malformed", _("The request cannot be read.")))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NotAllowed("not_allowed", _("You may not do this.")))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NotVisible("not_found", _("There is no such thing, or you may not see it.")))


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the failure is being handled: a database that is away is a 503 here too."""
    if isinstance(sys.exception(), AWAY):
        return answer_alone(request, away(), keep=True)
    return answer_alone(request, Failed("system.failed", _("Something went wrong on our side.")), keep=True)
