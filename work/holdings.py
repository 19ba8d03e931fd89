"""Open tasks of a person who leaves. References only: wordings may speak of what the reader does not see."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding, Kind, Told
from accounts.models import Person, User
from work.models import Task
from work.selectors import with_references


def _tasks(person: Person, on: date) -> Iterator[Holding]:
    """Each stays open without a new holder: whoever gave it finds it in their work."""
    for task in with_references(list(Task.objects.open().filter(owner=person).order_by("pk"))):
        yield Holding(key=str(task.pk), title=f"{task.subject_reference} · {date_format(task.due_on)}")


def _stays(holding: Holding, to: Person | None, actor: User, on: date) -> Told | None:
    return None


TASKS = Kind(
    name="task",
    label=_("Has the task"),
    held=_tasks,
    hand_over=_stays,
    may_be_vacant=True,
    takes_holder=False,
)
