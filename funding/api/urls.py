"""API routes of requests, rounds, decisions and envelopes, and of the policies they follow."""

from rest_framework.routers import SimpleRouter

from funding.api import (
    bodies,
    delegations,
    lookalikes,
    meetings,
    money,
    outcomes,
    policies,
    required_papers,
    review_rules,
    reviews,
    versions,
    views,
    whatif,
)

router = SimpleRouter()
router.register("requests", views.RequestViewSet, basename="api-request")
router.register("programmes", versions.ProgrammeViewSet, basename="api-programme")
router.register("bodies", bodies.BodyViewSet, basename="api-body")
router.register("meetings", meetings.MeetingViewSet, basename="api-meeting")
router.register("rounds", views.RoundViewSet, basename="api-round")
router.register("decisions", views.DecisionViewSet, basename="api-decision")
router.register("conditions", outcomes.ConditionViewSet, basename="api-condition")
router.register("envelopes", views.EnvelopeViewSet, basename="api-envelope")
router.register("funding-policies", policies.FundingPolicyViewSet, basename="api-funding-policy")
router.register("voting-rules", policies.VotingRuleViewSet, basename="api-voting-rule")
router.register("lookalikes", lookalikes.LookalikeViewSet, basename="api-lookalike")
router.register("link-findings", lookalikes.LinkFindingViewSet, basename="api-link-finding")
router.register("reviews", reviews.ReviewViewSet, basename="api-review")
router.register("what-if-notes", whatif.WhatIfNoteViewSet, basename="api-what-if-note")
router.register("money-votes", money.VoteOfMoneyViewSet, basename="api-money-vote")
router.register("carry-overs", money.CarryOverViewSet, basename="api-carry-over")
router.register("decision-money", money.DecisionMoneyViewSet, basename="api-decision-money")
router.register("expenditures", money.ExpenditureViewSet, basename="api-expenditure")
router.register("spending-imports", money.SpendingImportViewSet, basename="api-spending-import")
router.register("yearly-returns", money.YearlyReturnViewSet, basename="api-yearly-return")
router.register("money-policies", money.MoneyPolicyViewSet, basename="api-money-policy")
router.register("delegations", delegations.DelegationViewSet, basename="api-delegation")
router.register("review-rules", review_rules.ReviewRuleViewSet, basename="api-review-rule")
router.register("required-papers", required_papers.RequiredPapersViewSet, basename="api-required-papers")
router.register("service-times", policies.ServiceTimesViewSet, basename="api-service-times")

urlpatterns = router.urls
