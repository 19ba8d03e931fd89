"""The pages of the library of measures: all of them, one with its versions, a new one, a new version."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core import params
from core.acts import send
from core.pages import page_or_partial, paginate
from kpis import policies, selectors, services
from kpis.breakdown_wording import dimension_names, masking
from kpis.library_forms import MeasureForm, NewMeasureForm, SmallestGroupForm, as_typed
from kpis.models import Definition, SmallestGroup


@login_required
@require_safe
def library(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({"page", "page_size"}))
    return page_or_partial(
        request,
        page="kpis/library.html",
        page_of=paginate(request, selectors.measures(request.user)),
        may_edit=policies.can_edit_library(request.user),
    )


@login_required
@require_safe
def measure_detail(request: SignedInRequest, key: str) -> HttpResponse:
    return _shown(request, _versions(request, key))


@login_required
@require_POST
def measure_smallest_group(request: SignedInRequest, key: str) -> HttpResponse:
    policies.can_edit_library(request.user).or_raise()
    versions = _versions(request, key)
    form = SmallestGroupForm(request.POST)

    def work() -> str:
        services.set_smallest_group(
            actor=request.user, key=key, smallest=form.cleaned_data["smallest"], reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("The smallest group that is shown is set."))
        return _address(versions[0])

    return send(request, form, work=work, again=lambda: _shown(request, versions, form=form, status=422))


def _shown(
    request: SignedInRequest,
    versions: list[Definition],
    *,
    form: SmallestGroupForm | None = None,
    status: int = 200,
) -> HttpResponse:
    measure = versions[0]
    key = measure.key
    smallest = selectors.smallest_group(measure)
    may_edit = policies.can_edit_library(request.user)
    return page_or_partial(
        request,
        page="kpis/measure.html",
        status=status,
        measure=measure,
        masking=masking(smallest),
        said=SmallestGroup.objects.visible_to(request.user).filter(key=key).select_related("said_by"),
        smallest_form=form or (SmallestGroupForm(initial={"smallest": smallest}) if may_edit else None),
        versions=[(version, dimension_names(version.dimensions)) for version in versions],
        lines=selectors.lines(selectors.kpi_rows(request.user).filter(definition__key=key)),
        may_edit=may_edit,
    )


@login_required
@require_http_methods(["GET", "POST"])
def measure_new(request: SignedInRequest) -> HttpResponse:
    policies.can_edit_library(request.user).or_raise()
    form = NewMeasureForm(request.POST or None)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="kpis/measure_form.html", form=form, measure=None)

    def work() -> str:
        made = services.add_definition(actor=request.user, key=form.cleaned_data["key"], measure=form.measure())
        messages.success(request, _("The measure is in the library."))
        return _address(made)

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_http_methods(["GET", "POST"])
def measure_revise(request: SignedInRequest, key: str) -> HttpResponse:
    policies.can_edit_library(request.user).or_raise()
    newest = _versions(request, key)[0]
    form = MeasureForm(request.POST or None, initial=as_typed(newest))

    def shown() -> HttpResponse:
        return page_or_partial(request, page="kpis/measure_form.html", form=form, measure=newest)

    def work() -> str:
        made = services.revise_definition(actor=request.user, key=key, measure=form.measure())
        messages.success(request, _("The measure has a new version. KPIs follow it once their department says so."))
        return _address(made)

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


def _versions(request: SignedInRequest, key: str) -> list[Definition]:
    """Newest first."""
    versions = list(Definition.objects.visible_to(request.user).filter(key=key).order_by("-version"))
    if not versions:
        raise Http404
    return versions


def _address(measure: Definition) -> str:
    return reverse("kpis:measure-detail", args=[measure.key])
