"""The pages of sources: the list, one source with its keys and runs, and the proposal of one that sends by itself."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core import params
from core.acts import Act, offers, send
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from kpis import policies, selectors, services
from kpis.models import Source
from kpis.source_acts import SOURCE_ACTS
from kpis.source_forms import PushSourceForm, read_from


@login_required
@require_safe
def source_list(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({"page", "page_size"}))
    return page_or_partial(
        request, page="kpis/source_list.html", page_of=paginate(request, selectors.source_rows(request.user))
    )


@login_required
@require_safe
def source_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    return _detail(request, _visible(request, reference))


@login_required
@require_http_methods(["GET", "POST"])
def push_source_new(request: SignedInRequest) -> HttpResponse:
    """A system of one of the sender's departments offers to send its readings by itself."""
    form = PushSourceForm(request.POST or None, user=request.user)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="kpis/push_source_form.html", form=form)

    def work() -> str:
        source = services.propose_push_source(
            actor=request.user,
            department_id=form.chosen()[0].project.department_id,
            name=form.cleaned_data["name"],
            kpis=form.reported(),
        )
        messages.success(request, _("The source is proposed. A second person approves it."))
        return _address(source)

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_POST
def key_make(request: SignedInRequest, reference: str) -> HttpResponse:
    """A new key. Its secret is in this one answer and nowhere else: no address, no session, no cookie holds it."""
    source = _visible(request, reference)
    made: list[str] = []

    def work() -> str:
        made.append(services.make_key(actor=request.user, source_id=source.pk)[1])
        return _address(source)

    answer = send(request, TrackerForm(request.POST), work=work, again=lambda: _detail(request, source))
    if not made:
        return answer
    page = _detail(request, source, secret=made[0])
    page["Cache-Control"] = "no-store"
    return page


@login_required
@require_POST
def key_revoke(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    source = _visible(request, reference)

    def work() -> str:
        services.revoke_key(actor=request.user, source_id=source.pk, number=number)
        messages.success(request, _("The key is revoked: nothing signed with it is taken any more."))
        return _address(source)

    return send(request, TrackerForm(request.POST), work=work, again=lambda: _detail(request, source))


def source_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, reference: str) -> HttpResponse:
        source = _visible(request, reference)
        act.may(request.user, source).or_raise()
        form = act.form(request.POST, auto_id=f"id_{act.name}_%s")

        def work() -> str:
            act.work(request.user, source, form.cleaned_data)
            messages.success(request, str(act.done))
            return _address(source)

        return send(
            request, form, work=work, again=lambda: _detail(request, source, refused={act.name: form}, status=422)
        )

    return view


def _detail(
    request: SignedInRequest,
    source: Source,
    *,
    refused: Mapping[str, TrackerForm] | None = None,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    return page_or_partial(
        request,
        page="kpis/source_detail.html",
        status=status,
        source=source,
        address=settings.SITE_URL.rstrip("/") + reverse("api-source-push", args=[source.reference]),
        host_words=selectors.host_words(source),
        stale=selectors.stale_sentences(request.user, source),
        may_try=bool(policies.can_try_source(request.user, source)),
        may_change=bool(policies.can_change_source(request.user, source)),
        read_from=read_from(source),
        links=source.links.select_related("kpi__definition"),
        keys=list(source.keys.select_related("made_by", "revoked_by")) if source.is_push else [],
        may_make_key=source.is_push and policies.can_make_key(request.user, source),
        may_revoke=source.is_push and policies.handles_keys(request.user, source),
        secret=secret,
        key_form=TrackerForm(),
        runs=selectors.told_runs(source),
        offers=offers(
            SOURCE_ACTS,
            user=request.user,
            thing=source,
            form=lambda act: act.form(auto_id=f"id_{act.name}_%s"),
            address=lambda act: reverse(f"kpis:source-{act.name}", args=[source.reference]),
            refused=refused or {},
        ),
    )


def _visible(request: SignedInRequest, reference: str) -> Source:
    return get_object_or_404(selectors.source_rows(request.user), reference=reference)


def _address(source: Source) -> str:
    return reverse("kpis:source-detail", args=[source.reference])
