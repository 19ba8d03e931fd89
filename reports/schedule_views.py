"""Schedules: what is sent each month, to whom, and what came of each month's pack."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core import params
from core.acts import send
from core.pages import page_or_partial, paginate
from reports import policies, services
from reports.acts import WithdrawForm
from reports.forms import ScheduleForm
from reports.house import FORMS
from reports.models import Schedule
from reports.selectors import packs


@login_required
@require_safe
def schedule_list(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({"page", "page_size"}))
    page = paginate(request, packs.schedule_rows(request.user))
    return page_or_partial(
        request,
        page="reports/schedule_list.html",
        page_of=page,
        lines=[(schedule, FORMS[schedule.form].title) for schedule in page],
        may_add=bool(policies.can_draft(request.user)),
    )


@login_required
@require_http_methods(["GET", "POST"])
def schedule_new(request: SignedInRequest) -> HttpResponse:
    policies.can_draft(request.user).or_raise()
    form = ScheduleForm(request.POST or None, user=request.user)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="reports/schedule_form.html", form=form)

    def work() -> str:
        sent = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
        schedule = services.add_schedule(actor=request.user, **(sent | {"readers": list(sent["readers"])}))
        messages.success(request, _("The schedule is set."))
        return reverse("reports:schedule", args=[schedule.pk])

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_safe
def schedule_detail(request: SignedInRequest, number: int) -> HttpResponse:
    schedule = get_object_or_404(packs.schedule_rows(request.user), pk=number)
    return _detail(request, schedule, WithdrawForm() if policies.can_end_schedule(request.user, schedule) else None)


@login_required
@require_POST
def schedule_end(request: SignedInRequest, number: int) -> HttpResponse:
    schedule = get_object_or_404(packs.schedule_rows(request.user), pk=number)
    policies.can_end_schedule(request.user, schedule).or_raise()
    form = WithdrawForm(request.POST)

    def work() -> str:
        services.end_schedule(actor=request.user, schedule_id=schedule.pk, reason=form.cleaned_data["reason"])
        messages.success(request, _("The schedule has ended."))
        return reverse("reports:schedule", args=[schedule.pk])

    return send(request, form, work=work, again=lambda: _detail(request, schedule, form))


def _detail(request: SignedInRequest, schedule: Schedule, form: WithdrawForm | None) -> HttpResponse:
    return page_or_partial(
        request,
        page="reports/schedule.html",
        schedule=schedule,
        title=FORMS[schedule.form].title,
        packs=packs.told_packs(schedule),
        form=form,
    )
