"""The life of one project: what was approved, what its pilot showed, how it leaves, and the acts on all that."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import as_at
from core.acts import Act, offers, send
from core.forms import TrackerForm
from core.pages import page_or_partial
from projects.acts.life import LIFE_ACTS, form_for
from projects.models import Project
from projects.selectors import course
from projects.views.projects import find


@login_required
@require_GET
@as_at.honoured
def project_life(request: SignedInRequest, reference: str) -> HttpResponse:
    return show(request, find(request, reference))


def life_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, reference: str) -> HttpResponse:
        project = find(request, reference)
        act.may(request.user, project).or_raise()  # who may not do it at all learns that, not the form's faults
        form = form_for(act, request.user, project, request.POST)

        def work() -> str:
            act.work(request.user, project, form.cleaned_data)
            messages.success(request, str(act.done))
            return reverse("projects:project-life", args=[project.reference])

        return send(request, form, work=work, again=lambda: show(request, project, refused={act.name: form}))

    return view


def show(
    request: SignedInRequest, project: Project, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    """The page, with a refused form as it was typed."""
    lived = course.life(project, request.user)
    return page_or_partial(
        request,
        page="projects/project_life.html",
        status=422 if refused else 200,
        project=project,
        course=course.course(project),
        life=lived,
        tombstone=course.tombstone(lived.exits),
        gates=course.gates_of(project),
        offers=[]
        if as_at.current()
        else offers(
            LIFE_ACTS,
            user=request.user,
            thing=project,
            form=lambda act: form_for(act, request.user, project),
            address=lambda act: reverse(f"projects:project-{act.name}", args=[project.reference]),
            refused=refused or {},
        ),
    )
