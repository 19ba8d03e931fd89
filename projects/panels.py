"""Where apps that know projects put their part on a project's page, without projects knowing them.

    # funding/apps.py
    def ready(self) -> None:
        panels.register("funding", "funding.panels.for_project", order=10)

A panel is a callable `(request, project) -> str` that returns rendered HTML (of a template, so escaped), or
an empty string for nothing. It starts from its own `visible_to(request.user)`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from projects.models import Project

Panel = Callable[[HttpRequest, Project], SafeString]


@dataclass(frozen=True, slots=True)
class Registered:
    order: int
    name: str
    path: str


_panels: dict[str, Registered] = {}


def register(name: str, path: str, *, order: int = 100) -> None:
    """Add the panel at the dotted `path`, once per name; lower orders come first."""
    _panels[name] = Registered(order, name, path)


def rendered(request: HttpRequest, project: Project) -> list[SafeString]:
    """Every panel that has something to say about this project to this reader."""
    chosen = sorted(_panels.values(), key=lambda panel: (panel.order, panel.name))
    texts = [import_string(panel.path)(request, project) for panel in chosen]
    return [text for text in texts if text]
