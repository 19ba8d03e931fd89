"""API routes of requests, rounds, decisions and envelopes, and of the policies they follow."""

from rest_framework.routers import SimpleRouter

from funding.api import policies, views

router = SimpleRouter()
router.register("requests", views.RequestViewSet, basename="api-request")
router.register("rounds", views.RoundViewSet, basename="api-round")
router.register("decisions", views.DecisionViewSet, basename="api-decision")
router.register("envelopes", views.EnvelopeViewSet, basename="api-envelope")
router.register("funding-policies", policies.FundingPolicyViewSet, basename="api-funding-policy")
router.register("voting-rules", policies.VotingRuleViewSet, basename="api-voting-rule")

urlpatterns = router.urls
