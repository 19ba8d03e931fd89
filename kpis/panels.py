"""The KPI charts on a project's page."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core import as_at
from kpis import figures, policies, selectors
from kpis.models import Benefit
from projects.models import Project
from projects.present import may_have

MOST_CHARTS = 6


def benefits_of_project(request: HttpRequest, project: Project) -> SafeString:
    """What the project promises, and how its last reviews went; nothing where it promises nothing."""
    if not may_have(project, "kpis"):
        return SafeString("")
    rows = selectors.benefit_rows(request.user)  # type: ignore[arg-type] # signed in
    benefits = list(rows.filter(kpi__project=project, status=Benefit.Status.PROMISED))
    if not benefits:
        return SafeString("")
    context = {"lines": selectors.benefit_lines(benefits), "project": project}
    return render_to_string("kpis/_benefits_panel.html", context, request=request)


def for_project(request: HttpRequest, project: Project) -> SafeString:
    """The project's first KPIs as charts, with a way to all of them."""
    rows = selectors.kpi_rows(request.user).filter(project=project)  # type: ignore[arg-type] # signed in
    shown = list(rows[: MOST_CHARTS + 1]) if may_have(project, "kpis") else []
    charts = [
        {
            "history": history,
            "figure": figures.history_figure(history),
            "table": figures.history_table(history),
            "chart_id": f"kpi-{history.kpi.pk}",
        }
        for history in (selectors.histories(shown[:MOST_CHARTS]) if shown else ())
    ]
    context = {
        "charts": charts,
        "project": project,
        "has_more": len(shown) > MOST_CHARTS,
        "may_define": not as_at.current() and policies.can_define(request.user, project),  # type: ignore[arg-type] # signed in
    }
    return render_to_string("kpis/_panel.html", context, request=request)
