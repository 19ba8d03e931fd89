"""Webhooks: proposed, shown with their log, approved, tried, renewed, ended."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import params
from core.acts import send
from core.errors import NotVisible, Text
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from exchange import policies, services, wording
from exchange.forms import WebhookForm
from exchange.models import Webhook
from exchange.services.telling import messages_of
from exchange.views import own


@login_required
@require_POST
def webhook_new(request: SignedInRequest) -> HttpResponse:
    form = WebhookForm(request.POST)
    made: list[tuple[Webhook, str]] = []

    def work() -> str:
        made.append(services.propose(actor=request.user, **form.said()))  # type: ignore[arg-type] # as its fields say
        return _address(made[0][0])

    answer = send(request, form, work=work, again=lambda: own.shown(request, webhook_form=form))
    return _once(request, made[0][0], made[0][1]) if made else answer


@login_required
@require_GET
def webhook(request: SignedInRequest, reference: str) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({"page", "page_size"}))
    return _shown(request, find(request, reference))


@login_required
@require_POST
def webhook_approve(request: SignedInRequest, reference: str) -> HttpResponse:
    return _act(request, reference, services.approve, _("The webhook is live."))


@login_required
@require_POST
def webhook_end(request: SignedInRequest, reference: str) -> HttpResponse:
    return _act(request, reference, services.end, _("The webhook has ended: nothing is sent any more."))


@login_required
@require_POST
def webhook_ping(request: SignedInRequest, reference: str) -> HttpResponse:
    return _act(request, reference, services.ping, _("A try is on its way; the log below says how it went."))


@login_required
@require_POST
def webhook_renew(request: SignedInRequest, reference: str) -> HttpResponse:
    found = find(request, reference)
    made: list[str] = []

    def work() -> str:
        made.append(services.renew_secret(actor=request.user, webhook_id=found.pk)[1])
        return _address(found)

    answer = send(request, TrackerForm(request.POST), work=work, again=lambda: _shown(request, found))
    return _once(request, found, made[0]) if made else answer


@login_required
@require_POST
def message_again(request: SignedInRequest, reference: str, message: int) -> HttpResponse:
    found = find(request, reference)

    def work() -> str:
        services.send_again(actor=request.user, webhook_id=found.pk, message_id=message)
        messages.success(request, _("It is tried again."))
        return _address(found)

    return send(request, TrackerForm(request.POST), work=work, again=lambda: _shown(request, found))


def find(request: SignedInRequest, reference: str) -> Webhook:
    rows = Webhook.objects.visible_to(request.user).select_related("owner__person", "approved_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise NotVisible("not_found", _("There is no such thing, or you may not see it."))
    return found


def _act(request: SignedInRequest, reference: str, service: Callable[..., Webhook], done: Text) -> HttpResponse:
    found = find(request, reference)

    def work() -> str:
        service(actor=request.user, webhook_id=found.pk)
        messages.success(request, str(done))
        return _address(found)

    return send(request, TrackerForm(request.POST), work=work, again=lambda: _shown(request, found))


def _once(request: SignedInRequest, found: Webhook, secret: str) -> HttpResponse:
    page = _shown(request, find(request, found.reference), secret=secret)
    page["Cache-Control"] = "no-store"
    return page


def _shown(request: SignedInRequest, found: Webhook, *, secret: str = "") -> HttpResponse:
    user = request.user
    return page_or_partial(
        request,
        page="exchange/webhook.html",
        webhook=found,
        secret=secret,
        events=[wording.EVENTS[name] for name in found.events],
        page_of=paginate(request, messages_of(found)),
        may_approve=bool(policies.can_approve(user, found)),
        may_end=bool(policies.can_end(user, found)),
        may_run=bool(policies.can_run(user, found)),
    )


def _address(found: Webhook) -> str:
    return reverse("exchange:webhook", args=[found.reference])
