"""Priority help over the API."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.serializers import In, Out, ParagraphIn
from core.api.views import RegisterViewSet, collection_command, command
from projects.api.life_serializers import OfficerOut
from projects.api.serializers import VisibleSlugIn
from projects.help import ANSWERS, HelpFilter, help_rows
from projects.models import HelpRequest, Project
from projects.services.help import answer_help, ask_help, withdraw_help


class HelpIn(In):
    read_only_names = frozenset({"reference", "outcome", "answer", "asked_by", "answered_by"})

    project = VisibleSlugIn(slug_field="reference", queryset=Project.objects.all())
    kind = serializers.ChoiceField(choices=HelpRequest.Kind.choices)
    question = ParagraphIn(max_length=5_000)


class AnswerIn(In):
    outcome = serializers.ChoiceField(choices=ANSWERS)
    answer = ParagraphIn(max_length=5_000)


class WithdrawIn(In):
    reason = ParagraphIn(max_length=2_000)


class HelpOut(Out):
    reference = serializers.CharField()
    project = serializers.CharField(source="project.reference")
    kind = serializers.ChoiceField(choices=HelpRequest.Kind.choices)
    question = serializers.CharField()
    asked_by = OfficerOut()
    asked_at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(choices=HelpRequest.Outcome.choices, help_text="Empty while it is open.")
    answer = serializers.CharField()
    answered_by = OfficerOut(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)


class HelpRequestViewSet(RegisterViewSet):
    """What departments ask the Team and what it answers, for insiders of the project."""

    rows = HelpRequest.objects
    serializer_class = HelpOut
    filterset_class = HelpFilter
    ordering_fields = ("asked_at",)

    def get_queryset(self) -> "QuerySet[HelpRequest]":
        if getattr(self, "swagger_fake_view", False):
            return HelpRequest.objects.none()
        return help_rows(self.actor)

    @collection_command(request=HelpIn, response=HelpOut)
    def create(self, data: dict[str, Any]) -> HelpRequest:
        return ask_help(actor=self.actor, project_id=data.pop("project").pk, **data)

    @command(request=AnswerIn, response=HelpOut)
    def answer(self, thing: HelpRequest, data: dict[str, Any]) -> HelpRequest:
        return answer_help(actor=self.actor, help_id=thing.pk, **data)

    @command(request=WithdrawIn, response=HelpOut)
    def withdraw(self, thing: HelpRequest, data: dict[str, Any]) -> HelpRequest:
        return withdraw_help(actor=self.actor, help_id=thing.pk, **data)
