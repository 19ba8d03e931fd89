"""The register of vendors, AI models, data sets and systems, and which visible projects use each."""

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from core import as_at
from projects.models import Project, Resource, ResourceUse
from projects.present import may_have

ORDERINGS = {
    "reference": ("reference",),
    "kind": ("kind", "name_en"),
    "name": ("name_en",),
}


def resource_rows(user: User) -> "QuerySet[Resource]":
    """Entries with how many projects that the reader sees use each today."""
    today = as_at.day()
    seen = Project.objects.visible_to(user).values("pk")
    running = Q(uses__ends_on__isnull=True) | Q(uses__ends_on__gt=today)
    used = Count("uses__project", filter=running & Q(uses__project__in=seen), distinct=True)
    return Resource.objects.visible_to(user).annotate(project_count=used).order_by("kind", "name_en", "pk")


def use_rows(user: User) -> "QuerySet[ResourceUse]":
    """Uses by projects that the reader sees."""
    rows = ResourceUse.objects.visible_to(user).select_related("project__department", "resource")
    return rows.order_by("resource__kind", "resource__name_en", "starts_on", "pk")


def running_uses(user: User, project: Project) -> list[ResourceUse]:
    if not may_have(project, "uses"):
        return []
    return list(use_rows(user).filter(project=project).running(as_at.day()))  # type: ignore[attr-defined]
