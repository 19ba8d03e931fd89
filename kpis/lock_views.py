"""Which periods are locked, for all KPIs and for one; the Team locks and opens those of all here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core import params
from core.acts import send
from core.pages import page_or_partial, paginate
from kpis import policies, services
from kpis.acts import LockForm
from kpis.models import PeriodLock


@login_required
@require_http_methods(["GET", "POST"])
def period_locks(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({"page", "page_size"}))
    may_lock = policies.can_lock_periods(request.user)
    form = LockForm(request.POST or None) if may_lock else None
    rows = PeriodLock.objects.visible_to(request.user).select_related("kpi__definition", "said_by")

    def shown() -> HttpResponse:
        return page_or_partial(request, page="kpis/period_locks.html", form=form, page_of=paginate(request, rows))

    if request.method != "POST":
        return shown()
    may_lock.or_raise()
    assert form is not None

    def work() -> str:
        services.lock_periods(actor=request.user, until=form.cleaned_data["until"], reason=form.cleaned_data["reason"])
        messages.success(request, _("It is said up to when periods are locked."))
        return reverse("kpis:period-locks")

    return send(request, form, work=work, again=shown)
