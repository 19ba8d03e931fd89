"""Tasks: given, handed on, changed, done, withdrawn; and reminders of them. Nothing is deleted (FEATURES M3).

Whoever is told of a task is told through the record it is about: what they do not see any more says nothing to them.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from core import clock, working_days
from core.errors import InvalidInput, NotVisible, Stale, Unprocessable
from core.history import because
from work import policies_tasks as policies
from work import subjects
from work.models import Task, TaskStep
from work.notices import Message
from work.services.notices import tell
from work.subjects import Subject


@transaction.atomic
def give_task(*, actor: User, kind: str, subject_id: int, wording: str, owner: Person, due_on: date) -> Task:
    """Ask something of a person who sees the record too, oneself included. Whether anybody else exists is not said."""
    subject = subjects.locked(kind, subject_id, actor=actor)
    policies.can_give_task(subject).or_raise()
    _refuse_past(due_on)
    _refuse_stranger(subject, owner, field="owner")
    task = Task.objects.create(
        subject_kind=kind,
        subject_id=subject_id,
        wording=wording,
        owner=owner,
        due_on=due_on,
        given_by=actor.person,
        given_at=clock.now(),
    )
    step = _step(task, TaskStep.What.GIVEN, by=actor.person)
    _tell_given(task, step)
    return task


@transaction.atomic
def hand_on_task(*, actor: User, task_id: int, to: Person, note: str = "") -> Task:
    """Somebody else who sees the record has it from now on; everybody on its way goes on seeing it."""
    task, subject = _locked(actor, task_id)
    policies.can_hand_on_task(actor, task).or_raise()
    if to.pk == task.owner_id:
        message = _("This person has the task already.")
        raise InvalidInput("task.same", message, fields={"to": [message]})
    _refuse_stranger(subject, to, field="to")
    before = task.owner_id
    task.owner = to
    _save(task, "owner")
    step = _step(task, TaskStep.What.HANDED_ON, by=actor.person, note=note)
    _tell_given(task, step)
    _tell_news(task, step, {task.given_by_id, before} - {to.pk})
    return task


@transaction.atomic
def finish_task(*, actor: User, task_id: int, note: str) -> Task:
    """The person who has it says that it is done, and how. Of two who end it at once the second is refused."""
    task, _subject = _locked(actor, task_id)
    policies.can_finish_task(actor, task).or_raise()
    return _end(task, TaskStep.What.DONE, actor=actor, note=note)


@transaction.atomic
def withdraw_task(*, actor: User, task_id: int, reason: str) -> Task:
    """Whoever gave it takes it back; the way it took stays."""
    task, _subject = _locked(actor, task_id)
    policies.can_change_task(actor, task).or_raise()
    return _end(task, TaskStep.What.WITHDRAWN, actor=actor, note=reason)


@transaction.atomic
def change_task(*, actor: User, task_id: int, expected_version: int, wording: str, due_on: date) -> Task:
    """Say it in other words or for another day; the person who has it is told."""
    task, _subject = _locked(actor, task_id)
    policies.can_change_task(actor, task).or_raise()
    if task.version != expected_version:
        message = _("Somebody changed this task after you opened it. Open it again.")
        raise Stale("task.stale", message, fields={"expected_version": [message]})
    if due_on != task.due_on:
        _refuse_past(due_on)
    if (wording, due_on) == (task.wording, task.due_on):
        return task
    note = f"{task.wording} ({task.due_on.isoformat()})"
    task.wording, task.due_on = wording, due_on
    _save(task, "wording", "due_on")
    step = _step(task, TaskStep.What.CHANGED, by=actor.person, note=note)
    _tell_news(task, step, {task.owner_id})
    return task


def remind_of_tasks() -> int:
    """Remind of open tasks once on the working day before they are due, and once when late, also who gave them.

    Returns how many notices are new; safe to run again. An owner who sees the record no more is not reminded:
    whoever gave the task is told, once for that owner, that it waits for nobody.
    """
    today = clock.today()
    until = working_days.add(today, 1)
    rows = Task.objects.open().filter(due_on__lte=until).order_by("pk")
    told = sum(_remind(task, today) for task in rows)
    return told + sum(_tell_of_stranded(task) for task in Task.objects.open().select_related("owner").order_by("pk"))


def _remind(task: Task, today: date) -> int:
    is_late = task.due_on < today
    people = {task.owner_id, task.given_by_id} if is_late else {task.owner_id}
    event = f"task:{task.pk}:{task.owner_id}:{task.due_on}:{'late' if is_late else 'soon'}"
    facts = _facts(task) | {"is_late": is_late}
    return tell(Message("task.due", task.subject_kind, task.subject_id, people, facts), event=event)


def _tell_of_stranded(task: Task) -> int:
    kind = subjects.kind(task.subject_kind)
    if policies.can_take_task(kind, kind.rows.get(pk=task.subject_id), task.owner):
        return 0
    message = Message("task.news", task.subject_kind, task.subject_id, [task.given_by_id], _facts(task, "stranded"))
    return tell(message, event=f"task:{task.pk}:{task.owner_id}:stranded")


def _locked(actor: User, task_id: int) -> tuple[Task, Subject]:
    rows: Any = Task.objects.visible_to(actor).select_for_update(of=("self",))
    task = rows.filter(pk=task_id).first()
    if task is None:
        raise NotVisible("task.none", _("There is no such task, or you may not see it."))
    return task, subjects.of(task, user=actor)


def _end(task: Task, what: TaskStep.What, *, actor: User, note: str) -> Task:
    task.state = Task.State.DONE if what == TaskStep.What.DONE else Task.State.WITHDRAWN
    task.ended_at = clock.now()
    with because(note[:300]):
        _save(task, "state", "ended_at")
    step = _step(task, what, by=actor.person, note=note)
    _tell_news(task, step, {task.owner_id, *task.steps.values_list("to", flat=True), task.given_by_id})
    return task


def _save(task: Task, *columns: str) -> None:
    task.version += 1
    task.save(update_fields=[*columns, "version"])


def _step(task: Task, what: TaskStep.What, *, by: Person, note: str = "") -> TaskStep:
    return TaskStep.objects.create(task=task, what=what, by=by, to_id=task.owner_id, at=clock.now(), note=note)


def _refuse_past(due_on: date) -> None:
    if due_on < clock.today():
        message = _("The day must not be past.")
        raise Unprocessable("task.past", message, fields={"due_on": [message]})


def _refuse_stranger(subject: Subject, person: Person, *, field: str) -> None:
    if not policies.can_take_task(subject.kind, subject.thing, person):
        message = _("This person cannot be given a task on this record.")
        raise Unprocessable("task.person", message, fields={field: [message]})


def _facts(task: Task, what: str = "") -> dict[str, Any]:
    said = {"task": task.pk, "wording": task.wording, "due_on": task.due_on.isoformat()}
    return said | {"what": what} if what else said


def _tell_given(task: Task, step: TaskStep) -> None:
    people = {task.owner_id} - {step.by_id}
    message = Message("task.given", task.subject_kind, task.subject_id, people, _facts(task))
    tell(message, event=f"task:{task.pk}:step:{step.pk}:given")


def _tell_news(task: Task, step: TaskStep, people: set[int]) -> None:
    message = Message("task.news", task.subject_kind, task.subject_id, people - {step.by_id}, _facts(task, step.what))
    tell(message, event=f"task:{task.pk}:step:{step.pk}")
