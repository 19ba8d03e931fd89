from django.urls import path

from kpis import job_views as views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job-list"),
    path("<int:number>/", views.job_detail, name="job-detail"),
    path("<int:number>/retry/", views.job_retry, name="job-retry"),
]
