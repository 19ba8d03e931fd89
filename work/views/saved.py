"""Saved views: opened by their address, kept, renamed, shared and deleted by their owner."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.acts import send
from core.forms import TrackerForm
from core.pages import page_or_partial
from work import forms, lists, policies, services, subjects
from work.models import SavedView


@login_required
@require_GET
def saved_views(request: SignedInRequest) -> HttpResponse:
    return page_or_partial(request, page="work/view_list.html", views=rows(request), lists=dict(lists.names()))


@login_required
@require_GET
def view_open(request: SignedInRequest, view: int) -> HttpResponse:
    """Go to the list as the view keeps it; a list that no longer knows one of its filters says so itself."""
    found = find(request, view)
    return redirect(lists.get(found.list_name).address(found.query))


@login_required
@require_POST
def view_new(request: SignedInRequest) -> HttpResponse:
    form = forms.SaveViewForm(request.POST, user=request.user)

    def work() -> str:
        said = {name: form.cleaned_data[name] for name in ("list_name", "name", "query", "shared_with")}
        kept = services.save_view(actor=request.user, **said)
        messages.success(request, _("The view is saved."))
        return lists.get(kept.list_name).address(kept.query)

    return send(request, form, work=work, again=lambda: _form(request, form, reverse("work:view-new")))


@login_required
@require_http_methods(["GET", "POST"])
def view_edit(request: SignedInRequest, view: int) -> HttpResponse:
    found = find(request, view)
    policies.can_change_view(request.user, found).or_raise()
    kept = {"name": found.name, "shared_with": found.shared_with_id}
    form = forms.EditViewForm(request.POST or None, user=request.user, initial=kept)

    def work() -> str:
        said = {name: form.cleaned_data[name] for name in ("name", "shared_with")}
        services.edit_view(actor=request.user, view_id=found.pk, **said)
        messages.success(request, _("The view is saved."))
        return reverse("work:view-list")

    def again() -> HttpResponse:
        return _form(request, form, reverse("work:view-edit", args=[found.pk]), view=found)

    return send(request, form, work=work, again=again) if request.method == "POST" else again()


@login_required
@require_POST
def view_delete(request: SignedInRequest, view: int) -> HttpResponse:
    found = find(request, view)
    policies.can_change_view(request.user, found).or_raise()
    form = forms.PlainForm(request.POST)

    def work() -> str:
        services.delete_view(actor=request.user, view_id=found.pk)
        messages.success(request, _("The view is deleted."))
        return reverse("work:view-list")

    return send(request, form, work=work, again=lambda: saved_views(request))


def rows(request: SignedInRequest) -> list[SavedView]:
    return list(SavedView.objects.visible_to(request.user).select_related("owner", "shared_with"))


def find(request: SignedInRequest, view: int) -> SavedView:
    found = SavedView.objects.visible_to(request.user).filter(pk=view).first()
    if found is None:
        raise subjects.not_there()
    return found


def _form(request: SignedInRequest, form: TrackerForm, address: str, view: SavedView | None = None) -> HttpResponse:
    return page_or_partial(request, page="work/view_form.html", form=form, address=address, view=view)
