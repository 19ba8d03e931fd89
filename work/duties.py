"""What of this app waits for a person: their tasks, those they gave to somebody who left, comments that name them."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty
from accounts.models import User
from core.errors import Text
from work.models import Notice, Task
from work.selectors import with_subjects
from work.selectors.notices import lines
from work.subjects import Subject


def waiting(user: User) -> Iterator[Duty]:
    """Of records that this person still sees."""
    rows = Task.objects.open().filter(owner=user.person_id)
    for task, subject in with_subjects(user, rows):
        yield _duty("task.do", task.wording, task, subject)
    accounts = User.objects.filter(person=OuterRef("owner"), is_active=True)
    left = Task.objects.open().filter(~Exists(accounts), given_by=user.person_id).exclude(owner=user.person_id)
    for task, subject in with_subjects(user, left):
        yield _duty(
            "task.left", _("Hand the task on, or withdraw it: %(task)s") % {"task": task.wording}, task, subject
        )


def named(user: User) -> Iterator[Duty]:
    """Comments that name this person, until opened."""
    rows = list(Notice.objects.filter(person=user.person_id, kind="mention").unread())
    for line in lines(user, rows) if rows else ():
        opens = reverse("my_work:notice-open", args=[line.id])
        yield Duty("comment.read", line.says, line.reference, line.title, line.address, opens=opens)


def _duty(code: str, what: Text, task: Task, subject: Subject) -> Duty:
    return Duty(code, what, subject.reference, subject.title, reverse("my_work:task", args=[task.pk]), task.due_on)
