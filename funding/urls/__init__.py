"""Pages of requests, rounds and money. `rounds/`, `new/` and the like come before references, which hold a dash."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from funding.urls import lookalikes, meetings, outcomes, reviews
from funding.views import (
    acts,
    bodies,
    clock,
    copying,
    money,
    papers,
    receipts,
    request_form,
    requests,
    rounds,
    versions,
)
from work.urls import document_urls, follow_urls

app_name = "funding"

REFERENCE = r"(?P<reference>FR-[0-9]{4}-[0-9]{4,12})"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", requests.request_list, name="request-list"),
    path("export/", requests.request_export, name="request-export"),
    path("new/", request_form.request_new, name="request-new"),
    path("route/", request_form.request_route, name="request-route"),
    path("reuse/", request_form.request_reuse, name="request-reuse"),
    path("keep/", request_form.request_keep, name="request-keep"),
    path("edit-table/", versions.request_edit_table, name="request-edit-table"),
    path("clock/", clock.clock_list, name="clock"),
    path("rounds/", rounds.round_list, name="round-list"),
    path("rounds/<int:pk>/", rounds.round_detail, name="round-detail"),
    path("rounds/<int:pk>/standing/", rounds.round_standing, name="round-standing"),
    path("rounds/<int:pk>/receipt/", receipts.round_receipt, name="round-receipt"),
    path("rounds/<int:pk>/minutes/", papers.round_minutes, name="round-minutes"),
    path("rounds/<int:pk>/pack/", papers.round_pack, name="round-pack"),
    *[
        path(f"rounds/<int:pk>/{act.name}/", rounds.round_act(act), name=f"round-{act.name}")
        for act in acts.ROUND_MOVES
    ],
    *lookalikes.urlpatterns,
    *meetings.urlpatterns,
    *reviews.urlpatterns,
    path("bodies/", bodies.body_list, name="body-list"),
    path("bodies/<slug:code>/", bodies.body_detail, name="body-detail"),
    *[path(f"bodies/<slug:code>/{act.name}/", bodies.body_act(act), name=f"body-{act.name}") for act in bodies.ACTS],
    path("money/", include("funding.urls.after_approval")),
    path("decisions/<int:pk>/letter/", papers.decision_letter, name="decision-letter"),
    path("decisions/<int:pk>/commit/", money.decision_commit, name="decision-commit"),
    re_path(rf"^{REFERENCE}/$", requests.request_detail, name="request-detail"),
    re_path(rf"^{REFERENCE}/related/$", requests.request_related, name="request-related"),
    re_path(rf"^{REFERENCE}/versions/$", versions.request_versions, name="request-versions"),
    re_path(rf"^{REFERENCE}/copy/$", copying.request_copy, name="request-copy"),
    *document_urls("request"),
    *follow_urls("request"),
    *outcomes.urlpatterns,
    re_path(rf"^{REFERENCE}/edit/$", request_form.request_edit, name="request-edit"),
    re_path(rf"^{REFERENCE}/revise/$", request_form.request_revise, name="request-revise"),
    *[
        re_path(rf"^{REFERENCE}/{act.name}/$", requests.request_act(act), name=f"request-{act.name}")
        for act in acts.REQUEST_MOVES
    ],
]
