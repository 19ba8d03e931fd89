from rest_framework.routers import SimpleRouter

from projects.api import help, views

router = SimpleRouter()
router.register("projects", views.ProjectViewSet, basename="api-project")
router.register("procedures", views.ProcedureViewSet, basename="api-procedure")
router.register("help-requests", help.HelpRequestViewSet, basename="api-help-request")

urlpatterns = router.urls
