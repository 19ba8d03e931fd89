from django.urls import path

from work.views import my_work as views

app_name = "my_work"
urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("count/", views.my_work_count, name="my-work-count"),
]
