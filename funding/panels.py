"""The funding part of a project's page."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.requests import SignedInRequest
from funding import policies
from funding.selectors import requests
from projects.models import Project
from projects.present import may_have


def for_project(request: SignedInRequest, project: Project) -> SafeString:
    """The requests of this project that the reader may see, and the way to ask for money."""
    rows = requests.for_list(request.user).filter(project=project) if may_have(project, "requests") else ()
    found = list(rows)
    may_ask = bool(policies.can_draft(request.user, project))
    if not found and not may_ask:
        return SafeString()
    context = {"project": project, "requests": found, "may_ask": may_ask}
    return render_to_string("funding/_project_panel.html", context, request=request)
