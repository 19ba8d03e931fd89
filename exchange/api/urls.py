from django.urls import path
from rest_framework.routers import SimpleRouter

from exchange.api import tokens, webhooks

router = SimpleRouter()
router.register("tokens", tokens.TokenViewSet, basename="api-named-token")
router.register("webhooks", webhooks.WebhookViewSet, basename="api-webhook")
urlpatterns = [path("calendar/", tokens.CalendarView.as_view(), name="api-calendar"), *router.urls]
