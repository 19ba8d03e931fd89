from django.urls import path

from dashboards.api.views import OverviewView

urlpatterns = [path("overview/", OverviewView.as_view(), name="api-overview")]
