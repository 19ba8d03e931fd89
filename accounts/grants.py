"""Object grants for the exceptions, by django-guardian. No other module imports it (STYLE 4).

The dated `ObjectGrant` is the truth; guardian's permission underneath is kept in step with it. `ids`
asks for both, so a grant ends to the second even if nothing has tidied guardian's rows yet.
"""

from django.db.models import Model
from django.db.models.expressions import RawSQL
from guardian.shortcuts import assign_perm, remove_perm

from accounts.models import ObjectGrant, User
from core import clock

RUNNING = "SELECT accounts_shared(%s, %s, %s, %s, %s)"  # a function: every visible_to asks it


def ids(user: User, permission: str) -> RawSQL:
    """The keys of objects granted to `user`, as a subquery, never a list. `permission` is `app.view_model`."""
    app, _dot, codename = permission.partition(".")
    bound = (user.pk, user.person_id, app, codename, clock.now())
    return RawSQL(RUNNING, bound)  # noqa: S611 - bound values


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
