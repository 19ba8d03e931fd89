"""While PostgreSQL is away or too busy, people read "try again shortly", never "error" (TRUST F8 to F11)."""

from collections.abc import Callable
import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from core.refusals import answer_alone, away

AWAY = (OperationalError, InterfaceError)  # a full pool, a lost or refused connection, a deadlock's victim

logger = logging.getLogger(__name__)


class DatabaseAway:
    """Turns a failure of the connection inside a view into 503 with Retry-After. Other failures are Django's.

    Outside views (saving the session, say) the same answer comes from `core.views.server_error`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AWAY):
            return None
        logger.error("database away: %s", type(exception).__name__)
        return answer_alone(request, away(), keep=True)
