"""Who asked for a change and in which request, kept with every row it changed (FEATURES P1)."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware

from core.middleware.request_id import current


class RequestHistory(HistoryMiddleware):
    """pghistory's, with the request's id and method. A token's account is told when the API knows it."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_context(request), "method": request.method, "request": current.get()}
