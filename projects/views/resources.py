"""The register of vendors, AI models, data sets and systems, and which project uses which."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core import as_at, listing
from core.acts import Act, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from projects import policies, services
from projects.models import Resource, ResourceUse
from projects.records import acts, resources
from projects.records.filters import ResourceFilter
from projects.records.forms import EndUseForm, ResourceForm, UseForm
from projects.views.records import StaleForm, record_act, record_offers, visible_project


@login_required
@require_GET
@as_at.honoured
def resource_list(request: SignedInRequest) -> HttpResponse:
    found, filters = listing.filtered(request, ResourceFilter, resources.resource_rows(request.user))
    ordered = listing.ordered(request, found, resources.ORDERINGS)
    return page_or_partial(
        request,
        page="projects/resource_list.html",
        partial="projects/_resource_table.html",
        filter_form=filters,
        page_of=paginate(request, ordered),
        sorts=listing.sorts(request, resources.ORDERINGS),
        may_register=not as_at.current() and policies.can_register_resource(request.user),
    )


@login_required
@require_http_methods(["GET", "POST"])
def resource_new(request: SignedInRequest) -> HttpResponse:
    policies.can_register_resource(request.user).or_raise()
    form = ResourceForm(request.POST or None, user=request.user)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="projects/resource_form.html", form=form)

    def work() -> str:
        typed = {name: form.cleaned_data[name] for name in ("kind", "name_en", "name_zh_hant", "details")}
        made = services.register_resource(actor=request.user, **typed)
        messages.success(request, _("The entry is registered."))
        return _address(made)

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_GET
@as_at.honoured
def resource_page(request: SignedInRequest, reference: str) -> HttpResponse:
    return _show(request, _find(request, reference))


def resource_act(act: Act) -> Any:
    return record_act(act, find=_find, address=_address, show=_show)


@login_required
@require_http_methods(["GET", "POST"])
def use_new(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say that a project uses something, by its kind and name."""
    project = visible_project(request, reference)
    policies.can_use_resource(request.user, project).or_raise()
    form = UseForm(request.POST or None, user=request.user)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="projects/use_form.html", form=form, project=project, use=None)

    def work() -> str:
        names = ("kind", "name_en", "name_zh_hant", "purpose", "starts_on")
        typed = {name: form.cleaned_data[name] for name in names}
        services.use_resource(actor=request.user, project_id=project.pk, **typed)
        messages.success(request, _("The use is recorded."))
        return reverse("projects:project-detail", args=[project.reference])

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_http_methods(["GET", "POST"])
def use_end(request: SignedInRequest, reference: str, pk: int) -> HttpResponse:
    use = _find_use(request, reference, pk)
    policies.can_end_use(request.user, use).or_raise()
    form = EndUseForm(request.POST or None, user=request.user)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="projects/use_form.html", form=form, project=use.project, use=use)

    def work() -> str:
        services.end_use(actor=request.user, use_id=use.pk, ends_on=form.cleaned_data["ends_on"])
        messages.success(request, _("The end of the use is recorded."))
        return reverse("projects:project-detail", args=[use.project.reference])

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


def _find(request: SignedInRequest, reference: str) -> Resource:
    found = Resource.objects.visible_to(request.user).filter(reference=reference).first()
    if found is None:
        raise NotVisible("resource.none", _("There is no such entry."))
    return found


def _find_use(request: SignedInRequest, reference: str, pk: int) -> ResourceUse:
    found = resources.use_rows(request.user).filter(project__reference=reference, pk=pk).first()
    if found is None:
        raise NotVisible("use.none", _("There is no such use for you."))
    return found


def _address(resource: Resource) -> str:
    return reverse("projects:resource", args=[resource.reference])


def _show(
    request: SignedInRequest,
    resource: Resource,
    *,
    status: int = 200,
    refused: Mapping[str, TrackerForm] | None = None,
    stale: StaleForm | None = None,
) -> HttpResponse:
    def address(act: Act) -> str:
        return reverse(f"projects:resource-{act.name}", args=[resource.reference])

    return page_or_partial(
        request,
        page="projects/resource.html",
        status=status,
        resource=resource,
        uses=resources.use_rows(request.user).filter(resource=resource).order_by("project__reference", "starts_on"),
        today=as_at.day(),
        stale=stale,
        address=_address(resource),
        offers=record_offers(acts.RESOURCE_ACTS, user=request.user, thing=resource, address=address, refused=refused),
    )
