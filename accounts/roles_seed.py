"""Write the roles of `accounts.roles` as groups with their permissions. Safe to run again."""

from typing import Any

from django.apps.registry import Apps
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS, transaction

from accounts.roles import PERMISSIONS


def seed_roles(using: str = DEFAULT_DB_ALIAS) -> int:
    """Make every group hold exactly its permissions; returns how many groups there are."""
    with transaction.atomic(using=using):
        known = Permission.objects.using(using)
        for role, names in PERMISSIONS.items():
            group, _ = Group.objects.using(using).get_or_create(name=role)
            wanted = [known.get(content_type__app_label=app, codename=code) for app, code in _split(names)]
            group.permissions.set(wanted)
    return len(PERMISSIONS)


def renew_roles(using: str, apps: Apps, **_signal: Any) -> None:
    """After a migration: what this release gives to a role reaches an installation that an earlier one set up.

    Nothing happens before the first set-up, nor half way through the migrations, where permissions are still to come.
    """
    try:
        apps.get_model("auth", "Group")
    except LookupError:
        return
    given = {(app, code) for names in PERMISSIONS.values() for app, code in _split(names)}
    known = set(Permission.objects.using(using).values_list("content_type__app_label", "codename"))
    if given <= known and Group.objects.using(using).exists():
        seed_roles(using)


def _split(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(app, codename) for app, _, codename in (name.partition(".") for name in names)]
