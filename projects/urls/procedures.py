from django.urls import path

from projects.acts import PROCEDURE_ACTS
from projects.views import maps, procedure_editing
from projects.views import procedures as views
from work.urls import list_urls, subject_urls

REFERENCE = "<slug:reference>"

urlpatterns = [
    path("", views.procedure_list, name="procedure-list"),
    path("export/", views.procedure_export, name="procedure-export"),
    path("how-we-count/", views.how_we_count, name="how-we-count"),
    *list_urls("procedure"),
    path(f"{REFERENCE}/", views.procedure_detail, name="procedure-detail"),
    path(f"{REFERENCE}/edit/", procedure_editing.procedure_edit, name="procedure-edit"),
    path(f"{REFERENCE}/map/", maps.process_map, name="procedure-map"),
    path(f"{REFERENCE}/map/<slug:variant>/edit/", maps.map_edit, name="procedure-map-edit"),
    *[
        path(f"{REFERENCE}/{act.name}/", views.procedure_act(act), name=f"procedure-{act.name}")
        for act in PROCEDURE_ACTS
    ],
    *subject_urls("procedure"),
]
