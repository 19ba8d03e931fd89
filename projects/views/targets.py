"""Targets: how far, judged at the end of their day, shared out among departments; and past days restated."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core import as_at, clock, params
from core.acts import send
from core.days import parse_day
from core.errors import InvalidInput, NotVisible
from core.pages import page_or_partial
from projects import policies, services
from projects.forms.policy import SharesForm, day_in_address
from projects.models import Target
from projects.selectors import counting


@login_required
@require_GET
@as_at.honoured
def target_detail(request: SignedInRequest, due_on: str) -> HttpResponse:
    target = find(request, due_on)
    return page_or_partial(
        request,
        page="projects/target.html",
        target=target,
        judged=counting.judged_target(target, request.user),
        table=counting.share_table(target, request.user),
        may_set=not as_at.current() and policies.can_set_shares(request.user),
        today=as_at.day(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def shares_edit(request: SignedInRequest, due_on: str) -> HttpResponse:
    """All shares of one target as one table."""
    target = find(request, due_on)
    policies.can_set_shares(request.user).or_raise()
    table = counting.share_table(target, request.user)
    form = SharesForm(request.POST or None, user=request.user, table=table)

    def shown() -> HttpResponse:
        rows = list(zip(table.rows, form.rows(), strict=True))
        return page_or_partial(
            request, page="projects/target_shares.html", form=form, target=target, table=table, rows=rows
        )

    def work() -> str:
        services.set_shares(
            actor=request.user, target_id=target.pk, shares=form.shares(), source=form.cleaned_data["source"]
        )
        messages.success(request, _("The shares are saved."))
        return reverse("projects:target-detail", args=[target.due_on.isoformat()])

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_GET
def restatements(request: SignedInRequest) -> HttpResponse:
    """The count of a past day as known at its end, beside what is known of it now."""
    params.refuse_repeated(request.GET)
    params.refuse_unreadable(request.GET)
    params.refuse_unknown(request.GET, frozenset({"day"}))
    asked = past_day(params.one(request, "day"))
    return page_or_partial(
        request,
        page="projects/restatements.html",
        asked=asked,
        found=counting.restated(asked, request.user) if asked else None,
        example=clock.today().replace(day=1) - timedelta(days=1),
    )


def past_day(written: str) -> date | None:
    """The day that is asked for; None for none. Today is not over, so it cannot be restated yet."""
    if not written:
        return None
    day = parse_day(written)
    if day >= clock.today():
        message = _("Only a day that is over can be restated.")
        raise InvalidInput("date.future", message, fields={"day": [message]})
    return day


def find(request: SignedInRequest, due_on: str) -> Target:
    day = day_in_address(due_on)
    rows = Target.objects.visible_to(request.user).filter(metric=Target.Metric.PROCEDURES_IN_USE)
    found = rows.filter(due_on=day).first() if day else None
    if found is None:
        raise NotVisible("target.none", _("There is no such target."))
    return found
