"""Pages under /projects/ and /procedures/, one namespace."""

from django.urls import include, path

app_name = "projects"
urlpatterns = [
    path("", include("projects.urls.help")),
    path("projects/", include("projects.urls.projects")),
    path("procedures/", include("projects.urls.procedures")),
]
