"""The charts a page shows, kept with its request so that they can be asked for as pictures."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest

PARAMETER: Final = "picture"


@dataclass(frozen=True, slots=True)
class Shown:
    """One chart as its page shows it: the figure, its title, and what stands under the title."""

    figure: dict[str, Any]
    title: str
    note: str


def keep(request: HttpRequest, name: str, shown: Shown) -> None:
    """Remember a chart that the page is showing."""
    request.__dict__.setdefault("charts", {})[name] = shown


def address(request: HttpRequest, name: str, kind: str) -> str:
    """Where the picture of a chart of this page is found: this page, under the same filters and moment."""
    query = request.GET.copy()
    query[PARAMETER] = f"{name}.{kind}"
    return f"{request.path}?{query.urlencode()}"
