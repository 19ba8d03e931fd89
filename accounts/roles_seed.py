"""Write the roles of `accounts.roles` as groups with their permissions. Safe to run again."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.roles import PERMISSIONS


@transaction.atomic
def seed_roles() -> int:
    """Make every group hold exactly its permissions; returns how many groups there are."""
    for role, names in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=role)
        wanted = [Permission.objects.get(content_type__app_label=app, codename=code) for app, code in _split(names)]
        group.permissions.set(wanted)
    return len(PERMISSIONS)


def _split(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(app, codename) for app, _, codename in (name.partition(".") for name in names)]
