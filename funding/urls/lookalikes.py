"""Look-alikes and link findings under /funding/."""

from django.urls import URLPattern, path, re_path

from funding.views import lookalikes

urlpatterns: list[URLPattern] = [
    path("lookalikes/", lookalikes.lookalike_list, name="lookalike-list"),
    path("lookalikes/<int:pk>/", lookalikes.lookalike_detail, name="lookalike-detail"),
    path("lookalikes/<int:pk>/answer/", lookalikes.lookalike_answer, name="lookalike-answer"),
    re_path(
        r"^(?P<reference>FR-[0-9]{4}-[0-9]{4,12})/lookalikes/$",
        lookalikes.request_lookalikes,
        name="request-lookalikes",
    ),
    path("findings/new/", lookalikes.finding_new, name="finding-new"),
    path("findings/<int:pk>/", lookalikes.finding_detail, name="finding-detail"),
    path("findings/<int:pk>/confirm/", lookalikes.finding_confirm, name="finding-confirm"),
]
