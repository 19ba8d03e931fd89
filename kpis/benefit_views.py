"""The pages of the register of benefits: all of them, one with its reviews, a new one of a KPI."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core import params
from core.acts import Act, offers, send
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from kpis import policies, selectors, services
from kpis.benefit_acts import BENEFIT_ACTS, BenefitForm
from kpis.filters import BenefitFilter
from kpis.models import Benefit


@login_required
@require_safe
def benefit_list(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({"page", "page_size", *BenefitFilter.base_filters}))
    chosen = BenefitFilter(request.GET, queryset=selectors.benefit_rows(request.user))
    page = paginate(request, chosen.qs)
    return page_or_partial(
        request,
        page="kpis/benefit_list.html",
        filter_form=chosen.form,
        page_of=page,
        lines=selectors.benefit_lines(page),
        totals=selectors.totals(chosen.qs),
    )


@login_required
@require_safe
def benefit_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    return _detail(request, _visible(request, reference))


@login_required
@require_http_methods(["GET", "POST"])
def benefit_new(request: SignedInRequest, reference: str) -> HttpResponse:
    """A promise measured by the KPI of the address."""
    kpi = get_object_or_404(selectors.kpi_rows(request.user), reference=reference)
    policies.can_define(request.user, kpi.project).or_raise()
    form = BenefitForm(request.POST or None)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="kpis/benefit_form.html", form=form, kpi=kpi)

    def work() -> str:
        benefit = services.register_benefit(actor=request.user, kpi_id=kpi.pk, promise=form.promise())
        messages.success(request, _("The promise is on the register."))
        return _address(benefit)

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


def benefit_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, reference: str) -> HttpResponse:
        benefit = _visible(request, reference)
        act.may(request.user, benefit).or_raise()
        form = act.form(request.POST, auto_id=f"id_{act.name}_%s")

        def work() -> str:
            act.work(request.user, benefit, form.cleaned_data)
            messages.success(request, str(act.done))
            return _address(benefit)

        return send(
            request, form, work=work, again=lambda: _detail(request, benefit, refused={act.name: form}, status=422)
        )

    return view


def _detail(
    request: SignedInRequest,
    benefit: Benefit,
    *,
    refused: Mapping[str, TrackerForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    return page_or_partial(
        request,
        page="kpis/benefit_detail.html",
        status=status,
        line=selectors.benefit_line(benefit),
        returned=selectors.returned_reviews(benefit),
        offers=offers(
            BENEFIT_ACTS,
            user=request.user,
            thing=benefit,
            form=lambda act: act.form(auto_id=f"id_{act.name}_%s"),
            address=lambda act: reverse(f"kpis:benefit-{act.name}", args=[benefit.reference]),
            refused=refused or {},
        ),
    )


def _visible(request: SignedInRequest, reference: str) -> Benefit:
    return get_object_or_404(selectors.benefit_rows(request.user), reference=reference)


def _address(benefit: Benefit) -> str:
    return reverse("kpis:benefit-detail", args=[benefit.reference])
