from django.urls import path
from rest_framework.routers import SimpleRouter

from work.api import views
from work.api.my_work import MyWorkView
from work.api.notices import NoticeSettingsView, NoticeViewSet
from work.api.tasks import TaskViewSet

router = SimpleRouter()
router.register("documents", views.DocumentViewSet, basename="api-document")
router.register("comments", views.CommentViewSet, basename="api-comment")
router.register("follows", views.FollowViewSet, basename="api-follow")
router.register("saved-views", views.SavedViewViewSet, basename="api-saved-view")
router.register("tags", views.TagViewSet, basename="api-tag")
router.register("tasks", TaskViewSet, basename="api-task")
router.register("notices", NoticeViewSet, basename="api-notice")

urlpatterns = [
    path("my-work/", MyWorkView.as_view(), name="api-my-work"),
    path("notice-settings/", NoticeSettingsView.as_view(), name="api-notice-settings"),
    *router.urls,
]
