"""What a project's own page shows of its records: four facts, in as many queries."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core import as_at
from projects import policies
from projects.models import Project
from projects.records import plan, resources, status


def for_project(request: HttpRequest, project: Project) -> SafeString:
    user = request.user
    context = {
        "project": project,
        "next": plan.next_milestone(user, project, as_at.day()),  # type: ignore[arg-type] # signed in
        "ratings": status.latest_of(user, project),  # type: ignore[arg-type]
        "uses": resources.running_uses(user, project),  # type: ignore[arg-type]
        "may_use": not as_at.current() and policies.can_use_resource(user, project),  # type: ignore[arg-type]
    }
    return render_to_string("projects/_records_panel.html", context, request=request)
