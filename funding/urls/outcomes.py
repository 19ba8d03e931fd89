"""Addresses of answers, appeals, conditions and the Legislative Council's part, under /funding/."""

from django.urls import URLPattern, path, re_path

from funding.views import outcome_acts as acts
from funding.views import outcomes

REFERENCE = r"(?P<reference>FR-[0-9]{4}-[0-9]{4,12})"

urlpatterns: list[URLPattern] = [
    path("conditions/", outcomes.condition_list, name="condition-list"),
    path("conditions/<int:pk>/", outcomes.condition_detail, name="condition-detail"),
    *[
        path(f"conditions/<int:pk>/{act.name}/", outcomes.condition_act(act), name=f"condition-{act.name}")
        for act in acts.CONDITION_MOVES
    ],
    re_path(rf"^{REFERENCE}/appeal/$", outcomes.request_appeal, name="request-appeal"),
    re_path(rf"^{REFERENCE}/questions/(?P<number>[0-9]{{1,4}})/$", outcomes.request_answer, name="request-answer"),
    re_path(rf"^{REFERENCE}/evidence/(?P<pk>[0-9]{{1,18}})/$", outcomes.request_evidence, name="request-evidence"),
    re_path(rf"^{REFERENCE}/legco/$", outcomes.request_legco, name="request-legco"),
    *[
        re_path(rf"^{REFERENCE}/{act.name}/$", outcomes.legco_act(act), name=f"request-{act.name}")
        for act in acts.LEGCO_MOVES
    ],
]
