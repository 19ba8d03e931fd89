"""Permissions come from dated role grants of the account's Person, never from flags on the account."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet

from accounts.models import RoleGrant, User
from core import clock


class WithPerson:
    """The account of a session comes with its Person, whom every page names: one query for both."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user is not None and user.is_active else None


class SignIn(WithPerson, AuthenticationBackend):
    """Signing in by name or e-mail, as allauth does it."""


class DatedRolesBackend(WithPerson, ModelBackend):
    """As Django's own, but a user's groups are those its Person holds now."""

    def _get_group_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        held = RoleGrant.objects.live(clock.now()).filter(person=user_obj.person_id)
        return Permission.objects.filter(group__in=Group.objects.filter(grants__in=held))

    def _get_user_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        return Permission.objects.none()
