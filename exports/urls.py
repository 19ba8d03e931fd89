from django.urls import path

from exports import views

app_name = "exports"
urlpatterns = [
    path("", views.export_list, name="export-list"),
    path("log/", views.export_log, name="log"),
    path("check/", views.export_check, name="check"),
    path("of/<slug:name>/", views.export_file, name="file"),
    path("of/<slug:name>/choose/", views.export_new, name="new"),
    path("layouts/<int:layout>/delete/", views.layout_delete, name="layout-delete"),
    path("<slug:reference>/", views.job, name="job"),
    path("<slug:reference>/cancel/", views.job_cancel, name="job-cancel"),
    path("<slug:reference>/file/", views.job_file, name="job-file"),
]
