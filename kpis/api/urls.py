from django.urls import path
from rest_framework.routers import SimpleRouter

from kpis.api import benefits, jobs, library, period_locks, reading_files, sources, views
from kpis.api.pushing import PushView

router = SimpleRouter()
router.register("benefits", benefits.BenefitViewSet, basename="api-benefit")
router.register("jobs", jobs.JobViewSet, basename="api-job")
router.register("kpis", views.KpiViewSet, basename="api-kpi")
router.register("measures", library.LibraryViewSet, basename="api-measure")
router.register("period-locks", period_locks.PeriodLockViewSet, basename="api-period-lock")
router.register("reading-files", reading_files.ReadingFileViewSet, basename="api-reading-file")
router.register("sources", sources.SourceViewSet, basename="api-source")

urlpatterns = [path("sources/<slug:reference>/push/", PushView.as_view(), name="api-source-push"), *router.urls]
