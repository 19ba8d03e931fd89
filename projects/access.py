"""Who can see a project, and which projects a person can see: the predicates of `querysets`, read from the other side.

`ProjectQuerySet.visible_to` and `insider_to` go from a person to projects; `reasons` goes from a project
to people, reason by reason. The tests ask both sides about every persona and want one answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import Opened
from accounts.models import Department, ObjectGrant, Person, User
from accounts.rights import departments_of
from core import clock
from core.errors import Text
from projects.models import Procedure, Project

EVERY_RECORD = "projects.view_every_record"


@dataclass(frozen=True, slots=True)
class Seen:
    """One reason for seeing a project. `people` is None for everybody who is signed in."""

    name: str
    why: Text
    people: list[Person] | None
    inside: bool
    grant: ObjectGrant | None = None

    @property
    def until(self) -> datetime | None:
        return self.grant.ends_at if self.grant else None


def reasons(project: Project) -> list[Seen]:
    """Every reason for which anybody sees this project now; insiders also read risks, comments and documents."""
    now, today = clock.now(), clock.today()
    registered = project.status == Project.Status.REGISTERED
    own = list(Person.objects.posted_in([project.department_id], on=today))
    found = []
    if registered:
        found.append(Seen("registered", _("Registered projects are for everybody who is signed in."), None, False))
    found.append(Seen("department", _("Posted in the project's own department."), own, True))
    if project.lead is not None and (registered or project.lead in own):
        found.append(Seen("lead", _("Leads the project."), [project.lead], True))
    if registered:
        every = list(Person.objects.with_permission(EVERY_RECORD, at=now))
        found.append(Seen("role", _("Reads every record by role: the Team and the auditor."), every, True))
    grants = ObjectGrant.objects.on_object(project).live(now).select_related("person", "granted_by").order_by("ends_at")
    found += [Seen("grant", _("Shared one by one."), [grant.person], True, grant) for grant in grants]
    return found


def insiders_of(project: Project) -> set[int]:
    """Keys of the people who read the comments of a project, by the reasons alone."""
    return {person.pk for one in reasons(project) if one.inside for person in one.people or ()}


def insiders_of_procedure(procedure: Procedure) -> set[int]:
    """Keys of the people who read the comments of a procedure: its department, insiders of what touches it, by role
    and by grant (`ProcedureQuerySet.insider_to`).
    """
    now = clock.now()
    own = Person.objects.posted_in([procedure.department_id], on=clock.today())
    every = Person.objects.with_permission(EVERY_RECORD, at=now)
    found = set(own.values_list("pk", flat=True)) | set(every.values_list("pk", flat=True))
    found |= set(ObjectGrant.objects.on_object(procedure).live(now).values_list("person", flat=True))
    for project in procedure.projects.select_related("department", "lead"):
        found |= insiders_of(project)
    return found


def seen_by(project: Project, person: Person) -> tuple[bool, bool]:
    """Whether a person with an open account sees the project, and whether as an insider, by the reasons alone."""
    holding = [one for one in reasons(project) if one.people is None or person in one.people]
    return bool(holding), any(one.inside for one in holding)


def reach_of(account: User, reader: User) -> Iterator[Opened]:
    """What an account opens in the registers. Drafts are named only as far as the reader sees them too."""
    projects = Project.objects.visible_to(account)
    registered = projects.filter(status=Project.Status.REGISTERED)
    count = registered.count()
    yield Opened(
        ngettext("%(count)s registered project", "%(count)s registered projects", count) % {"count": count},
        _("Registered projects are for everybody who is signed in."),
        reverse("projects:project-list"),
    )
    if account.has_perm(EVERY_RECORD):
        yield Opened(
            _("risks, comments and documents of every registered project"),
            _("Reads every record by role: the Team and the auditor."),
        )
    own = Department.objects.filter(pk__in=departments_of(account.person_id))
    for department in own:
        yield Opened(
            _("drafts, risks, comments and documents of %(department)s") % {"department": department},
            _("Posted in the project's own department."),
        )
    inside = registered & Project.objects.filter(lead=account.person_id).exclude(department__in=own)
    for project in inside.order_by("reference"):
        yield Opened(
            _("risks, comments and documents of %(project)s") % {"project": project},
            _("Leads the project."),
            reverse("projects:project-detail", args=[project.reference]),
        )
    both = projects.filter(status=Project.Status.DRAFT, pk__in=Project.objects.visible_to(reader).values("pk"))
    for project in both.order_by("reference"):
        yield Opened(
            _("the draft %(project)s") % {"project": project},
            _("Drafts are for their department and whom they are shared with."),
            reverse("projects:project-detail", args=[project.reference]),
        )
