"""Priority help, and who can see a project."""

from django.urls import path

from projects.views import access, help

urlpatterns = [
    path("projects/help/", help.help_list, name="help-list"),
    path("projects/help/<slug:reference>/", help.help_detail, name="help-detail"),
    path("projects/help/<slug:reference>/answer/", help.help_answer, name="help-answer"),
    path("projects/help/<slug:reference>/withdraw/", help.help_withdraw, name="help-withdraw"),
    path("projects/<slug:reference>/help/", help.project_help, name="project-help"),
    path("projects/<slug:reference>/access/", access.project_access, name="project-access"),
]
