"""The guided form: a new request, a draft, a revision. Kept while typed, taken up again, never saved over unseen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.acts import send
from core.errors import Stale
from core.pages import page_or_partial
from funding import policies, services
from funding.forms import RequestForm, ReviseForm, benefits, lines
from funding.models import FundingRequest, UnsentForm
from funding.selectors import request_form as shown_with
from funding.selectors.routes import explained
from funding.views.requests import find

SAVE, CHECK, KEEP, FORGET = "save", "check", "keep", "forget"
ADD, REMOVE = "add", "remove-"
ADD_BENEFIT, DROP_BENEFIT = "add-benefit", "drop-benefit-"
APART = frozenset({"csrfmiddlewaretoken", "form_token", "do", "kept"})


@dataclass(frozen=True, slots=True)
class Opened:
    """Which form it is, of which request, and what was kept of it when it was opened."""

    kind: str
    funding: FundingRequest | None
    kept: UnsentForm | None

    @property
    def request_id(self) -> int | None:
        return self.funding.pk if self.funding else None


@login_required
@require_http_methods(["GET", "POST"])
def request_new(request: SignedInRequest) -> HttpResponse:
    policies.can_draft(request.user).or_raise()
    opened = _open(request, UnsentForm.Form.NEW, None)
    wanted = request.GET.get("project", "")
    form = RequestForm(_data(request, opened), user=request.user, initial={"project": wanted})

    def draft() -> FundingRequest:
        made = services.draft_request(actor=request.user, project_id=form.cleaned_data["project"].pk, **form.facts())
        messages.success(request, _("The draft is saved. Nobody outside your department sees it until you submit it."))
        return made

    return _form_page(request, form, opened, save=draft)


@login_required
@require_http_methods(["GET", "POST"])
def request_edit(request: SignedInRequest, reference: str) -> HttpResponse:
    """A draft. The version it was opened at travels with the form, so that nobody's edit is lost unseen."""
    funding = find(request, reference)
    policies.can_edit(request.user, funding).or_raise()
    opened = _open(request, UnsentForm.Form.EDIT, funding)
    form = RequestForm(_data(request, opened), user=request.user, stored=funding)

    def edit() -> FundingRequest:
        version = _whole(request, "expected_version")
        edited = services.edit_draft(
            actor=request.user, request_id=funding.pk, expected_version=version, **form.facts()
        )
        messages.success(request, _("The draft is saved."))
        return edited

    return _form_page(request, form, opened, save=edit)


@login_required
@require_http_methods(["GET", "POST"])
def request_revise(request: SignedInRequest, reference: str) -> HttpResponse:
    funding = find(request, reference)
    policies.can_revise(request.user, funding).or_raise()
    opened = _open(request, UnsentForm.Form.REVISE, funding)
    form = ReviseForm(_data(request, opened), user=request.user, stored=funding)

    def revise() -> FundingRequest:
        revised = services.revise_request(
            actor=request.user,
            request_id=funding.pk,
            expected_version=_whole(request, "expected_version"),
            reason=form.cleaned_data["reason"],
            **form.facts(),
        )
        messages.success(request, _("The new version is submitted."))
        return revised

    return _form_page(request, form, opened, save=revise)


@login_required
@require_POST
def request_route(request: SignedInRequest) -> HttpResponse:
    """The route of what has been typed so far, beside the form while one types. Nothing is stored."""
    form = RequestForm(request.POST, user=request.user, stored=_named(request))
    return page_or_partial(
        request, partial="funding/_route.html", page="funding/_route.html", route=explained(request.user, form)
    )


@login_required
@require_POST
def request_reuse(request: SignedInRequest) -> HttpResponse:
    """What is like the titles typed so far, to look at before asking. Nothing is stored."""
    form = RequestForm(request.POST, user=request.user, stored=_named(request))
    offered = shown_with.offered(request.user, form)
    template = "funding/_reuse_found.html"
    return page_or_partial(request, partial=template, page=template, offered=offered, request_form=form)


@login_required
@require_POST
def request_keep(request: SignedInRequest) -> HttpResponse:
    """What is being typed, kept for its author while typing. An older window gets both versions and keeps nothing."""
    funding = _named(request)
    kind = request.POST.get("unsent", UnsentForm.Form.NEW)
    opened = Opened(kind if kind in UnsentForm.Form.values else UnsentForm.Form.NEW, funding, None)
    try:
        kept = _keep(request, opened)
    except Stale as stale:
        both = shown_with.kept_elsewhere(request.user, opened.kind, funding, request.POST)
        return page_or_partial(
            request, page="funding/_kept.html", status=stale.status, refusal=stale, both=both, kept=None
        )
    overtaken = funding is not None and kept.based_on != funding.version
    return page_or_partial(request, page="funding/_kept.html", kept=kept, overtaken=overtaken)


def _keep(request: SignedInRequest, opened: Opened) -> UnsentForm:
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name not in APART]
    return services.keep_form(
        actor=request.user,
        form=opened.kind,
        request_id=opened.request_id,
        typed=typed,
        based_on=_whole(request, "expected_version"),
        seen_revision=_whole(request, "kept"),
    )


def _form_page(
    request: SignedInRequest, form: RequestForm, opened: Opened, *, save: Callable[[], FundingRequest]
) -> HttpResponse:
    """Show the form; add or remove a row; look up the route; keep or give up what is typed; or save."""
    done = request.POST.get("do", SAVE) if request.method == "POST" else ""
    if done == FORGET:
        services.forget_form(actor=request.user, form=opened.kind, request_id=opened.request_id)
        return page_or_partial(request, redirect_to=request.path)
    if done == KEEP:
        _keep(request, opened)
        messages.success(request, _("What you typed is kept as it is. Open the form again to go on."))
        return page_or_partial(request, redirect_to=reverse("funding:request-list"))
    route = explained(request.user, form) if form.is_bound or opened.funding else None

    def shown(status: int = 200, **more: Any) -> HttpResponse:
        return page_or_partial(
            request,
            page="funding/request_form.html",
            partial=_partial(done),
            status=status,
            route=route,
            version_seen=request.POST.get("expected_version") or _version(opened),
            **shown_with.context(request.user, form, kind=opened.kind, kept=opened.kept),
            **more,
        )

    if done == CHECK:
        form.forget_faults(lines_too=False)
        return shown(422 if form.has_faults() else 200)
    if done != SAVE:
        if form.is_bound:
            form.forget_faults(lines_too=True)
        return shown()

    def work() -> str:
        saved = save()
        services.forget_form(actor=request.user, form=opened.kind, request_id=opened.request_id)
        return reverse("funding:request-detail", args=[saved.reference])

    try:
        return send(request, form, work=work, again=lambda: shown(422))
    except Stale as stale:
        fresh = type(form)(user=request.user, stored=opened.funding)
        return shown(stale.status, refusal=stale, both=shown_with.both_versions(form, fresh))


def _open(request: SignedInRequest, kind: str, funding: FundingRequest | None) -> Opened:
    kept = UnsentForm.objects.visible_to(request.user).filter(form=kind, request=funding).first()
    return Opened(kind, funding, kept)


def _data(request: SignedInRequest, opened: Opened) -> QueryDict | None:
    """What was posted, with a row more or less where that button was pressed; else what was kept, taken up again."""
    if request.method != "POST":
        return shown_with.taken_up(opened.kept) if opened.kept else None
    done = request.POST.get("do", SAVE)
    if done == ADD:
        return lines.ROWS.with_one_more(request.POST, lines.first_of_row())
    if done.startswith(REMOVE):
        return lines.ROWS.without(request.POST, done.removeprefix(REMOVE))
    if done == ADD_BENEFIT:
        return benefits.ROWS.with_one_more(request.POST, benefits.first_of_row())
    if done.startswith(DROP_BENEFIT):
        return benefits.ROWS.without(request.POST, done.removeprefix(DROP_BENEFIT))
    return request.POST


def _partial(done: str) -> str | None:
    """The part of the form that htmx asked for."""
    if done == ADD or done.startswith(REMOVE):
        return "funding/_lines.html"
    if done == ADD_BENEFIT or done.startswith(DROP_BENEFIT):
        return "funding/_benefit_rows.html"
    return None


def _named(request: SignedInRequest) -> FundingRequest | None:
    """The stored request that a posted fragment is about."""
    rows = FundingRequest.objects.visible_to(request.user)
    return rows.filter(reference=request.POST.get("stored", "")[:32]).first()


def _version(opened: Opened) -> int | str:
    """The version that what is shown was based on."""
    if opened.kept and opened.kept.based_on:
        return opened.kept.based_on
    return opened.funding.version if opened.funding else ""


def _whole(request: SignedInRequest, name: str) -> int:
    """A number the form carries. One that cannot be read is that of nothing stored."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
