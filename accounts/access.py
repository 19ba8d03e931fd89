"""Who can see this, and what can this person see: answered by the apps, from their own predicates.

# projects/apps.py
def ready(self) -> None:
    access.register("projects.access.reach_of", order=10)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Permission
from django.utils.module_loading import import_string

from accounts.models import ObjectGrant, Person, Posting, RoleGrant, User
from accounts.roles import LABELS, OPENS
from core import clock
from core.errors import Text


@dataclass(frozen=True, slots=True)
class Opened:
    """One thing a person can see: what, why, and where to look."""

    what: Text
    why: Text
    address: str = ""


@dataclass(frozen=True, slots=True)
class RoleOpened:
    """A role held now and what each of its permissions opens."""

    grant: RoleGrant
    label: Text
    opens: list[Text]


@dataclass(frozen=True, slots=True)
class Reach:
    """The whole answer for one person, as it is now."""

    has_account: bool
    postings: list[Posting]
    roles: list[RoleOpened]
    grants: list[ObjectGrant]
    opened: list[Opened]


Answer = Callable[[User, User], Iterable[Opened]]
_paths: dict[str, int] = {}


def register(path: str, *, order: int = 100) -> None:
    """Add the answer at a dotted path: `(account asked about, reader) -> what it opens`. The reader sees no more."""
    _paths[path] = order


def reach_of(person: Person, *, reader: User) -> Reach:
    """What the person can see now. Somebody without an open account sees nothing, whatever they hold."""
    now, today = clock.now(), clock.today()
    account = person.accounts.filter(is_active=True).order_by("pk").first()
    roles = RoleGrant.objects.live(now).filter(person=person).select_related("group").order_by("group__name")
    postings = Posting.objects.on(today).filter(person=person).select_related("department")
    grants = ObjectGrant.objects.live(now).filter(person=person).select_related("granted_by")
    return Reach(
        has_account=account is not None,
        postings=list(postings),
        roles=[RoleOpened(grant, label_of(grant.group.name), _opens(grant)) for grant in roles],
        grants=list(grants),
        opened=[] if account is None else [one for answer in _answers() for one in answer(account, reader)],
    )


def label_of(role: str) -> Text:
    return LABELS.get(role, role)


def _opens(grant: RoleGrant) -> list[Text]:
    held = Permission.objects.filter(group=grant.group_id).select_related("content_type").order_by("codename")
    names = [f"{one.content_type.app_label}.{one.codename}" for one in held]
    return [OPENS.get(name, name) for name in names]


def _answers() -> list[Answer]:
    ordered = sorted(_paths.items(), key=lambda each: (each[1], each[0]))
    return [import_string(path) for path, _order in ordered]
