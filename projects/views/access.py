"""Who can see this project, and why."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from accounts.models import ObjectGrant
from accounts.requests import SignedInRequest
from core import clock
from core.pages import page_or_partial
from projects import access
from projects.policies.access import can_read_access, can_share
from projects.views.projects import find


@login_required
@require_GET
def project_access(request: SignedInRequest, reference: str) -> HttpResponse:
    project = find(request, reference)
    named = can_read_access(request.user, project)
    over = (
        ObjectGrant.objects.on_object(project).filter(ends_at__lte=clock.now()).select_related("person", "granted_by")
    )
    return page_or_partial(
        request,
        page="projects/project_access.html",
        project=project,
        reasons=access.reasons(project),
        named=named,
        ended=list(over) if named else [],
        may_share=can_share(request.user, project),
        person=request.user.person,
    )
