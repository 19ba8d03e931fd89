"""Risks and issues of a project: raised, changed, closed with a note, opened again."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Posting, User
from core import clock
from core.errors import InvalidInput, NotVisible, Stale, Text, Unprocessable
from core.text import is_blank
from projects import policies
from projects.models import Concern, Project
from projects.services.recording import locked_project


class ConcernFields(TypedDict, total=False):
    """What is said of a risk or an issue."""

    title: str
    cause: str
    likelihood: int | None
    impact: int
    response: str
    owner: Person
    due_on: date | None


@transaction.atomic
def raise_concern(*, actor: User, project_id: int, kind: str, **fields: Unpack[ConcernFields]) -> Concern:
    """Put a risk or an issue on the project's record, with the person who deals with it."""
    project = locked_project(actor, project_id)
    policies.can_raise_concern(actor, project).or_raise()
    concern = Concern(project=project, kind=kind, raised_by=actor.person, raised_on=clock.today())
    _write(concern, fields)
    concern.save()
    return concern


@transaction.atomic
def change_concern(*, actor: User, concern_id: int, expected_version: int, **fields: Unpack[ConcernFields]) -> Concern:
    """Rate it anew, give it to somebody else, say what is done about it."""
    concern = locked_concern(actor, concern_id, expected_version)
    policies.can_change_concern(actor, concern).or_raise()
    _write(concern, fields)
    return _saved(concern, *fields)


@transaction.atomic
def close_concern(*, actor: User, concern_id: int, expected_version: int, note: str) -> Concern:
    """It is over; the note says how."""
    concern = locked_concern(actor, concern_id, expected_version)
    policies.can_change_concern(actor, concern).or_raise()
    _refuse_blank(note, "note", _("Say how it ended."))
    concern.closed_on, concern.closing_note = clock.today(), note
    return _saved(concern, "closed_on", "closing_note")


@transaction.atomic
def reopen_concern(*, actor: User, concern_id: int, expected_version: int, reason: str) -> Concern:
    concern = locked_concern(actor, concern_id, expected_version)
    policies.can_reopen_concern(actor, concern).or_raise()
    _refuse_blank(reason, "reason", _("Say why it is opened again."))
    concern.closed_on, concern.closing_note, concern.reopened_because = None, "", reason
    return _saved(concern, "closed_on", "closing_note", "reopened_because")


def locked_concern(actor: User, concern_id: int, expected_version: int) -> Concern:
    """The row, locked until commit, at the version that its reader saw. Outsiders learn nothing of it."""
    rows = Concern.objects.visible_to(actor).select_related("project")
    found = rows.select_for_update(of=("self",)).filter(pk=concern_id).first()
    if found is None:
        raise NotVisible("concern.none", _("There is no such risk or issue for you."))
    if found.version != expected_version:
        raise Stale("version.stale", _("Somebody changed this entry after you opened it."))
    return found


def _write(concern: Concern, fields: ConcernFields) -> None:
    owner = fields.get("owner")
    if owner is not None and owner.pk != concern.owner_id:
        _refuse_strange_owner(concern.project, owner)
    for name, value in fields.items():
        setattr(concern, name, value)
    _refuse_likelihood(concern)
    if concern.due_on is not None and concern.due_on < concern.raised_on:
        message = _("It cannot be due before the day it was raised.")
        raise Unprocessable("date.order", message, fields={"due_on": [message]})


def _refuse_likelihood(concern: Concern) -> None:
    """A risk may happen, so it has a likelihood; an issue has happened, so it has none."""
    if concern.kind == Concern.Kind.ISSUE and concern.likelihood is not None:
        message = _("An issue has happened already: it has no likelihood.")
        raise Unprocessable("likelihood.issue", message, fields={"likelihood": [message]})
    if concern.kind == Concern.Kind.RISK and concern.likelihood is None:
        message = _("Say how likely the risk is.")
        raise Unprocessable("likelihood.required", message, fields={"likelihood": [message]})


def _refuse_strange_owner(project: Project, owner: Person) -> None:
    """Whoever deals with it reads it: the lead, or a person of the project's department."""
    posted = Posting.objects.on(clock.today()).filter(person=owner, department=project.department_id)
    if owner.pk != project.lead_id and not posted.exists():
        message = _("The owner must be the lead or belong to the project's department.")
        raise Unprocessable("owner.department", message, fields={"owner": [message]})


def _refuse_blank(text: str, field: str, message: Text) -> None:
    if is_blank(text):
        raise InvalidInput("reason.required", message, fields={field: [message]})


def _saved(concern: Concern, *columns: str) -> Concern:
    concern.version += 1
    concern.save(update_fields=[*columns, "version"])
    return concern
