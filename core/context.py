"""What every template knows about this installation."""

from django.http import HttpRequest

from core import as_at
from core.models import Installation


def installation(request: HttpRequest) -> dict[str, object]:
    return {"installation": Installation.objects.first(), "moment": as_at.current()}
