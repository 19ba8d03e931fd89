"""Tasks that people give each other about a subject (FEATURES M3)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
import pghistory

from accounts.models import Person
from core import clock
from work.models.subject import OfSubject
from work.querysets import TaskQuerySet


@pghistory.track()
class Task(OfSubject):
    """One thing that one person asks of another. Ended, it stays; the way it took is in its steps."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("task", "open")
        DONE = "done", pgettext_lazy("task", "done")
        WITHDRAWN = "withdrawn", pgettext_lazy("task", "withdrawn")

    wording = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tasks")
    due_on = models.DateField(help_text="The last Hong Kong day for it.")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tasks_given")
    given_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1, help_text="Grows with each change; a stale form is refused.")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "due_on"]),
            models.Index(fields=["owner", "due_on"], name="task_open", condition=Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (Q(state__in=["done", "withdrawn"]) & Q(ended_at__isnull=False)),
                name="task_ended_with_instant",
            )
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def is_late(self) -> bool:
        return self.state == self.State.OPEN and self.due_on < clock.today()


class TaskStep(models.Model):
    """One step on a task's way, kept for good: who did it, who had it then, and what was said."""

    class What(models.TextChoices):
        GIVEN = "given", _("given")
        HANDED_ON = "handed_on", _("handed on")
        CHANGED = "changed", pgettext_lazy("task", "changed")
        DONE = "done", pgettext_lazy("task", "done")
        WITHDRAWN = "withdrawn", pgettext_lazy("task", "withdrawn")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=10, choices=What)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="Who has it after the step.")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["task", "pk"]

    def __str__(self) -> str:
        return f"{self.task_id} {self.what}"
