"""The job monitor: every visible run, one of them, and the second chance a person gives it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from core import params
from core.acts import Act, offers, send
from core.forms import LineField, TrackerForm
from core.pages import page_or_partial, paginate
from kpis import policies, selectors, services
from kpis.filters import JobFilter
from kpis.models import CollectionRun


class RetryForm(TrackerForm):
    reason = LineField(label=_("Reason"), max_length=300)


RETRY = Act(
    name="retry",
    label=_("Try the run again"),
    explains=_("It is planned again with all its attempts. Say what was mended."),
    form=RetryForm,
    may=policies.can_retry_run,
    work=lambda user, run, typed: services.retry_run(actor=user, run_id=run.pk, reason=typed["reason"]),
    done=_("The run is planned again."),
)


@login_required
@require_safe
def job_list(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({"page", "page_size", *JobFilter.base_filters}))
    chosen = JobFilter(request.GET, queryset=selectors.job_rows(request.user))
    page = paginate(request, chosen.qs)
    return page_or_partial(
        request,
        page="kpis/job_list.html",
        filter_form=chosen.form,
        page_of=page,
        jobs=[selectors.Job(run) for run in page],
        machinery=selectors.machinery() if policies.can_see_health(request.user) else None,
    )


@login_required
@require_safe
def job_detail(request: SignedInRequest, number: int) -> HttpResponse:
    return _detail(request, _visible(request, number))


@login_required
@require_POST
def job_retry(request: SignedInRequest, number: int) -> HttpResponse:
    run = _visible(request, number)
    RETRY.may(request.user, run).or_raise()
    form = RetryForm(request.POST, auto_id="id_retry_%s")

    def work() -> str:
        RETRY.work(request.user, run, form.cleaned_data)
        messages.success(request, str(RETRY.done))
        return reverse("jobs:job-detail", args=[run.pk])

    return send(request, form, work=work, again=lambda: _detail(request, run, refused=form, status=422))


def _detail(
    request: SignedInRequest, run: CollectionRun, *, refused: TrackerForm | None = None, status: int = 200
) -> HttpResponse:
    return page_or_partial(
        request,
        page="kpis/job_detail.html",
        status=status,
        job=selectors.Job(run),
        offers=offers(
            [RETRY],
            user=request.user,
            thing=run,
            form=lambda act: act.form(auto_id=f"id_{act.name}_%s"),
            address=lambda act: reverse("jobs:job-retry", args=[run.pk]),
            refused={RETRY.name: refused} if refused else {},
        ),
    )


def _visible(request: SignedInRequest, number: int) -> CollectionRun:
    return get_object_or_404(selectors.job_rows(request.user), pk=number)
