from django.urls import path

from projects.views import search as views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("projects/similar/", views.project_similar, name="project-similar"),
]
