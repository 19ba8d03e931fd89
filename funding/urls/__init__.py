"""Pages of requests, rounds and money. `rounds/`, `new/` and the like come before references, which hold a dash."""

from django.urls import URLPattern, URLResolver, path, re_path

from funding.views import acts, money, receipts, requests, rounds

app_name = "funding"

REFERENCE = r"(?P<reference>FR-[0-9]{4}-[0-9]{4,12})"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", requests.request_list, name="request-list"),
    path("export/", requests.request_export, name="request-export"),
    path("new/", requests.request_new, name="request-new"),
    path("route/", requests.request_route, name="request-route"),
    path("rounds/", rounds.round_list, name="round-list"),
    path("rounds/<int:pk>/", rounds.round_detail, name="round-detail"),
    path("rounds/<int:pk>/standing/", rounds.round_standing, name="round-standing"),
    path("rounds/<int:pk>/receipt/", receipts.round_receipt, name="round-receipt"),
    *[
        path(f"rounds/<int:pk>/{act.name}/", rounds.round_act(act), name=f"round-{act.name}")
        for act in acts.ROUND_MOVES
    ],
    path("decisions/<int:pk>/commit/", money.decision_commit, name="decision-commit"),
    re_path(rf"^{REFERENCE}/$", requests.request_detail, name="request-detail"),
    re_path(rf"^{REFERENCE}/related/$", requests.request_related, name="request-related"),
    re_path(rf"^{REFERENCE}/edit/$", requests.request_edit, name="request-edit"),
    re_path(rf"^{REFERENCE}/revise/$", requests.request_revise, name="request-revise"),
    *[
        re_path(rf"^{REFERENCE}/{act.name}/$", requests.request_act(act), name=f"request-{act.name}")
        for act in acts.REQUEST_MOVES
    ],
]
