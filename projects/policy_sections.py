"""Where other apps put their kinds of policy on the page of all policies, without projects knowing them.

A section is a callable `(request) -> str` that returns rendered HTML (of a template, so escaped).
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

Section = Callable[[HttpRequest], SafeString]

_paths: dict[str, tuple[int, str]] = {}


def register(name: str, path: str, *, order: int = 100) -> None:
    """Add the section at the dotted `path`, once per name; lower orders come first."""
    _paths[name] = (order, path)


def rendered(request: HttpRequest) -> list[SafeString]:
    return [import_string(path)(request) for _order, path in sorted(_paths.values())]
