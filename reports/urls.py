from django.urls import path, re_path

from reports import schedule_views, views
from reports.acts import REPORT_ACTS

REPORT = r"(?P<reference>RPT-[0-9]{4}-[0-9]{4,}(?:-E[0-9]+)?)"

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="report-list"),
    path("verify/", views.verify, name="verify"),
    path("schedules/", schedule_views.schedule_list, name="schedule-list"),
    path("schedules/new/", schedule_views.schedule_new, name="schedule-new"),
    path("schedules/<int:number>/", schedule_views.schedule_detail, name="schedule"),
    path("schedules/<int:number>/end/", schedule_views.schedule_end, name="schedule-end"),
    path("new/<slug:form_key>/", views.report_new, name="report-new"),
    re_path(rf"^{REPORT}/$", views.report_detail, name="report"),
    re_path(rf"^{REPORT}/restatement/$", views.report_restatement, name="restatement"),
    re_path(rf"^{REPORT}/file\.(?P<kind>pdf|docx|json|sig)$", views.report_file, name="report-file"),
    *[re_path(rf"^{REPORT}/{act.name}/$", views.report_act(act), name=f"report-{act.name}") for act in REPORT_ACTS],
]
