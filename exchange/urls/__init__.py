"""One's programs: tokens, calendar, webhooks."""

from django.urls import path

from exchange.views import own, webhooks

app_name = "exchange"
HOOK = "webhooks/<slug:reference>"
urlpatterns = [
    path("", own.programs, name="programs"),
    path("tokens/", own.token_new, name="token-new"),
    path("tokens/<int:token>/revoke/", own.token_revoke, name="token-revoke"),
    path("calendar/renew/", own.calendar_renew, name="calendar-renew"),
    path("calendar/revoke/", own.calendar_revoke, name="calendar-revoke"),
    path("calendar/<slug:secret>.ics", own.calendar, name="calendar"),
    path("webhooks/", webhooks.webhook_new, name="webhook-new"),
    path(f"{HOOK}/", webhooks.webhook, name="webhook"),
    path(f"{HOOK}/approve/", webhooks.webhook_approve, name="webhook-approve"),
    path(f"{HOOK}/end/", webhooks.webhook_end, name="webhook-end"),
    path(f"{HOOK}/try/", webhooks.webhook_ping, name="webhook-ping"),
    path(f"{HOOK}/renew/", webhooks.webhook_renew, name="webhook-renew"),
    path(f"{HOOK}/messages/<int:message>/again/", webhooks.message_again, name="message-again"),
]
