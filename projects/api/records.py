"""A project's records over the API: the same rows, rules and services as the pages."""

from typing import Any, ClassVar

from django.db.models import QuerySet

from core.api.views import RegisterViewSet, collection_command, command, patch_command
from projects import services
from projects.api import record_shapes as shapes
from projects.models import (
    Concern,
    Dependency,
    IndependentRating,
    Milestone,
    Resource,
    ResourceUse,
    StatusReport,
)
from projects.records import concerns, filters, plan, resources, status
from projects.records.plan import Planned

NUMBER = r"[0-9]{1,18}"


class PlannedViewSet(RegisterViewSet):
    """What milestones and dependencies have in common: dates agreed, moved with a reason, met or given up."""

    kind: ClassVar[type[Planned]]
    known_then = True
    lookup_field = "pk"
    lookup_value_regex = NUMBER
    ordering_fields = ("current_on", "forecast_on", "original_on")

    def get_queryset(self) -> "QuerySet[Any]":
        if getattr(self, "swagger_fake_view", False):
            return self.kind.objects.none()
        return plan.rows_of(self.kind, self.actor)

    def _done(self, service: Any, thing: Planned, data: dict[str, Any]) -> Planned:
        service(actor=self.actor, kind=self.kind, pk=thing.pk, expected_version=self.expected_version, **data)
        return self._again(thing)

    def _again(self, thing: Planned) -> Planned:
        found: Planned = self.get_queryset().get(pk=thing.pk)
        return found


class MilestoneViewSet(PlannedViewSet):
    """Milestones of visible projects."""

    kind = Milestone
    rows = Milestone.objects
    serializer_class = shapes.PlannedOut
    filterset_class = filters.MilestoneFilter

    @collection_command(request=shapes.MilestoneIn, response=shapes.PlannedOut)
    def create(self, data: dict[str, Any]) -> Planned:
        project = data.pop("project")
        return self._again(services.add_milestone(actor=self.actor, project_id=project.pk, **data))

    @patch_command(request=shapes.PlannedPatchIn, response=shapes.PlannedOut)
    def partial_update(self, thing: Milestone, data: dict[str, Any]) -> Planned:
        return self._done(services.change_planned, thing, data)

    @command(request=shapes.AgreeIn, response=shapes.PlannedOut, needs_match=True)
    def agree(self, thing: Milestone, data: dict[str, Any]) -> Planned:
        return self._done(services.agree_date, thing, data)

    @command(request=shapes.DoneIn, response=shapes.PlannedOut, needs_match=True)
    def done(self, thing: Milestone, data: dict[str, Any]) -> Planned:
        return self._done(services.mark_done, thing, data)

    @command(request=shapes.WithReasonIn, response=shapes.PlannedOut, needs_match=True)
    def withdraw(self, thing: Milestone, data: dict[str, Any]) -> Planned:
        return self._done(services.withdraw_planned, thing, data)


class DependencyViewSet(PlannedViewSet):
    """What visible projects wait for."""

    kind = Dependency
    rows = Dependency.objects
    serializer_class = shapes.DependencyOut
    filterset_class = filters.DependencyFilter

    @collection_command(request=shapes.DependencyIn, response=shapes.DependencyOut)
    def create(self, data: dict[str, Any]) -> Planned:
        project, other = data.pop("project"), data.pop("on_project")
        made = services.add_dependency(
            actor=self.actor, project_id=project.pk, on_project_id=other.pk if other else None, **data
        )
        return self._again(made)

    @patch_command(request=shapes.PlannedPatchIn, response=shapes.DependencyOut)
    def partial_update(self, thing: Dependency, data: dict[str, Any]) -> Planned:
        return self._done(services.change_planned, thing, data)

    @command(request=shapes.AgreeIn, response=shapes.DependencyOut, needs_match=True)
    def agree(self, thing: Dependency, data: dict[str, Any]) -> Planned:
        return self._done(services.agree_date, thing, data)

    @command(request=shapes.DoneIn, response=shapes.DependencyOut, needs_match=True)
    def done(self, thing: Dependency, data: dict[str, Any]) -> Planned:
        return self._done(services.mark_done, thing, data)

    @command(request=shapes.WithReasonIn, response=shapes.DependencyOut, needs_match=True)
    def withdraw(self, thing: Dependency, data: dict[str, Any]) -> Planned:
        return self._done(services.withdraw_planned, thing, data)


class ReportViewSet(RegisterViewSet):
    """The departments' own monthly reports, every revision."""

    rows = StatusReport.objects
    known_then = True
    lookup_field = "pk"
    lookup_value_regex = NUMBER
    serializer_class = shapes.ReportOut
    filterset_class = filters.ReportFilter
    ordering_fields = ("month", "submitted_at")

    def get_queryset(self) -> "QuerySet[StatusReport]":
        if getattr(self, "swagger_fake_view", False):
            return StatusReport.objects.none()
        return status.report_rows(self.actor)

    @collection_command(request=shapes.ReportIn, response=shapes.ReportOut)
    def create(self, data: dict[str, Any]) -> StatusReport:
        project = data.pop("project")
        return services.report_month(actor=self.actor, project_id=project.pk, **data)

    @command(request=shapes.CorrectReportIn, response=shapes.ReportOut, status=201)
    def correct(self, thing: StatusReport, data: dict[str, Any]) -> StatusReport:
        return services.correct_report(
            actor=self.actor,
            project_id=thing.project_id,
            month=thing.month,
            expected_revision=thing.revision,
            **data,
        )


class RatingViewSet(RegisterViewSet):
    """The Team's independent monthly ratings, every revision."""

    rows = IndependentRating.objects
    known_then = True
    lookup_field = "pk"
    lookup_value_regex = NUMBER
    serializer_class = shapes.RatingOut
    filterset_class = filters.RatingFilter
    ordering_fields = ("month", "rated_at")

    def get_queryset(self) -> "QuerySet[IndependentRating]":
        if getattr(self, "swagger_fake_view", False):
            return IndependentRating.objects.none()
        return status.rating_rows(self.actor)

    @collection_command(request=shapes.RatingIn, response=shapes.RatingOut)
    def create(self, data: dict[str, Any]) -> IndependentRating:
        project = data.pop("project")
        return services.rate_month(actor=self.actor, project_id=project.pk, **data)

    @command(request=shapes.CorrectRatingIn, response=shapes.RatingOut, status=201)
    def correct(self, thing: IndependentRating, data: dict[str, Any]) -> IndependentRating:
        return services.correct_rating(
            actor=self.actor,
            project_id=thing.project_id,
            month=thing.month,
            expected_revision=thing.revision,
            **data,
        )


class ConcernViewSet(RegisterViewSet):
    """Risks and issues of projects whose insider the reader is; of others nothing is listed, shown or counted."""

    rows = Concern.objects
    known_then = True
    lookup_field = "pk"
    lookup_value_regex = NUMBER
    serializer_class = shapes.ConcernOut
    filterset_class = filters.ConcernFilter
    ordering_fields = ("raised_on", "due_on", "impact")

    def get_queryset(self) -> "QuerySet[Concern]":
        if getattr(self, "swagger_fake_view", False):
            return Concern.objects.none()
        return concerns.concern_rows(self.actor)

    @collection_command(request=shapes.ConcernIn, response=shapes.ConcernOut)
    def create(self, data: dict[str, Any]) -> Concern:
        project = data.pop("project")
        return services.raise_concern(actor=self.actor, project_id=project.pk, **data)

    @patch_command(request=shapes.ConcernPatchIn, response=shapes.ConcernOut)
    def partial_update(self, thing: Concern, data: dict[str, Any]) -> Concern:
        return self._done(services.change_concern, thing, data)

    @command(request=shapes.CloseIn, response=shapes.ConcernOut, needs_match=True)
    def close(self, thing: Concern, data: dict[str, Any]) -> Concern:
        return self._done(services.close_concern, thing, data)

    @command(request=shapes.WithReasonIn, response=shapes.ConcernOut, needs_match=True)
    def reopen(self, thing: Concern, data: dict[str, Any]) -> Concern:
        return self._done(services.reopen_concern, thing, data)

    def _done(self, service: Any, thing: Concern, data: dict[str, Any]) -> Concern:
        changed: Concern = service(
            actor=self.actor, concern_id=thing.pk, expected_version=self.expected_version, **data
        )
        return changed


class ResourceViewSet(RegisterViewSet):
    """Vendors, AI models, data sets and systems: one register for every signed-in person."""

    rows = Resource.objects
    known_then = True
    serializer_class = shapes.ResourceOut
    filterset_class = filters.ResourceFilter
    ordering_fields = ("reference", "kind", "name_en")

    def get_queryset(self) -> "QuerySet[Resource]":
        if getattr(self, "swagger_fake_view", False):
            return Resource.objects.none()
        return resources.resource_rows(self.actor)

    @collection_command(request=shapes.ResourceIn, response=shapes.ResourceOut)
    def create(self, data: dict[str, Any]) -> Resource:
        return self._again(services.register_resource(actor=self.actor, **data))

    @patch_command(request=shapes.ResourcePatchIn, response=shapes.ResourceOut)
    def partial_update(self, thing: Resource, data: dict[str, Any]) -> Resource:
        return self._done(services.change_resource, thing, data)

    @command(request=shapes.WithReasonIn, response=shapes.ResourceOut, needs_match=True)
    def withdraw(self, thing: Resource, data: dict[str, Any]) -> Resource:
        return self._done(services.withdraw_resource, thing, data)

    def _done(self, service: Any, thing: Resource, data: dict[str, Any]) -> Resource:
        service(actor=self.actor, resource_id=thing.pk, expected_version=self.expected_version, **data)
        return self._again(thing)

    def _again(self, thing: Resource) -> Resource:
        return self.get_queryset().get(pk=thing.pk)


class UseViewSet(RegisterViewSet):
    """Which visible project uses which entry, for what, from when until when."""

    rows = ResourceUse.objects
    known_then = True
    lookup_field = "pk"
    lookup_value_regex = NUMBER
    serializer_class = shapes.UseOut
    filterset_class = filters.UseFilter
    ordering_fields = ("starts_on", "ends_on")

    def get_queryset(self) -> "QuerySet[ResourceUse]":
        if getattr(self, "swagger_fake_view", False):
            return ResourceUse.objects.none()
        return resources.use_rows(self.actor)

    @collection_command(request=shapes.UseIn, response=shapes.UseOut)
    def create(self, data: dict[str, Any]) -> ResourceUse:
        project, resource = data.pop("project"), data.pop("resource")
        return services.use_resource(
            actor=self.actor, project_id=project.pk, resource_id=resource.pk if resource else None, **data
        )

    @command(request=shapes.EndUseIn, response=shapes.UseOut)
    def end(self, thing: ResourceUse, data: dict[str, Any]) -> ResourceUse:
        return services.end_use(actor=self.actor, use_id=thing.pk, **data)
