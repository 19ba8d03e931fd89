from django.urls import path
from rest_framework.routers import SimpleRouter

from accounts.api import views

router = SimpleRouter()
router.register("departments", views.DepartmentViewSet, basename="api-department")

urlpatterns = [path("me/", views.MeView.as_view(), name="api-me"), *router.urls]
