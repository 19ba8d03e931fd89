"""Files for the registers, under /projects/import/."""

from django.urls import path

from projects.views import imports as views

urlpatterns = [
    path("", views.import_list, name="import-list"),
    path("sheet/", views.import_sheet, name="import-sheet"),
    path("<slug:reference>/", views.import_detail, name="import-detail"),
    path("<slug:reference>/map/", views.import_map, name="import-map"),
    path("<slug:reference>/words/", views.import_words, name="import-words"),
    path("<slug:reference>/confirm/", views.import_confirm, name="import-confirm"),
    path("<slug:reference>/withdraw/", views.import_withdraw, name="import-withdraw"),
    path("<slug:reference>/rows.csv", views.import_faults, name="import-faults"),
]
