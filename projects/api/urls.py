from rest_framework.routers import SimpleRouter

from projects.api import views

router = SimpleRouter()
router.register("projects", views.ProjectViewSet, basename="api-project")
router.register("procedures", views.ProcedureViewSet, basename="api-procedure")

urlpatterns = router.urls
