"""API routes of requests, rounds, decisions and envelopes."""

from rest_framework.routers import SimpleRouter

from funding.api import views

router = SimpleRouter()
router.register("requests", views.RequestViewSet, basename="api-request")
router.register("rounds", views.RoundViewSet, basename="api-round")
router.register("decisions", views.DecisionViewSet, basename="api-decision")
router.register("envelopes", views.EnvelopeViewSet, basename="api-envelope")

urlpatterns = router.urls
