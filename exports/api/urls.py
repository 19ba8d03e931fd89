from rest_framework.routers import SimpleRouter

from exports.api.views import ExportViewSet

router = SimpleRouter()
router.register("exports", ExportViewSet, basename="api-export")
urlpatterns = router.urls
