from rest_framework.routers import SimpleRouter

from kpis.api import views

router = SimpleRouter()
router.register("kpis", views.KpiViewSet, basename="api-kpi")
router.register("sources", views.SourceViewSet, basename="api-source")

urlpatterns = router.urls
