"""What a notice can be about, without this app knowing what it is.

Every registered subject is one twice: `project` for whoever sees it, and `project:inside` for its insiders alone.
Other records are added by their app:

    things.register(things.Thing(word="round", model=Round, address=..., reference=..., title=...))

`word` is kept in our rows. Who sees the record is asked of its own `visible_to` whenever a row of ours is shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts.models import User
from core.errors import Text
from work import subjects
from work.subjects import Kind

INSIDE = ":inside"


@dataclass(frozen=True, slots=True)
class Shown:
    """One record as a reader may be told of it."""

    key: int
    label: Text
    reference: str
    title: str
    address: str


@dataclass(frozen=True)
class Thing:
    """One sort of record."""

    word: str
    label: Text
    rows: Callable[[User], "QuerySet[Any]"]
    address: Callable[[Any], str]
    title: Callable[[Any], str]
    reference: Callable[[Any], str] = lambda thing: str(thing.reference)

    def seen(self, user: User, keys: Iterable[int]) -> dict[int, Shown]:
        """Those of these records that the reader sees, by key: one query."""
        return {row.pk: self.shown(row) for row in self.rows(user).filter(pk__in=set(keys))}

    def shown(self, row: Any) -> Shown:
        return Shown(row.pk, self.label, self.reference(row), self.title(row), self.address(row))


_things: dict[str, Thing] = {}


def register(thing: Thing) -> None:
    """Make a sort of record known, once per word."""
    _things[thing.word] = thing


def things() -> dict[str, Thing]:
    """All of them by word: those registered here and every subject."""
    return {each.word: each for kind in subjects.kinds() for each in _of_kind(kind)} | _things


def visible(user: User) -> Q:
    """Rows of ours about a record that this person sees; each is looked up by its key."""
    found = Q(pk__in=[])
    for thing in things().values():
        found |= Q(Exists(thing.rows(user).order_by().filter(pk=OuterRef("about_id"))), about=thing.word)
    return found


def seen(user: User, rows: Iterable[Any]) -> dict[tuple[str, int], Shown]:
    """What these rows of ours are about, as far as the reader sees it: one query for each sort of record."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.about, set()).add(row.about_id)
    known = things()
    return {(word, key): shown for word, keys in wanted.items() for key, shown in known[word].seen(user, keys).items()}


def of_model(
    word: str,
    model: type[Model],
    label: Text,
    *,
    address: Callable[[Any], str],
    title: Callable[[Any], str],
    reference: Callable[[Any], str] = lambda thing: str(thing.reference),
    related: tuple[str, ...] = (),
) -> Thing:
    """A thing whose rows come from the `visible_to` of its model."""

    def rows(user: User) -> "QuerySet[Any]":
        found: Any = model._default_manager
        seen_by: QuerySet[Any] = found.visible_to(user).select_related(*related)
        return seen_by

    return Thing(word, label, rows, address, title, reference)


def _of_kind(kind: Kind) -> tuple[Thing, Thing]:
    def title(row: Any) -> str:
        return str(row.in_language(kind.title))

    def inside(user: User) -> "QuerySet[Any]":
        return kind.insiders(user)

    return (
        Thing(kind.word, kind.label, kind.visible_to, kind.address_of, title),
        Thing(kind.word + INSIDE, kind.label, inside, kind.address_of, title),
    )
