"""Permissions come from dated role grants of the account's Person, never from flags on the account."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.db import connection

from accounts.models import User
from core import clock


class WithPerson:
    """The account of a session comes with its Person, whom every page names: one query for both."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user is not None and user.is_active else None


class SignIn(WithPerson, AuthenticationBackend):
    """Signing in by name or e-mail, as allauth does it."""


GIVEN = "SELECT accounts_permissions(%s, %s)"


class DatedRolesBackend(WithPerson, ModelBackend):
    """As Django's own, but a user's permissions are those of the roles its Person holds now."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None: people get roles, never single permissions."""
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Those of the roles held now. An account asks once; whoever signs in next is another object."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_role_permissions"):
            with connection.cursor() as cursor:
                cursor.execute(GIVEN, (user_obj.person_id, clock.now()))
                user_obj._role_permissions = {name for (name,) in cursor.fetchall()}
        held: set[str] = user_obj._role_permissions
        return held
