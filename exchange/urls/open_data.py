"""Files that everybody may fetch."""

from django.urls import path

from exchange.views import open_data

urlpatterns = [
    path("", open_data.index, name="open-data"),
    path("catalog.jsonld", open_data.catalogue, name="open-data-catalogue"),
    path("<str:name>", open_data.file, name="open-data-file"),
]
