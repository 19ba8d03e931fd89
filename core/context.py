"""What every template knows about this installation."""

from django.http import HttpRequest

from core import as_at, kept
from core.models import Installation

DEMONSTRATION = "demonstration"


def installation(request: HttpRequest) -> dict[str, object]:
    return {
        "is_demonstration": kept.answer(DEMONSTRATION, _is_demonstration),
        "moment": as_at.current(),
        "is_only_now": as_at.PARAMETER in request.GET and not getattr(request, "answers_as_at", False),
    }


def _is_demonstration() -> bool:
    """Whether this database carries the mark of a demonstration, asked once for the several templates of a page."""
    return Installation.objects.filter(is_demonstration=True).exists()
