"""Pages under /projects/, /procedures/ and /departments/, one namespace."""

from django.urls import include, path

from projects.urls import records

app_name = "projects"
urlpatterns = [
    path("", include("projects.urls.search")),
    path("", include("projects.urls.help")),
    path("projects/import/", include("projects.urls.imports")),
    path("projects/", include("projects.urls.projects")),
    path("projects/", include(records.of_projects)),
    path("procedures/", include("projects.urls.procedures")),
    path("departments/", include("projects.urls.departments")),
    path("", include("projects.urls.counting")),
    path("resources/", include("projects.urls.records")),
]
