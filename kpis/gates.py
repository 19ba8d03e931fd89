"""What the gates of a project's life ask of its KPIs (DESIGN 6: a baseline is locked before go-live)."""

from django.db.models import F, QuerySet
from django.urls import reverse

from kpis.models import Baseline, Kpi
from projects.models import Project
from projects.present import may_have


def baseline_named(project: Project) -> bool:
    """Some KPI of the project says where it stood before."""
    return may_have(project, "kpis") and _running_baselines(project).exists()


def baselines_locked(project: Project) -> bool:
    """There are KPIs, and the running series of every one of them has a locked baseline."""
    if not may_have(project, "kpis"):
        return False
    kpis = Kpi.objects.filter(project=project)
    locked = _running_baselines(project).filter(locked_at__isnull=False).values("series__kpi")
    return kpis.exists() and not kpis.exclude(pk__in=locked).exists()


def address(project: Project) -> str:
    """Where a baseline is named or locked: the project's KPIs, or the form for the first one."""
    if not (may_have(project, "kpis") and Kpi.objects.filter(project=project).exists()):
        return reverse("kpis:kpi-new", args=[project.reference])
    return f"{reverse('kpis:kpi-list')}?project={project.reference}"


def _running_baselines(project: Project) -> "QuerySet[Baseline]":
    """Baselines of the series that follow their KPI's present definition."""
    return Baseline.objects.filter(series__kpi__project=project, series__definition=F("series__kpi__definition"))
