"""Quick search: projects, procedures, departments and people by words of any script, each as far as one may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person, User
from core import search
from core.errors import Text
from projects.filters import PROCEDURE_KEY, PROJECT_KEY
from projects.models import Procedure, Project, Stage

SHOWN = 8
NAMES = ("name_en", "name_zh_hant", "name_zh_hans")


@dataclass(frozen=True, slots=True)
class Found:
    """One record that holds every word typed."""

    thing: Any
    reference: str
    title: str
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: the first few, and where all of them are."""

    name: str
    label: Text
    found: list[Found]
    has_more: bool
    list_address: str


def everything(user: User, typed: str) -> list[Group]:
    """At most eight of each kind. Nothing is searched for an empty text."""
    if not search.words_of(typed):
        return []
    projects = Project.objects.visible_to(user).select_related("department")
    procedures = Procedure.objects.visible_to(user).select_related("department")
    departments = Department.objects.visible_to(user)
    people = Person.objects.visible_to(user)
    return [
        _group("projects", _("Projects"), search.matching(projects, typed, PROJECT_KEY), _project, typed),
        _group("procedures", _("Procedures"), search.matching(procedures, typed, PROCEDURE_KEY), _procedure, typed),
        _group(
            "departments",
            _("Departments"),
            search.matching(departments, typed, ("code", *NAMES), kept=False),
            _department,
            typed,
        ),
        _group("people", _("People"), search.matching(people, typed, NAMES, kept=False), _person, typed),
    ]


LISTS = {"projects": "projects:project-list", "procedures": "projects:procedure-list"}


def _group(name: str, label: Text, rows: "QuerySet[Any]", shown: Callable[[Any], Found], typed: str) -> Group:
    first = list(rows[: SHOWN + 1])
    whole = f"{reverse(LISTS[name])}?{urlencode({'q': typed})}" if name in LISTS else ""
    return Group(name, label, [shown(thing) for thing in first[:SHOWN]], len(first) > SHOWN, whole)


def _project(project: Project) -> Found:
    note = f"{project.department.code} · {Stage(project.stage).label}"
    address = reverse("projects:project-detail", args=[project.reference])
    return Found(project, project.reference, project.in_language("title"), note, address)


def _procedure(procedure: Procedure) -> Found:
    address = reverse("projects:procedure-detail", args=[procedure.reference])
    return Found(procedure, procedure.reference, procedure.in_language("name"), procedure.department.code, address)


def _department(department: Department) -> Found:
    address = reverse("projects:department-detail", args=[department.safe_code])
    return Found(department, department.code, department.in_language("name"), "", address)


def _person(person: Person) -> Found:
    return Found(
        person, "", person.in_language("name"), person.in_language("title"), reverse("people:person", args=[person.pk])
    )
