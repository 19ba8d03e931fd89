"""Object grants for the exceptions, by django-guardian. No other module imports it (STYLE 4).

The dated `ObjectGrant` is the truth; guardian's permission underneath is kept in step with it. `ids`
asks for both, so a grant ends to the second even if nothing has tidied guardian's rows yet.
"""

from typing import Any

from django.db.models import BigIntegerField, Model, QuerySet
from django.db.models.functions import Cast
from guardian.models import UserObjectPermission
from guardian.shortcuts import assign_perm, remove_perm

from accounts.models import ObjectGrant, User
from core import clock


def ids(user: User, permission: str) -> "QuerySet[Any]":
    """The keys of objects granted to `user`, as a subquery, never a list. `permission` is `app.view_model`."""
    app, _dot, codename = permission.partition(".")
    given = UserObjectPermission.objects.filter(
        user=user.pk, permission__codename=codename, permission__content_type__app_label=app
    )
    running = ObjectGrant.objects.live(clock.now()).filter(person=user.person_id, permission=permission).order_by()
    return running.filter(object_id__in=given.values(key=Cast("object_pk", BigIntegerField()))).values("object_id")


def allow(grant: ObjectGrant, thing: Model) -> None:
    """Guardian's permission for every account the person has."""
    for account in User.objects.filter(person=grant.person_id, is_active=True):
        assign_perm(grant.permission, account, thing)


def withdraw(grant: ObjectGrant) -> None:
    thing = grant.content_type.model_class()._default_manager.get(pk=grant.object_id)  # type: ignore[union-attr] # ours
    for account in User.objects.filter(person=grant.person_id):
        remove_perm(grant.permission, account, thing)


def follow(account: User) -> None:
    """A new account of a person gets what is shared with the person now."""
    for grant in ObjectGrant.objects.live(clock.now()).filter(person=account.person_id):
        thing = grant.content_type.model_class()._default_manager.get(pk=grant.object_id)  # type: ignore[union-attr] # ours
        assign_perm(grant.permission, account, thing)


def tidy() -> int:
    """Take guardian's permissions of ended grants away, unless a newer grant runs. Returns how many grants."""
    now, count = clock.now(), 0
    for grant in ObjectGrant.objects.filter(ends_at__lte=now, tidied_at__isnull=True).select_related("content_type"):
        again = ObjectGrant.objects.live(now).filter(
            person=grant.person_id, content_type=grant.content_type_id, object_id=grant.object_id
        )
        if not again.exists():
            withdraw(grant)
        grant.tidied_at = now
        grant.save(update_fields=["tidied_at"])
        count += 1
    return count
