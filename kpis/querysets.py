"""Which KPIs, sources and readings a person may see, and the filters lists and charts share (DESIGN 8)."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from accounts import grants
from accounts.models import Posting
from core import clock
from projects.models import Project

if TYPE_CHECKING:
    from accounts.models import User

SEES_EVERYTHING = "kpis.view_every_reading"
MANAGES_SOURCES = "kpis.manage_sources"


def own_departments(user: "User") -> "models.QuerySet[Posting, Any]":
    """Keys of the departments a person is posted to today."""
    return Posting.objects.on(clock.today()).filter(person=user.person_id).values("department")


class KpiQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """A KPI is seen by whoever sees its project; which of its readings is another question."""
        return self.filter(project__in=Project.objects.visible_to(user))


class SourceQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Addresses inside a department's network: its own people, those who manage sources, and the auditor."""
        if user.has_perm(MANAGES_SOURCES) or user.has_perm(SEES_EVERYTHING):
            return self
        return self.filter(department__in=own_departments(user))

    def collected(self) -> Self:
        return self.filter(status="approved")


class CollectionRunQuerySet(models.QuerySet):
    def open_to_take(self, at: "models.expressions.Combinable | object") -> Self:
        """Runs a worker could take at an instant: planned, put back by a failure, or left by a worker that died."""
        return self.filter(
            Q(state="planned") | Q(state="failed", lease_until__lte=at) | Q(state="running", lease_until__lte=at)
        )


class ReadingQuerySet(models.QuerySet):
    def with_state(self) -> Self:
        """Annotate `state`: the last verdict on each reading."""
        from kpis.models import ReadingVerdict  # models build on this module

        last = ReadingVerdict.objects.filter(
            series=OuterRef("series_id"),
            period_start=OuterRef("period_start"),
            cell=OuterRef("cell"),
            revision=OuterRef("revision"),
        ).order_by("-pk")
        return self.annotate(state=Subquery(last.values("verdict")[:1]))

    def verified(self) -> Self:
        return self.with_state().filter(state="verified")

    def waiting(self) -> Self:
        """Those a second person still has to speak on."""
        return self.with_state().filter(state__in=["submitted", "quarantined"])

    def standing(self) -> Self:
        """The newest verified revision of each period and cell: what charts and totals use."""
        ranked = ("series_id", "period_start", "cell")
        return self.verified().order_by(*ranked, "-revision").distinct(*ranked)

    def visible_to(self, user: "User") -> Self:
        """Verified readings of visible projects; the others for the own department, the Team, the auditor, by grant."""
        if user.has_perm(SEES_EVERYTHING):
            return self.with_state()
        projects = Project.objects.visible_to(user)
        closer = Project.objects.filter(
            Q(department__in=own_departments(user)) | Q(pk__in=grants.ids(user, "projects.view_project"))
        )
        return self.with_state().filter(
            Q(series__kpi__project__in=projects), Q(state="verified") | Q(series__kpi__project__in=closer)
        )
