"""Object grants for the exceptions, by django-guardian. No other module imports it (STYLE 4)."""

from typing import Any

from django.db.models import QuerySet
from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm

from accounts.models import User


def ids(user: User, permission: str) -> "QuerySet[Any]":
    """The keys of objects granted to `user` one by one, as a subquery, never a list. `permission` is `app.codename`."""
    return get_objects_for_user(user, permission, use_groups=False, accept_global_perms=False).values("pk")


def share(thing: Any, *, user: User, permission: str) -> None:
    assign_perm(permission, user, thing)


def unshare(thing: Any, *, user: User, permission: str) -> None:
    remove_perm(permission, user, thing)
