"""`/my-work/notices/`: what a person was told, how they want it mailed, and what they follow."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import mail, params
from core.acts import send
from core.listing import filtered
from core.pages import page_or_partial, paginate
from work import forms, selectors, services, tabs
from work.filters import NoticeFilter
from work.selectors import notices as selected
from work.subjects import not_there


@login_required
@require_GET
def notice_list(request: SignedInRequest) -> HttpResponse:
    rows, form = filtered(request, NoticeFilter, selected.notices_of(request.user))
    page = paginate(request, rows, default=30)
    return page_or_partial(
        request,
        page="work/notice_list.html",
        tabs=tabs.own(),
        filters=form,
        page_of=page,
        lines=selected.lines(request.user, page.object_list),
        unread=selected.unread(request.user),
        plain=forms.PlainForm(),
    )


@login_required
@require_POST
def notice_open(request: SignedInRequest, notice: int) -> HttpResponse:
    """Go to what the notice is about; it counts as read from now on, so a link that is only looked at changes none."""
    found = services.mark_read(actor=request.user, notice_id=notice)
    told = selected.lines(request.user, [found])
    if not told:
        raise not_there()
    return redirect(told[0].address)


@login_required
@require_POST
def notice_read(request: SignedInRequest, notice: int) -> HttpResponse:
    services.mark_read(actor=request.user, notice_id=notice)
    return redirect("my_work:notice-list")


@login_required
@require_POST
def notice_unread(request: SignedInRequest, notice: int) -> HttpResponse:
    services.mark_read(actor=request.user, notice_id=notice, is_read=False)
    return redirect("my_work:notice-list")


@login_required
@require_POST
def notice_read_all(request: SignedInRequest) -> HttpResponse:
    services.mark_all_read(actor=request.user)
    messages.success(request, _("All notices count as read."))
    return redirect("my_work:notice-list")


@login_required
@require_http_methods(["GET", "POST"])
def notice_settings(request: SignedInRequest) -> HttpResponse:
    """How each kind of notice is mailed."""
    params.refuse_unknown(request.GET, frozenset())
    person = request.user.person_id
    form = forms.NoticeSettingsForm(request.POST or None, wanted=selected.wanted_by([person])[person])

    def work() -> str:
        services.choose_mail(actor=request.user, chosen=form.chosen())
        messages.success(request, _("You are told as you chose."))
        return reverse("my_work:notice-settings")

    def again() -> HttpResponse:
        told: dict[str, Any] = {"tabs": tabs.own(), "form": form, "address": request.user.email}
        return page_or_partial(request, page="work/notice_settings.html", has_mail=mail.is_configured(), **told)

    return send(request, form, work=work, again=again) if request.method == "POST" else again()


@login_required
@require_GET
def following(request: SignedInRequest) -> HttpResponse:
    """What the reader follows and still sees, what was followed last first."""
    page = paginate(request, selectors.follows_of(request.user), default=30)
    params.refuse_unknown(request.GET, frozenset({"page", "page_size"}))
    return page_or_partial(
        request,
        page="work/following.html",
        tabs=tabs.own(),
        page_of=page,
        lines=selectors.with_subjects(request.user, page.object_list),
        plain=forms.PlainForm(),
    )
