from django.urls import path

from kpis import views
from kpis.acts import KPI_ACTS

app_name = "kpis"
urlpatterns = [
    path("", views.kpi_list, name="kpi-list"),
    path("new/<slug:project>/", views.kpi_new, name="kpi-new"),
    path("<slug:reference>/", views.kpi_detail, name="kpi-detail"),
    path("<slug:reference>/readings/", views.reading_type, name="reading-type"),
    path("<slug:reference>/readings/verify/", views.reading_verify, name="reading-verify"),
    *[path(f"<slug:reference>/{act.name}/", views.kpi_act(act), name=f"kpi-{act.name}") for act in KPI_ACTS],
]
