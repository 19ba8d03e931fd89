"""The life of a project over the API: the same services and the same answers as its pages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.views import RegisterViewSet, collection_command, command
from core.simplified import simplified
from projects import services
from projects.api import life_serializers as shapes
from projects.models import Project
from projects.selectors.course import Course, Life
from projects.selectors.course import course as course_of
from projects.selectors.course import life as life_of

if TYPE_CHECKING:
    Base = RegisterViewSet
else:
    Base = object


@dataclass(frozen=True, slots=True)
class Shown:
    """A project with its life, as the serializer reads it; the version goes out as ETag."""

    project: Project
    course: Course
    life: Life
    version: int


def shown(actor: User, project: Project) -> Shown:
    fresh = Project.objects.visible_to(actor).get(pk=project.pk)
    return Shown(fresh, course_of(fresh), life_of(fresh, actor), fresh.version)


class LifeCommands(Base):
    """Acts of a project's life, each `POST /api/v1/projects/<reference>/<act>/`."""

    @extend_schema(responses=shapes.LifeOut)
    @action(detail=True, methods=["get"], filter_backends=[])
    def life(self, request: Request, reference: str) -> Response:
        """Where the project stands, what is missing for the next stage, and what was decided."""
        return Response(shapes.LifeOut(shown(self.actor, self.get_object())).data)

    @collection_command(request=shapes.SimplifyIn, response=shapes.SimplifyOut, status=200)
    def simplify(self, data: dict[str, Any]) -> dict[str, str]:
        return {"text": simplified(data["text"])}

    @command(request=None, response=shapes.LifeOut)
    def register(self, thing: Project, data: dict[str, Any]) -> Shown:
        return shown(self.actor, services.register_draft(actor=self.actor, project_id=thing.pk))

    @command(request=shapes.StageIn, response=shapes.LifeOut)
    def change_stage(self, thing: Project, data: dict[str, Any]) -> Shown:
        return shown(self.actor, services.change_stage(actor=self.actor, project_id=thing.pk, **data))

    @command(request=shapes.StatementIn, response=shapes.LifeOut, status=201)
    def approve_pilot(self, thing: Project, data: dict[str, Any]) -> Shown:
        services.approve_pilot(actor=self.actor, project_id=thing.pk, **data)
        return shown(self.actor, thing)

    @command(request=shapes.WithdrawApprovalIn, response=shapes.LifeOut)
    def withdraw_approval(self, thing: Project, data: dict[str, Any]) -> Shown:
        services.withdraw_approval(actor=self.actor, project_id=thing.pk, **data)
        return shown(self.actor, thing)

    @command(request=shapes.PilotResultIn, response=shapes.LifeOut, status=201)
    def record_pilot(self, thing: Project, data: dict[str, Any]) -> Shown:
        services.record_pilot(actor=self.actor, project_id=thing.pk, **data)
        return shown(self.actor, thing)

    @command(request=shapes.PilotDecisionIn, response=shapes.LifeOut)
    def decide_pilot(self, thing: Project, data: dict[str, Any]) -> Shown:
        services.decide_pilot(actor=self.actor, project_id=thing.pk, **data)
        return shown(self.actor, thing)

    @command(request=shapes.FlagshipIn, response=shapes.LifeOut)
    def flagship(self, thing: Project, data: dict[str, Any]) -> Shown:
        return shown(self.actor, services.mark_flagship(actor=self.actor, project_id=thing.pk, **data))

    @command(request=shapes.ExitIn, response=shapes.LifeOut, status=201)
    def propose_exit(self, thing: Project, data: dict[str, Any]) -> Shown:
        successors, claims_to = data.pop("successors"), data.pop("claims_to")
        services.propose_exit(
            actor=self.actor,
            project_id=thing.pk,
            successor_ids=[one.pk for one in successors],
            claims_to_id=claims_to.pk if claims_to else None,
            **data,
        )
        return shown(self.actor, thing)

    @command(request=shapes.OptionalNoteIn, response=shapes.LifeOut)
    def approve_exit(self, thing: Project, data: dict[str, Any]) -> Shown:
        services.approve_exit(actor=self.actor, project_id=thing.pk, **data)
        return shown(self.actor, thing)

    @command(request=shapes.NoteIn, response=shapes.LifeOut)
    def refuse_exit(self, thing: Project, data: dict[str, Any]) -> Shown:
        services.refuse_exit(actor=self.actor, project_id=thing.pk, **data)
        return shown(self.actor, thing)

    @command(request=shapes.NoteIn, response=shapes.LifeOut)
    def withdraw_exit(self, thing: Project, data: dict[str, Any]) -> Shown:
        services.withdraw_exit(actor=self.actor, project_id=thing.pk, **data)
        return shown(self.actor, thing)
