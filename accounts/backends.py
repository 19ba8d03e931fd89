"""Permissions come from dated role grants of the account's Person, never from flags on the account."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.db import connection
from django.db.models.expressions import RawSQL

from accounts.models import User
from accounts.rights import know_postings, postings_of_account
from core import clock, kept
from core.context import DEMONSTRATION

GIVEN = "SELECT accounts_permissions(%s, %s)"
HELD = "ARRAY(SELECT accounts_permissions(accounts_user.person_id, %s))"
MARKED = "EXISTS (SELECT FROM core_installation WHERE is_demonstration)"


class WithPerson:
    """The account of a session comes with its Person and, while a page is read, with what every page asks about it.

    That is what its roles permit, where it is posted, and the mark of a demonstration: one query for all of them. A
    request that changes something asks when it judges.
    """

    def get_user(self, user_id: int) -> User | None:
        told = _told() if kept.is_reading() else {}
        user = User.objects.select_related("person").annotate(**told).filter(pk=user_id).first()
        if user is None or not user.is_active:
            return None
        if told:
            _keep(user)
        return user


def _keep(user: Any) -> None:
    """What the query of `_told` said with the account."""
    user._role_permissions = set(user.given)
    know_postings(user.person_id, [(int(department), duty) for department, duty in user.posted])
    kept.answer(DEMONSTRATION, lambda: user.marked)


def _told() -> dict[str, RawSQL]:
    return {
        "given": RawSQL(HELD, (clock.now(),)),  # noqa: S611 - bound values
        "posted": postings_of_account(),
        "marked": RawSQL(MARKED, ()),  # noqa: S611 - nothing bound
    }


class SignIn(WithPerson, AuthenticationBackend):
    """Signing in by name or e-mail, as allauth does it."""


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
