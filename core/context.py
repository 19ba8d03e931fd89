"""What every template knows about this installation."""

from django.http import HttpRequest

from core import as_at
from core.models import Installation


def installation(request: HttpRequest) -> dict[str, object]:
    if not hasattr(request, "installation"):  # a page is made of several templates
        request.installation = Installation.objects.first()  # type: ignore[attr-defined]
    return {"installation": request.installation, "moment": as_at.current()}  # type: ignore[attr-defined]
