"""The shape of every act on a record: its form sent once, a form opened too early shown with both versions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from core import as_at
from core.acts import Act, Offer, offers, send
from core.errors import DomainError, NotVisible, Stale
from core.forms import differences
from projects.models import Project


@dataclass(frozen=True, slots=True)
class StaleForm:
    """A form that somebody else overtook: what was refused, and what is stored now where it differs."""

    refusal: DomainError
    stored: list[tuple[Any, str]]


def visible_project(request: SignedInRequest, reference: str) -> Project:
    rows = Project.objects.visible_to(request.user).select_related("department", "lead")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise NotVisible("project.none", _("There is no such project for you."))
    return found


def record_offers(
    acts: Sequence[Act],
    *,
    user: User,
    thing: Any,
    address: Callable[[Act], str],
    refused: Mapping[str, Any] | None = None,
) -> list[Offer]:
    if as_at.current():
        return []  # the past is only read
    return offers(
        acts,
        user=user,
        thing=thing,
        form=lambda act: _form(act, user, thing),
        address=address,
        refused=refused or {},
    )


def record_act(
    act: Act,
    *,
    find: Callable[..., Any],
    address: Callable[[Any], str],
    show: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """The address behind one act's button on a record: `find` it for the reader, do it, `show` it again if refused."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, **key: Any) -> HttpResponse:
        thing = find(request, **key)
        form = _form(act, request.user, thing, request.POST)

        def work() -> str:
            act.work(request.user, thing, form.cleaned_data)
            messages.success(request, str(act.done))
            return address(thing)

        def again() -> HttpResponse:
            act.may(request.user, thing).or_raise()  # who may not do it at all learns that, not the form's faults
            return show(request, thing, status=422, refused={act.name: form})

        try:
            return send(request, form, work=work, again=again)
        except Stale as refusal:
            fresh = _form(act, request.user, thing)
            stale = StaleForm(refusal, differences(form, fresh))
            return show(request, thing, status=refusal.status, refused={act.name: form}, stale=stale)

    return view


def _form(act: Act, user: User, thing: Any, sent: Any = None) -> Any:
    """The act's form about this thing. Several stand on one page, so the ids of their fields carry the act's name."""
    return act.form(sent, user=user, thing=thing, auto_id=f"id_{act.name}_%s")
