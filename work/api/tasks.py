"""Tasks over the API: the same rows, rules and services as the pages."""

from typing import Any

from django.db.models import QuerySet
import django_filters as filters

from accounts.models import Person
from core.api.views import collection_command, command, patch_command
from work import services
from work.api import serializers as shapes
from work.api.views import NUMBER, OfSubjectFilter, OfSubjectViewSet
from work.models import Task


class TaskFilter(OfSubjectFilter):
    state = filters.ChoiceFilter(choices=Task.State.choices)
    owner = filters.ModelChoiceFilter(queryset=Person.objects.all())


class TaskViewSet(OfSubjectViewSet):
    """Tasks that the caller gave, has or had, and those of records that the caller is an insider of."""

    rows = Task.objects
    serializer_class = shapes.TaskOut
    filterset_class = TaskFilter
    ordering_fields = ("due_on", "given_at")
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    lookup_value_regex = NUMBER

    def get_queryset(self) -> "QuerySet[Task]":
        rows = super().get_queryset().select_related("owner", "given_by")
        return rows.prefetch_related("steps__by", "steps__to")

    @collection_command(request=shapes.TaskIn, response=shapes.TaskOut)
    def create(self, data: dict[str, Any]) -> Task:
        subject = self.subject_of(data)
        made = services.give_task(actor=self.actor, kind=subject.kind.word, subject_id=subject.thing.pk, **data)
        return self.again(made)

    @patch_command(request=shapes.TaskPatchIn, response=shapes.TaskOut)
    def partial_update(self, thing: Task, data: dict[str, Any]) -> Task:
        said = {name: data.get(name, getattr(thing, name)) for name in ("wording", "due_on")}
        services.change_task(actor=self.actor, task_id=thing.pk, expected_version=self.expected_version, **said)
        return self.again(thing)

    @command(request=shapes.TaskDoneIn, response=shapes.TaskOut)
    def finish(self, thing: Task, data: dict[str, Any]) -> Task:
        return self.again(services.finish_task(actor=self.actor, task_id=thing.pk, note=data["note"]))

    @command(request=shapes.HandOnIn, response=shapes.TaskOut)
    def hand_on(self, thing: Task, data: dict[str, Any]) -> Task:
        return self.again(services.hand_on_task(actor=self.actor, task_id=thing.pk, **data))

    @command(request=shapes.TakeBackIn, response=shapes.TaskOut)
    def withdraw(self, thing: Task, data: dict[str, Any]) -> Task:
        return self.again(services.withdraw_task(actor=self.actor, task_id=thing.pk, reason=data["reason"]))
