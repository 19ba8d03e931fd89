from django.urls import path

from projects.views import departments as views

urlpatterns = [
    path("", views.department_list, name="department-list"),
    path("<slug:safe_code>/", views.department_detail, name="department-detail"),
]
