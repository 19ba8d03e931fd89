from django.urls import path
from rest_framework.routers import SimpleRouter

from projects.api import counting, departments, help, imports, procedures, records, search, views

router = SimpleRouter()
router.register("projects", views.ProjectViewSet, basename="api-project")
router.register("procedures", procedures.ProcedureViewSet, basename="api-procedure")
router.register("counting-rules", counting.CountingRuleViewSet, basename="api-counting-rule")
router.register("targets", counting.TargetViewSet, basename="api-target")
router.register("imports", imports.ImportViewSet, basename="api-import")
router.register("help-requests", help.HelpRequestViewSet, basename="api-help-request")
router.register("milestones", records.MilestoneViewSet, basename="api-milestone")
router.register("dependencies", records.DependencyViewSet, basename="api-dependency")
router.register("status-reports", records.ReportViewSet, basename="api-status-report")
router.register("independent-ratings", records.RatingViewSet, basename="api-independent-rating")
router.register("risks", records.ConcernViewSet, basename="api-risk")
router.register("resources", records.ResourceViewSet, basename="api-resource")
router.register("resource-uses", records.UseViewSet, basename="api-resource-use")

DEPARTMENT = "departments/<slug:safe_code>"

urlpatterns = [
    path("search/", search.SearchView.as_view(), name="api-search"),
    path("projects/similar/", search.SimilarView.as_view(), name="api-project-similar"),
    path("restatements/", counting.RestatementView.as_view(), name="api-restatements"),
    path("department-tree/", departments.TreeView.as_view(), name="api-department-tree"),
    path(f"{DEPARTMENT}/standing/", departments.StandingView.as_view(), name="api-department-standing"),
    path(f"{DEPARTMENT}/movements/", departments.MovementView.as_view(), name="api-department-movements"),
    *router.urls,
]
