"""A procedure as ordered steps: drawn, compared and edited on one form."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core import as_at
from core.acts import send
from core.errors import NotVisible, Stale
from core.pages import page_or_partial
from projects import policies, services
from projects.forms.maps import MapForm, with_more_rows
from projects.models import ProcessMap
from projects.selectors import maps
from projects.views.procedures import find

Variant = ProcessMap.Variant


@login_required
@require_GET
@as_at.honoured
def process_map(request: SignedInRequest, reference: str) -> HttpResponse:
    procedure = find(request, reference)
    found = maps.maps_of(procedure)
    both = [found.variant(name) for name in Variant.values]
    return page_or_partial(
        request,
        page="projects/process_map.html",
        procedure=procedure,
        maps=found,
        variants=[
            {"name": name, "label": Variant(name).label, "shown": shown, "chart": maps.chart(shown) if shown else None}
            for name, shown in zip(Variant.values, both, strict=True)
        ],
        may_draw=not as_at.current() and policies.can_draw_map(request.user, procedure),
    )


@login_required
@require_http_methods(["GET", "POST"])
def map_edit(request: SignedInRequest, reference: str, variant: str) -> HttpResponse:
    """One form for all steps. Asking for more rows keeps what is typed and stores nothing."""
    procedure = find(request, reference)
    if variant not in Variant.values:
        raise NotVisible("map.none", _("There is no such map."))
    policies.can_draw_map(request.user, procedure).or_raise()
    drawn = procedure.maps.filter(variant=variant).order_by("-number").first()
    asks_for_rows = request.method == "POST" and request.POST.get("do") == "more"
    sent: Any = request.POST or None
    form = MapForm(with_more_rows(request.POST) if asks_for_rows else sent, user=request.user, drawn=drawn)

    def shown(status: int | None = None) -> HttpResponse:
        return page_or_partial(
            request,
            page="projects/map_form.html",
            partial="projects/_map_rows.html" if asks_for_rows else None,
            status=status or (422 if request.method == "POST" and not asks_for_rows else 200),
            procedure=procedure,
            map_form=form,
            steps=form.steps,
            variant=variant,
            variant_label=Variant(variant).label,
        )

    def work() -> str:
        services.draw_map(
            actor=request.user,
            procedure_id=procedure.pk,
            variant=variant,
            expected_number=form.cleaned_data["expected_number"],
            steps=form.steps.said(),
            note=form.cleaned_data["note"],
        )
        messages.success(request, _("The map is saved as a new version."))
        return reverse("projects:procedure-map", args=[procedure.reference])

    if asks_for_rows:
        form.forget_faults()
    if request.method != "POST" or asks_for_rows:
        return shown()
    try:
        return send(request, form, work=work, again=shown)
    except Stale as stale:
        form.refuse(stale)
        return shown(stale.status)
