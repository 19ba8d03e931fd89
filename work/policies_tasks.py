"""Who may do what with a task, and why not. Pages, the API and services ask the same functions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from core.errors import Conflict
from core.verdicts import Verdict
from work.models import Task
from work.subjects import Kind, Subject


def can_give_task(subject: Subject) -> Verdict:
    """Whoever sees the record and may write at all."""
    return subject.kind.may_task(subject.user, subject.thing)


def can_take_task(kind: Kind, thing: Any, person: Person) -> bool:
    """Whether this person sees the record now, with an account that is open, and may write."""
    accounts = User.objects.filter(person=person, is_active=True).select_related("person")
    return any(
        kind.visible_to(account).filter(pk=thing.pk).exists() and kind.may_task(account, thing)
        for account in accounts.order_by("pk")
    )


def can_finish_task(user: User, task: Task) -> Verdict:
    """Whoever has it."""
    if task.owner_id != user.person_id:
        return Verdict.no("task.other", _("Only the person who has the task can report it done."))
    return _is_open(task)


def can_hand_on_task(user: User, task: Task) -> Verdict:
    """Whoever has it, and whoever gave it."""
    if user.person_id not in {task.owner_id, task.given_by_id}:
        return Verdict.no("task.other", _("Only the person who has the task, or who gave it, can hand it on."))
    return _is_open(task)


def can_change_task(user: User, task: Task) -> Verdict:
    """Whoever gave it changes its wording and its day, and takes it back."""
    if task.given_by_id != user.person_id:
        return Verdict.no("task.giver", _("Only the person who gave the task can do that."))
    return _is_open(task)


def _is_open(task: Task) -> Verdict:
    if task.state != Task.State.OPEN:
        return Verdict.no("task.ended", _("This task is done or withdrawn already."), error=Conflict)
    return Verdict.yes()
