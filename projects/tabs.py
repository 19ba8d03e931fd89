"""The sub-pages of a project and of a procedure, each under the record's own address, shown as tabs.

A sub-page is one line here, one URL pattern, and `{% tabs project "risks" %}` at the top of its template.
"""

from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Text
from projects.models import Project
from work import subjects


@dataclass(frozen=True, slots=True)
class Tab:
    """One sub-page. Those `for_insiders` are left out for everybody else (DESIGN 8)."""

    name: str
    label: Text
    url_name: str
    for_insiders: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A tab of one record, ready to link to."""

    name: str
    label: Text
    address: str


PROJECT_TABS: tuple[Tab, ...] = (
    Tab("page", _("Project"), "projects:project-detail"),
    Tab("plan", _("Plan"), "projects:plan"),
    Tab("status", _("Status reports"), "projects:status"),
    Tab("risks", _("Risks and issues"), "projects:risks", for_insiders=True),
    Tab("life", _("Life"), "projects:project-life"),
    Tab("help", _("Help"), "projects:project-help", for_insiders=True),
    Tab("access", _("Access"), "projects:project-access"),
    Tab("documents", _("Documents"), "projects:project-documents"),
    Tab("tasks", _("Tasks"), "projects:project-tasks"),
    Tab("discussion", _("Discussion"), "projects:project-discussion", for_insiders=True),
    Tab("history", _("History"), "projects:project-history"),
)
PROCEDURE_TABS: tuple[Tab, ...] = (
    Tab("page", _("Procedure"), "projects:procedure-detail"),
    Tab("map", _("Process map"), "projects:procedure-map"),
    Tab("documents", _("Documents"), "projects:procedure-documents"),
    Tab("tasks", _("Tasks"), "projects:procedure-tasks"),
    Tab("discussion", _("Discussion"), "projects:procedure-discussion", for_insiders=True),
    Tab("history", _("History"), "projects:procedure-history"),
)


def shown(user: User, thing: Model) -> list[Shown]:
    """The tabs of this project or procedure that this person may open."""
    tabs = PROJECT_TABS if isinstance(thing, Project) else PROCEDURE_TABS
    if any(tab.for_insiders for tab in tabs) and not _is_insider(user, thing):
        tabs = tuple(tab for tab in tabs if not tab.for_insiders)
    return [Shown(tab.name, tab.label, reverse(tab.url_name, args=[_reference(thing)])) for tab in tabs]


def _is_insider(user: User, thing: Model) -> bool:
    return subjects.is_insider(user, thing)


def _reference(thing: Model) -> str:
    return str(getattr(thing, "reference", ""))
