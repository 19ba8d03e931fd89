"""Search over everything, and the projects like the one being typed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core import params
from core.pages import page_or_partial
from projects.models import Project
from projects.selectors import finding, similar

TITLES = ("title_en", "title_zh_hant")


@login_required
@require_GET
def search(request: SignedInRequest) -> HttpResponse:
    """What the bar on every page asks for. Each kind shows its first few and leads to its list."""
    params.refuse_unknown(request.GET, frozenset({"q"}))
    typed = params.one(request, "q").strip()
    groups = finding.everything(request.user, typed)
    return page_or_partial(
        request,
        page="projects/search.html",
        typed=typed,
        groups=[group for group in groups if group.found],
        was_asked=bool(groups),
    )


@login_required
@require_GET
def project_similar(request: SignedInRequest) -> HttpResponse:
    """Registered projects like the titles in the address: a fragment of the form, or a page of its own."""
    params.refuse_unknown(request.GET, frozenset(TITLES))
    title_en, title_zh_hant = (params.one(request, name).strip() for name in TITLES)
    return page_or_partial(
        request,
        page="projects/similar.html",
        partial="projects/_similar.html",
        similar=similar.to_typed(request.user, title_en, title_zh_hant),
        title=title_en or title_zh_hant,
    )


def notice_similar(request: SignedInRequest, project: Project) -> None:
    """After registering: what it is like, also for readers without scripts, who saw nothing while typing."""
    found = similar.to_typed(request.user, project.title_en, project.title_zh_hant, besides=project.pk)
    if found:
        references = ", ".join(one.project.reference for one in found)
        text = _("Like projects that are registered already: %(references)s. Speak to them before you build.")
        messages.warning(request, text % {"references": references})
