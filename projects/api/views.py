"""Projects over the API: the same rows, rules and services as the pages."""

from typing import Any

from django.db.models import QuerySet

from core.api.views import RegisterViewSet, collection_command, command, patch_command
from projects import selectors, services
from projects.api import serializers as shapes
from projects.api.life import LifeCommands
from projects.api.procedure_shapes import ProcedureIn
from projects.api.procedures import shown
from projects.filters import ProjectFilter
from projects.models import Procedure, Project
from work.api.subjects import SubjectOperations


class ProjectViewSet(SubjectOperations, LifeCommands, RegisterViewSet):
    """The project register. Registered projects are for every signed-in person."""

    rows = Project.objects
    paged = frozenset({"history"})
    word = "project"
    known_then = True
    serializer_class = shapes.ProjectOut
    filterset_class = ProjectFilter
    ordering_fields = ("reference", "stage", "title_en", "priority_order")

    def get_queryset(self) -> "QuerySet[Project]":
        if getattr(self, "swagger_fake_view", False):
            return Project.objects.none()
        rows = selectors.project_rows(self.actor)
        return rows.select_related(None).select_related("department") if self.action == "list" else rows

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

    @command(request=ProcedureIn, response=shapes.ProcedureDetailOut, status=201)
    def add_procedure(self, thing: Project, data: dict[str, Any]) -> Procedure:
        return shown(self.actor, services.add_procedure(actor=self.actor, project_id=thing.pk, **data))

    @command(request=shapes.LinkIn, response=shapes.ProjectDetailOut, status=201)
    def link(self, thing: Project, data: dict[str, Any]) -> Project:
        services.link_procedure(actor=self.actor, project_id=thing.pk, procedure_id=data["procedure"].pk)
        return self._again(thing)

    def _again(self, project: Project) -> Project:
        return self.get_queryset().get(pk=project.pk)
