from django.urls import path

from kpis import views

app_name = "kpis"
urlpatterns = [
    path("", views.kpi_list, name="kpi-list"),
    path("<slug:reference>/", views.kpi_detail, name="kpi-detail"),
    path("<slug:reference>/readings/", views.reading_type, name="reading-type"),
    path("<slug:reference>/readings/verify/", views.reading_verify, name="reading-verify"),
]
