"""What defends the count: the dated rules, the targets with their shares, and days restated."""

from django.urls import path

from projects.views import policy, targets

urlpatterns = [
    path("policy/", policy.index, name="policy-index"),
    path("policy/counting/", policy.counting_rules, name="counting-rule-list"),
    path("policy/counting/new/", policy.propose, name="counting-rule-new"),
    path("policy/counting/<int:number>/", policy.counting_rule, name="counting-rule-detail"),
    *[
        path(f"policy/counting/<int:number>/{act.name}/", policy.rule_act(act), name=f"counting-rule-{act.name}")
        for act in policy.RULE_ACTS
    ],
    path("targets/<slug:due_on>/", targets.target_detail, name="target-detail"),
    path("targets/<slug:due_on>/shares/", targets.shares_edit, name="target-shares"),
    path("restatements/", targets.restatements, name="restatements"),
]
