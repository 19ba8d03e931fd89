"""The sub-pages of a project that hold its records, and the register of resources."""

from django.urls import path

from projects.records.acts import CONCERN_ACTS, MONTH_ACTS, PLANNED_ACTS, RESOURCE_ACTS
from projects.views import concerns, plan, resources, status

REFERENCE = "<slug:reference>"
PLANNED = f"{REFERENCE}/plan/<slug:word>"
MONTH = f"{REFERENCE}/status/<slug:month>"
RISK = f"{REFERENCE}/risks/<int:pk>"

of_projects = [
    path(f"{REFERENCE}/plan/", plan.plan_page, name="plan"),
    path(f"{PLANNED}/new/", plan.planned_new, name="planned-new"),
    path(f"{PLANNED}/<int:pk>/", plan.planned_page, name="planned"),
    *[
        path(f"{PLANNED}/<int:pk>/{act.name}/", plan.planned_act(act), name=f"planned-{act.name}")
        for act in PLANNED_ACTS
    ],
    path(f"{REFERENCE}/status/", status.status_page, name="status"),
    path(f"{MONTH}/", status.month_page, name="status-month"),
    *[path(f"{MONTH}/{act.name}/", status.month_act(act), name=f"status-{act.name}") for act in MONTH_ACTS],
    path(f"{REFERENCE}/risks/", concerns.risks_page, name="risks"),
    path(f"{REFERENCE}/risks/new/", concerns.risk_new, name="risk-new"),
    path(f"{RISK}/", concerns.risk_page, name="risk"),
    *[path(f"{RISK}/{act.name}/", concerns.risk_act(act), name=f"risk-{act.name}") for act in CONCERN_ACTS],
    path(f"{REFERENCE}/uses/new/", resources.use_new, name="use-new"),
    path(f"{REFERENCE}/uses/<int:pk>/end/", resources.use_end, name="use-end"),
]
urlpatterns = [
    path("", resources.resource_list, name="resource-list"),
    path("new/", resources.resource_new, name="resource-new"),
    path(f"{REFERENCE}/", resources.resource_page, name="resource"),
    *[
        path(f"{REFERENCE}/{act.name}/", resources.resource_act(act), name=f"resource-{act.name}")
        for act in RESOURCE_ACTS
    ],
]
