"""What every page view ends with: a page or its partial, one page of a list, one sending of a form."""

from collections.abc import Callable
import json
from typing import Any, TypeVar

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect

from core import params
from core.errors import NotVisible
from core.forms import TrackerForm
from core.idempotency import run_once

M = TypeVar("M", bound=Model)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])

INVALID = 422
SENT_APART = frozenset({"form_token", "csrfmiddlewaretoken"})


def is_partial(request: HttpRequest) -> bool:
    """Whether htmx asked for a fragment (a boosted link asks for the whole page)."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted


def page_or_partial(
    request: HttpRequest,
    *,
    page: str | None = None,
    partial: str | None = None,
    redirect_to: Any = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The fragment for htmx, else the page, else a way to `redirect_to` (an address or a thing that has one).

    A context whose `form` was sent and refused answers 422, with everything typed kept.
    """
    form = context.get("form")
    if status == 200 and form is not None and form.is_bound and form.errors:
        status = INVALID
    if is_partial(request):
        if partial is not None:
            return render(request, partial, context, status=status)
        if redirect_to is not None:
            return HttpResponseClientRedirect(resolve_url(redirect_to))
    if redirect_to is not None:
        return redirect(redirect_to)
    return render(request, page or partial or "", context, status=status)


def paginate(request: HttpRequest, queryset: "QuerySet[M]", default: int = 50, largest: int = 200) -> "Page[M]":
    """The page that `?page=` and `?page_size=` ask for. A page that is not there is a 404."""
    asked = params.one(request, "page_size")
    size = params.whole(asked, "page_size", most=largest) if asked else default
    number = params.one(request, "page", "1")
    try:
        if not number.isascii():
            raise PageNotAnInteger
        return Paginator(queryset, size).page(number)
    except (EmptyPage, PageNotAnInteger) as error:
        raise NotVisible("page.none", _("This list has no such page.")) from error


def once(request: HttpRequest, form: TrackerForm, work: Callable[[], str]) -> HttpResponse:
    """Do `work` once for this form's token and go to the address it returned; repeats go to the same address."""
    token = form.cleaned_data.get("form_token")
    if token is None:
        return page_or_partial(request, redirect_to=work())
    sent = {name: values for name, values in sorted(request.POST.lists()) if name not in SENT_APART}
    answer, _was_repeat = run_once(
        sender=request.user,  # type: ignore[arg-type] # pages that act require a signed-in person
        key=str(token),
        purpose=f"POST {request.path}",
        body=json.dumps(sent).encode(),
        work=lambda: {"address": work()},
    )
    return page_or_partial(request, redirect_to=answer["address"])


def repeatable(*names: str) -> Callable[[View], View]:
    """Mark a view whose query parameters `names` may be given more than once, such as a filter of several states."""

    def mark(view: View) -> View:
        view.repeatable = frozenset(names)  # type: ignore[attr-defined]
        return view

    return mark
