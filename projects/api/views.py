"""Projects and procedures over the API: the same rows, rules and services as the pages."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from core.api.views import RegisterViewSet, collection_command, command, patch_command
from projects import selectors, services
from projects.api import serializers as shapes
from projects.api.life import LifeCommands
from projects.filters import ProcedureFilter, ProjectFilter
from projects.models import Procedure, Project
from work.api.subjects import SubjectOperations


class ProjectViewSet(LifeCommands, RegisterViewSet):
    """The project register. Registered projects are for every signed-in person."""

    rows = Project.objects
    word = "project"
    known_then = True
    serializer_class = shapes.ProjectOut
    filterset_class = ProjectFilter
    ordering_fields = ("reference", "stage", "title_en", "priority_order")

    def get_queryset(self) -> "QuerySet[Project]":
        if getattr(self, "swagger_fake_view", False):
            return Project.objects.none()
        return selectors.project_rows(self.actor)

    def get_serializer_class(self) -> Any:
        return shapes.ProjectOut if self.action == "list" else shapes.ProjectDetailOut

    @collection_command(request=shapes.ProjectIn, response=shapes.ProjectDetailOut)
    def create(self, data: dict[str, Any]) -> Project:
        """Registered at once, or kept as a draft that only the own department sees."""
        department = data.pop("department")
        keep = services.save_draft if data.pop("as_draft") else services.register_project
        return self._again(keep(actor=self.actor, department_id=department.pk, **data))

    @patch_command(request=shapes.ProjectPatchIn, response=shapes.ProjectDetailOut)
    def partial_update(self, thing: Project, data: dict[str, Any]) -> Project:
        edited = services.edit_project(
            actor=self.actor, project_id=thing.pk, expected_version=self.expected_version, **data
        )
        return self._again(edited)

    @command(request=shapes.ProcedureIn, response=shapes.ProcedureDetailOut, status=201)
    def add_procedure(self, thing: Project, data: dict[str, Any]) -> Procedure:
        return shown(self.actor, services.add_procedure(actor=self.actor, project_id=thing.pk, **data))

    @command(request=shapes.LinkIn, response=shapes.ProjectDetailOut, status=201)
    def link(self, thing: Project, data: dict[str, Any]) -> Project:
        services.link_procedure(actor=self.actor, project_id=thing.pk, procedure_id=data["procedure"].pk)
        return self._again(thing)

    def _again(self, project: Project) -> Project:
        return self.get_queryset().get(pk=project.pk)


class ProcedureViewSet(SubjectOperations, RegisterViewSet):
    """The procedure register with what counts today, and the acts that make a procedure count."""

    rows = Procedure.objects
    word = "procedure"
    known_then = True
    serializer_class = shapes.ProcedureOut
    filterset_class = ProcedureFilter
    ordering_fields = ("reference", "name_en", "planned_on")

    def get_queryset(self) -> "QuerySet[Procedure]":
        if getattr(self, "swagger_fake_view", False):
            return Procedure.objects.none()
        return selectors.procedure_rows(self.actor)

    def get_serializer_class(self) -> Any:
        return shapes.ProcedureOut if self.action == "list" else shapes.ProcedureDetailOut

    def paginate_queryset(self, queryset: Any) -> Any:
        return with_standing(super().paginate_queryset(queryset) or [])

    def get_object(self) -> Procedure:
        found = super().get_object()
        return shown(self.actor, found) if self.action == "retrieve" else found

    @command(request=shapes.ClaimIn, response=shapes.ProcedureDetailOut, status=202)
    def claim(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        project = data.pop("project")
        services.claim(actor=self.actor, procedure_id=thing.pk, project_id=project.pk, **data)
        return shown(self.actor, thing)

    @command(request=shapes.EvidenceIn, response=shapes.ProcedureDetailOut, status=201)
    def evidence(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.add_evidence(actor=self.actor, procedure_id=thing.pk, **data)
        return shown(self.actor, thing)

    @command(request=None, response=shapes.ProcedureDetailOut)
    def verify(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.verify(actor=self.actor, procedure_id=thing.pk)
        return shown(self.actor, thing)

    @command(request=None, response=shapes.ProcedureDetailOut)
    def confirm_late(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.confirm_late(actor=self.actor, procedure_id=thing.pk)
        return shown(self.actor, thing)

    @command(request=shapes.AttestIn, response=shapes.ProcedureDetailOut)
    def attest(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.attest(actor=self.actor, procedure_id=thing.pk, note=data["note"])
        return shown(self.actor, thing)

    @command(request=shapes.EndIn, response=shapes.ProcedureDetailOut)
    def retire(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.retire(actor=self.actor, procedure_id=thing.pk, **data)
        return shown(self.actor, thing)


def with_standing(procedures: Sequence[Procedure]) -> list[Procedure]:
    """Each procedure carrying what it is today, as `today`, for the serializers."""
    found = selectors.counted(procedures)
    for one in found:
        one.procedure.today = one  # type: ignore[attr-defined] # read by the serializers
    return [one.procedure for one in found]


def shown(actor: Any, procedure: Procedure) -> Procedure:
    """The procedure as stored now, with its standing and its facts."""
    [found] = with_standing([selectors.procedure_rows(actor).get(pk=procedure.pk)])
    found.told = selectors.history(found, actor)  # type: ignore[attr-defined] # read by the serializers
    return found
