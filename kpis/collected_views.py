"""The pages of a source that is collected: proposed, changed, and tried before anybody relies on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.acts import send
from core.errors import DomainError
from core.pages import INVALID, page_or_partial
from kpis import policies, selectors, services, tried_words
from kpis.models import Source
from kpis.source_forms import ChangedSourceForm, PullSourceForm


@login_required
@require_http_methods(["GET", "POST"])
def pull_source_new(request: SignedInRequest) -> HttpResponse:
    """A system of one of the reader's departments that is to be collected."""
    form = PullSourceForm(request.POST or None, user=request.user)

    def work() -> str:
        source = services.propose_source(
            actor=request.user,
            department_id=form.chosen()[0].project.department_id,
            name=form.cleaned_data["name"],
            collected=form.collected(),
            kpis=form.reported(),
        )
        messages.success(request, _("The source is proposed. A second person tries and approves it."))
        return reverse("kpis:source-detail", args=[source.reference])

    if request.method == "POST":
        return send(request, form, work=work, again=lambda: _new(request, form))
    return _new(request, form)


@login_required
@require_POST
def pull_source_try(request: SignedInRequest) -> HttpResponse:
    """The same form, called once; everything typed stays, nothing is kept."""
    form = PullSourceForm(request.POST, user=request.user)
    if not form.is_valid():
        return _new(request, form)
    try:
        tried = services.try_proposal(
            actor=request.user,
            department_id=form.chosen()[0].project.department_id,
            collected=form.collected(),
            kpis=form.reported(),
        )
    except DomainError as refusal:
        if set(refusal.fields) & set(form.fields):
            form.refuse(refusal)
        else:
            form.add_error(None, str(refusal.message))
        return _new(request, form, status=refusal.status)
    return _new(request, form, tried=tried_words.told(tried))


@login_required
@require_http_methods(["GET", "POST"])
def source_change(request: SignedInRequest, reference: str) -> HttpResponse:
    source = get_object_or_404(selectors.source_rows(request.user), reference=reference)
    policies.can_change_source(request.user, source).or_raise()
    form = ChangedSourceForm(request.POST or None, initial=ChangedSourceForm.initial_of(source))
    here = reverse("kpis:source-detail", args=[reference])

    def shown() -> HttpResponse:
        return page_or_partial(request, page="kpis/source_change.html", form=form, source=source)

    def work() -> str:
        name, collected = form.cleaned_data["name"], form.collected()
        services.change_source(actor=request.user, source_id=source.pk, name=name, collected=collected)
        messages.success(request, _("The change is proposed. Nothing is collected until a second person approves it."))
        return here

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_POST
def source_try(request: SignedInRequest, reference: str) -> HttpResponse:
    """Call a stored source once and show what a run would make of it."""
    source: Source = get_object_or_404(selectors.source_rows(request.user), reference=reference)
    tried = tried_words.told(services.try_source(actor=request.user, source_id=source.pk))
    return page_or_partial(request, page="kpis/source_tried.html", source=source, tried=tried)


def _new(request: SignedInRequest, form: PullSourceForm, *, status: int = 0, **more: Any) -> HttpResponse:
    found = status or (INVALID if form.is_bound and form.errors else 200)
    return page_or_partial(request, page="kpis/pull_source_form.html", form=form, status=found, **more)
