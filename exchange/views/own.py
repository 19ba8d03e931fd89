"""One's programs on one page: tokens, the calendar's address, webhooks. A secret is in one answer and nowhere else."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.requests import SignedInRequest
from core import clock, params
from core.acts import send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.models import ApiToken
from core.pages import page_or_partial
from exchange import services, wording
from exchange.forms import TokenForm, WebhookForm
from exchange.models import CalendarFeed, Webhook


@login_required
@require_GET
def programs(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset())
    return shown(request)


@login_required
@require_POST
def token_new(request: SignedInRequest) -> HttpResponse:
    form = TokenForm(request.POST)

    def make() -> str:
        typed = {name: form.cleaned_data[name] for name in ("name", "scopes", "days")}
        return services.make_token(actor=request.user, **typed)[1]

    return _with_secret(request, form, make, kind="token", field="token_form")


@login_required
@require_POST
def token_revoke(request: SignedInRequest, token: int) -> HttpResponse:
    def work() -> str:
        services.revoke_token(actor=request.user, token_id=token)
        messages.success(request, _("The token is revoked: it opens nothing any more."))
        return reverse("exchange:programs")

    return send(request, TrackerForm(request.POST), work=work, again=lambda: shown(request))


@login_required
@require_POST
def calendar_renew(request: SignedInRequest) -> HttpResponse:
    def make() -> str:
        secret = services.renew_feed(actor=request.user)
        return settings.SITE_URL.rstrip("/") + reverse("exchange:calendar", args=[secret])

    return _with_secret(request, TrackerForm(request.POST), make, kind="calendar", field="calendar_form")


@login_required
@require_POST
def calendar_revoke(request: SignedInRequest) -> HttpResponse:
    def work() -> str:
        services.revoke_feed(actor=request.user)
        messages.success(request, _("The calendar's address is revoked: it opens nothing any more."))
        return reverse("exchange:programs")

    return send(request, TrackerForm(request.POST), work=work, again=lambda: shown(request))


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar that the secret in the address opens, for programs that cannot sign in."""
    params.refuse_unknown(request.GET, frozenset())
    found = services.feed_of(secret)
    if found is None:
        raise NotVisible("not_found", _("There is no such thing, or you may not see it."))
    answer = HttpResponse(found, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = 'inline; filename="govai-tracker.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def shown(request: SignedInRequest, *, secret: str = "", kind: str = "", **forms: TrackerForm) -> HttpResponse:
    now = clock.now()
    tokens = ApiToken.objects.filter(user=request.user).exclude(name="").order_by("-created_at")
    refused = any(form.is_bound and form.errors for form in forms.values())
    return page_or_partial(
        request,
        page="exchange/programs.html",
        status=422 if refused else 200,
        secret=secret,
        kind=kind,
        tokens=[(token, [wording.SCOPES[scope] for scope in token.scopes], _standing(token, now)) for token in tokens],
        feed=CalendarFeed.objects.visible_to(request.user).filter(revoked_at__isnull=True).first(),
        webhooks=Webhook.objects.visible_to(request.user).select_related("owner__person"),
        token_form=forms.get("token_form") or TokenForm(),
        webhook_form=forms.get("webhook_form") or WebhookForm(),
    )


def _standing(token: ApiToken, now: object) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "live" if token.expires_at > now else "expired"  # type: ignore[operator] # both are instants


def _with_secret(
    request: SignedInRequest, form: TrackerForm, make: Callable[[], str], *, kind: str, field: str
) -> HttpResponse:
    """Do it once; the first answer shows the secret, a repeated sending only the page."""
    made: list[str] = []

    def work() -> str:
        made.append(make())
        return reverse("exchange:programs")

    again: dict[str, Any] = {field: form}
    answer = send(request, form, work=work, again=lambda: shown(request, **again))
    if not made:
        return answer
    page = shown(request, secret=made[0], kind=kind)
    page["Cache-Control"] = "no-store"
    return page
