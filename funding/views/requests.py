"""The request list, the guided form, and the page of one request."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import as_at, listing
from core.acts import Act, offers, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from funding import exports, policies, services
from funding.filters import RequestFilter
from funding.forms import CommitForm, RequestForm, ReviseForm, lines
from funding.models import FundingRequest
from funding.rules import lifecycle
from funding.selectors import requests as rows
from funding.selectors.money import decision_rows
from funding.selectors.request_page import request_page
from funding.selectors.routes import explained, related
from funding.views import acts

SAVE, CHECK, ADD, REMOVE = "save", "check", "add", "remove-"


@login_required
@require_GET
@as_at.honoured
def request_list(request: SignedInRequest) -> HttpResponse:
    found, filters = listing.filtered(request, RequestFilter, rows.for_list(request.user))
    ordered = listing.ordered(request, found, rows.ORDERINGS)
    return page_or_partial(
        request,
        page="funding/request_list.html",
        partial="funding/_request_table.html",
        filter_form=filters,
        page_of=paginate(request, ordered),
        totals=rows.totals(found),
        sorts=listing.sorts(request, rows.ORDERINGS),
        may_ask=policies.can_draft(request.user),
    )


@login_required
@require_GET
def request_export(request: SignedInRequest) -> HttpResponseBase:
    """Exactly the rows that the list shows under the same filters, as CSV or XLSX."""
    found, _filters = listing.filtered(request, RequestFilter, rows.for_list(request.user), extra={"format"})
    return exports.answer(listing.file_format(request), listing.ordered(request, found, rows.ORDERINGS))


@login_required
@require_http_methods(["GET", "POST"])
def request_new(request: SignedInRequest) -> HttpResponse:
    policies.can_draft(request.user).or_raise()
    wanted = request.GET.get("project", "")
    form = RequestForm(_posted(request), user=request.user, initial={"project": wanted})

    def draft() -> FundingRequest:
        made = services.draft_request(actor=request.user, project_id=form.cleaned_data["project"].pk, **form.facts())
        messages.success(request, _("The draft is saved. Nobody outside your department sees it until you submit it."))
        return made

    return _form_page(request, form, save=draft)


@login_required
@require_http_methods(["GET", "POST"])
def request_edit(request: SignedInRequest, reference: str) -> HttpResponse:
    """A draft. The version it was opened at travels with the form, so that nobody's edit is lost unseen."""
    funding = find(request, reference)
    policies.can_edit(request.user, funding).or_raise()
    form = RequestForm(_posted(request), user=request.user, stored=funding)

    def edit() -> FundingRequest:
        version = _version_seen(request, funding)
        edited = services.edit_draft(
            actor=request.user, request_id=funding.pk, expected_version=version, **form.facts()
        )
        messages.success(request, _("The draft is saved."))
        return edited

    return _form_page(request, form, save=edit, funding=funding)


@login_required
@require_http_methods(["GET", "POST"])
def request_revise(request: SignedInRequest, reference: str) -> HttpResponse:
    funding = find(request, reference)
    policies.can_revise(request.user, funding).or_raise()
    form = ReviseForm(_posted(request), user=request.user, stored=funding)

    def revise() -> FundingRequest:
        revised = services.revise_request(
            actor=request.user,
            request_id=funding.pk,
            expected_version=_version_seen(request, funding),
            reason=form.cleaned_data["reason"],
            **form.facts(),
        )
        messages.success(request, _("The new version is submitted."))
        return revised

    return _form_page(request, form, save=revise, funding=funding, is_revision=True)


@login_required
@require_POST
def request_route(request: SignedInRequest) -> HttpResponse:
    """The route of what has been typed so far, beside the form while one types. Nothing is stored."""
    stored = FundingRequest.objects.visible_to(request.user).filter(reference=request.POST.get("stored", "")[:32])
    form = RequestForm(request.POST, user=request.user, stored=stored.first())
    return page_or_partial(
        request, partial="funding/_route.html", page="funding/_route.html", route=explained(request.user, form)
    )


@login_required
@require_GET
def request_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """The whole paper; for a reader to whom only publication opened it, its title, tier, amount and decision."""
    funding = whole(request, reference)
    if funding is not None:
        return show(request, funding)
    found = rows.for_list(request.user).filter(reference=reference).first() or find(request, reference)
    return page_or_partial(
        request, page="funding/request_public.html", funding=found, decisions=decision_rows(request.user, found)
    )


@login_required
@require_GET
def request_related(request: SignedInRequest, reference: str) -> HttpResponse:
    """The requests counted together with this one as things stand now: a fragment, and a page without JavaScript."""
    funding = find(request, reference)
    return page_or_partial(
        request,
        page="funding/related.html",
        partial="funding/_related.html",
        funding=funding,
        related=related(request.user, funding),
    )


def request_act(act: Act) -> Callable[..., HttpResponse]:
    """The page behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, reference: str) -> HttpResponse:
        funding = find(request, reference)
        form = acts.form_of(act, funding, request.POST)

        def work() -> str:
            act.work(request.user, funding, form.cleaned_data)
            messages.success(request, str(act.done))
            return reverse("funding:request-detail", args=[funding.reference])

        def again() -> HttpResponse:
            act.may(request.user, funding).or_raise()  # who may not do it at all learns that, not the form's faults
            return show(request, funding, refused={act.name: form})

        return send(request, form, work=work, again=again)

    return view


def whole(request: SignedInRequest, reference: str) -> FundingRequest | None:
    """The request, if this person may see the whole paper."""
    joined = ("project", "department", "applicant", "lead", "policy")
    return FundingRequest.objects.visible_to(request.user).select_related(*joined).filter(reference=reference).first()


def find(request: SignedInRequest, reference: str) -> FundingRequest:
    found = whole(request, reference)
    if found is None:
        raise NotVisible("request.none", _("There is no such request for you."))
    return found


def show(
    request: SignedInRequest,
    funding: FundingRequest,
    *,
    refused: Mapping[str, TrackerForm] | None = None,
    refused_commit: tuple[int, CommitForm] | None = None,
) -> HttpResponse:
    """The page of one request, with a refused form as it was typed."""
    page = request_page(request.user, funding, refused_commit=refused_commit)
    offered = offers(
        acts.possible(acts.REQUEST_MOVES, lifecycle.REQUEST, funding.status),
        user=request.user,
        thing=funding,
        form=lambda act: acts.form_of(act, funding),
        address=acts.request_address(funding),
        refused=refused or {},
    )
    return page_or_partial(
        request,
        page="funding/request.html",
        status=422 if refused or refused_commit else 200,
        funding=funding,
        paper=page,
        offers=offered,
        may_edit=lifecycle.allows(lifecycle.REQUEST, "edit", funding.status)
        and policies.can_edit(request.user, funding),
        may_revise=lifecycle.allows(lifecycle.REQUEST, "revise", funding.status)
        and policies.can_revise(request.user, funding),
    )


def _form_page(
    request: SignedInRequest,
    form: RequestForm,
    *,
    save: Callable[[], FundingRequest],
    funding: FundingRequest | None = None,
    is_revision: bool = False,
) -> HttpResponse:
    """Show the form; add or remove a line; look up the route; or save and go to the request."""

    def shown(status: int = 200) -> HttpResponse:
        return page_or_partial(
            request,
            page="funding/request_form.html",
            partial="funding/_lines.html" if _changes_lines(request) else None,
            status=status,
            request_form=form,
            lines=form.lines,
            funding=funding,
            is_revision=is_revision,
            version_seen=request.POST.get("expected_version") or (funding.version if funding else ""),
            route=route,
        )

    route = explained(request.user, form) if form.is_bound or funding else None
    if request.method != "POST":
        return shown()
    if _done(request) == CHECK:
        form.forget_faults(lines_too=False)
        return shown(422 if form.has_faults() else 200)
    if _changes_lines(request):
        form.forget_faults(lines_too=True)
        return shown()
    return send(
        request,
        form,
        work=lambda: reverse("funding:request-detail", args=[save().reference]),
        again=lambda: shown(422),
    )


def _done(request: SignedInRequest) -> str:
    """Which button was pressed: `save`, `check`, `add` or `remove-2`."""
    return request.POST.get("do", SAVE)


def _changes_lines(request: SignedInRequest) -> bool:
    return _done(request) == ADD or _done(request).startswith(REMOVE)


def _posted(request: SignedInRequest) -> QueryDict | None:
    """What was posted, with a line more or less where that button was pressed."""
    if request.method != "POST":
        return None
    done = _done(request)
    if done == ADD:
        return lines.with_one_more(request.POST)
    if done.startswith(REMOVE):
        return lines.without(request.POST, done.removeprefix(REMOVE))
    return request.POST


def _version_seen(request: SignedInRequest, funding: FundingRequest) -> int:
    """The version the form was opened at. One that cannot be read is not the stored one."""
    text = request.POST.get("expected_version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
