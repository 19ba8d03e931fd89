from rest_framework.routers import SimpleRouter

from reports.api.schedules import ScheduleViewSet
from reports.api.views import ReportViewSet

router = SimpleRouter()
router.register("reports", ReportViewSet, basename="api-report")
router.register("report-schedules", ScheduleViewSet, basename="api-report-schedule")

urlpatterns = router.urls
