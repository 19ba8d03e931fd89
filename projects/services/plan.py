"""The plan of a project: milestones and dependencies, each with its date first agreed, agreed now and expected."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict, InvalidInput, NotVisible, Stale, Unprocessable
from core.simplified import simplified
from core.text import is_blank
from projects import policies
from projects.models import Dependency, Milestone, Project
from projects.services.recording import locked_project

Planned = Milestone | Dependency

GRAPH_LOCK = 0x6465_7065  # one addition to the graph of dependencies at a time, so that two cannot close a circle


class PlannedFields(TypedDict, total=False):
    """What the lead changes freely: the words, and when it is expected."""

    name_en: str
    name_zh_hant: str
    forecast_on: date


@transaction.atomic
def add_milestone(
    *, actor: User, project_id: int, name_en: str, due_on: date, name_zh_hant: str = "", forecast_on: date | None = None
) -> Milestone:
    """Agree a milestone for a day, which stays on record as the first one."""
    project = locked_project(actor, project_id)
    policies.can_plan(actor, project).or_raise()
    return Milestone.objects.create(
        project=project, **_names(name_en, name_zh_hant), **_first_dates(due_on, forecast_on)
    )


@transaction.atomic
def add_dependency(
    *,
    actor: User,
    project_id: int,
    name_en: str,
    due_on: date,
    on_project_id: int | None = None,
    name_zh_hant: str = "",
    forecast_on: date | None = None,
) -> Dependency:
    """Say what the project waits for: something of another registered project, or anything outside the register."""
    project = locked_project(actor, project_id)
    policies.can_plan(actor, project).or_raise()
    other = _other_project(actor, project, on_project_id) if on_project_id else None
    return Dependency.objects.create(
        project=project, on_project=other, **_names(name_en, name_zh_hant), **_first_dates(due_on, forecast_on)
    )


@transaction.atomic
def change_planned(
    *, actor: User, kind: type[Planned], pk: int, expected_version: int, **fields: Unpack[PlannedFields]
) -> Planned:
    """Correct the words or say when it is expected now. The agreed date does not move."""
    thing = locked_planned(actor, kind, pk, expected_version)
    policies.can_change_planned(actor, thing).or_raise()
    for name, value in fields.items():
        setattr(thing, name, value)
    if "name_zh_hant" in fields:
        thing.name_zh_hans = simplified(fields["name_zh_hant"])
    return _saved(thing, *fields, "name_zh_hans")


@transaction.atomic
def agree_date(
    *, actor: User, kind: type[Planned], pk: int, expected_version: int, current_on: date, reason: str
) -> Planned:
    """Agree another date, with the reason; the first one stays beside it."""
    thing = locked_planned(actor, kind, pk, expected_version)
    policies.can_change_planned(actor, thing).or_raise()
    _refuse_no_reason(reason, _("Say why the agreed date changes."))
    if current_on == thing.current_on:
        message = _("This is the date agreed already.")
        raise Unprocessable("date.same", message, fields={"current_on": [message]})
    thing.current_on, thing.reason = current_on, reason
    return _saved(thing, "current_on", "reason")


@transaction.atomic
def mark_done(*, actor: User, kind: type[Planned], pk: int, expected_version: int, done_on: date | None) -> Planned:
    """Say on which day it was done; no day takes a mistaken one back."""
    thing = locked_planned(actor, kind, pk, expected_version)
    policies.can_settle_planned(actor, thing).or_raise()
    if done_on is None and thing.done_on is None:
        message = _("Give the day on which it was done.")
        raise InvalidInput("date.required", message, fields={"done_on": [message]})
    if done_on is not None and done_on > clock.today():
        message = _("The day is in the future.")
        raise Unprocessable("date.future", message, fields={"done_on": [message]})
    thing.done_on = done_on
    return _saved(thing, "done_on")


@transaction.atomic
def withdraw_planned(*, actor: User, kind: type[Planned], pk: int, expected_version: int, reason: str) -> Planned:
    """Give it up, with the reason. It stays in the plan as withdrawn."""
    thing = locked_planned(actor, kind, pk, expected_version)
    policies.can_change_planned(actor, thing).or_raise()
    _refuse_no_reason(reason, _("Say why it is withdrawn."))
    thing.withdrawn_at, thing.withdrawn_because = clock.now(), reason
    return _saved(thing, "withdrawn_at", "withdrawn_because")


def locked_planned(actor: User, kind: type[Planned], pk: int, expected_version: int) -> Planned:
    """The row, locked until commit, at the version that its reader saw."""
    rows = kind.objects.visible_to(actor).select_related("project")
    thing: Planned | None = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if thing is None:
        raise NotVisible("plan.none", _("There is no such entry in a plan."))
    if thing.version != expected_version:
        raise Stale("version.stale", _("Somebody changed this entry after you opened it."))
    return thing


def _other_project(actor: User, project: Project, on_project_id: int) -> Project:
    """A registered project that the actor sees, not this one, and none that already waits for this one."""
    other = Project.objects.visible_to(actor).filter(pk=on_project_id, status=Project.Status.REGISTERED).first()
    if other is None:
        message = _("Choose one of the entries offered.")
        raise Unprocessable("choice.invalid", message, fields={"on_project": [message]})
    if other == project:
        message = _("A project does not wait for itself.")
        raise Unprocessable("dependency.itself", message, fields={"on_project": [message]})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GRAPH_LOCK])
    if _waits_for(other.pk, project.pk):
        message = _("That project waits for this one, so the two would wait for each other.")
        raise Conflict("dependency.circle", message, fields={"on_project": [message]})
    return other


def _waits_for(first: int, wanted: int) -> bool:
    """Whether the project `first` waits for `wanted`, over however many others."""
    seen, ahead = {first}, {first}
    while ahead:
        found = Dependency.objects.filter(
            project__in=ahead, on_project__isnull=False, withdrawn_at__isnull=True
        ).values_list("on_project", flat=True)
        ahead = set(found) - seen
        if wanted in ahead:
            return True
        seen |= ahead
    return False


def _names(name_en: str, name_zh_hant: str) -> dict[str, str]:
    return {"name_en": name_en, "name_zh_hant": name_zh_hant, "name_zh_hans": simplified(name_zh_hant)}


def _first_dates(due_on: date, forecast_on: date | None) -> dict[str, date]:
    return {"original_on": due_on, "current_on": due_on, "forecast_on": forecast_on or due_on}


def _refuse_no_reason(reason: str, message: object) -> None:
    if is_blank(reason):
        raise InvalidInput("reason.required", str(message), fields={"reason": [str(message)]})


def _saved(thing: Planned, *columns: str) -> Planned:
    thing.version += 1
    thing.save(update_fields=[*columns, "version"])
    return thing
