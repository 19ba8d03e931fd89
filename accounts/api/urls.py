from django.urls import path
from rest_framework.routers import SimpleRouter

from accounts.api import people, rights, views

router = SimpleRouter()
router.register("departments", views.DepartmentViewSet, basename="api-department")
router.register("people", people.PersonViewSet, basename="api-person")
router.register("invitations", rights.InvitationViewSet, basename="api-invitation")
router.register("postings", rights.PostingViewSet, basename="api-posting")
router.register("role-grants", rights.RoleGrantViewSet, basename="api-role-grant")
router.register("object-grants", rights.ObjectGrantViewSet, basename="api-object-grant")

urlpatterns = [
    path("me/", views.MeView.as_view(), name="api-me"),
    path("invitations/accept/", rights.AcceptView.as_view(), name="api-invitation-accept"),
    *router.urls,
]
