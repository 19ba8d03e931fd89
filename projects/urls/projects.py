from django.urls import path

from projects.acts import PROJECT_ACTS
from projects.acts.life import LIFE_ACTS
from projects.views import life, plan, procedure_editing
from projects.views import projects as views
from work.urls import list_urls, subject_urls

REFERENCE = "<slug:reference>"

urlpatterns = [
    path("", views.project_list, name="project-list"),
    path("export/", views.project_export, name="project-export"),
    path("new/", views.project_new, name="project-new"),
    path("simplified/", views.simplified_proposal, name="project-simplified"),
    *list_urls("project"),
    path("milestones/overdue/", plan.overdue, name="milestone-overdue"),
    path(f"{REFERENCE}/", views.project_detail, name="project-detail"),
    path(f"{REFERENCE}/edit/", views.project_edit, name="project-edit"),
    path(f"{REFERENCE}/procedures/new/", procedure_editing.procedure_new, name="procedure-new"),
    path(f"{REFERENCE}/life/", life.project_life, name="project-life"),
    *[path(f"{REFERENCE}/{act.name}/", life.life_act(act), name=f"project-{act.name}") for act in LIFE_ACTS],
    *[path(f"{REFERENCE}/{act.name}/", views.project_act(act), name=f"project-{act.name}") for act in PROJECT_ACTS],
    *subject_urls("project"),
]
