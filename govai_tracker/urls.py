"""Every page and API route, by app. The same nouns name both (DESIGN 9)."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("projects.api.urls")),
    path("api/v1/", include("exports.api.urls")),
    path("api/v1/", include("exchange.api.urls")),
    path("api/v1/", include("work.api.urls")),
    path("api/v1/", include("funding.api.urls")),
    path("api/v1/", include("kpis.api.urls")),
    path("api/v1/", include("dashboards.api.urls")),
    path("api/v1/", include("reports.api.urls")),
    path("api/v1/", include("accounts.api.urls")),
    path("", include("core.urls")),
    path("", include("dashboards.urls")),
    path("", include("projects.urls")),
    path("funding/", include("funding.urls")),
    path("policy/", include("funding.urls.policy")),
    path("kpis/", include("kpis.urls")),
    path("jobs/", include("kpis.job_urls")),
    path("reports/", include("reports.urls")),
    path("my-work/", include("work.my_work_urls")),
    path("exports/", include("exports.urls")),
    path("exchange/", include("exchange.urls")),
    path("open-data/", include("exchange.urls.open_data")),
    path("saved-views/", include("work.urls")),
    path("accounts/", include("accounts.urls")),
    path("people/", include("accounts.urls.people")),
    path("admin/", admin.site.urls),
]

handler400 = "core.views.bad_request"
handler403 = "core.views.forbidden"
handler404 = "core.views.not_found"
handler500 = "core.views.server_error"
