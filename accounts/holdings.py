"""What a person holds that somebody must hold after them: leads, seats, open requests (FEATURES N7).

Apps say what that is without accounts knowing them:

    # projects/apps.py
    def ready(self) -> None:
        holdings.register("projects.holdings.LEADS", order=10)

A kind finds what a person holds and gives each to somebody else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.module_loading import import_string

from accounts.models import Person, User
from core.errors import Text
from core.ledger import Fact, Subject


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing held. `key` is unique within its kind; a new holder belongs to `department_id` if one is given."""

    key: str
    title: Text
    address: str = ""
    department_id: int | None = None


class Told(NamedTuple):
    """A ledger entry of a handing over, written once every row of a leaving is locked and changed."""

    action: str
    subject: Subject | str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of holding.

    `held` lists what a person holds on or after a day; `hand_over` gives one of them to `to`, or
    leaves it vacant, from a day, inside the transaction of the leaving, and returns what the ledger is
    to say of it. `may_be_vacant` kinds need no new holder; those without
    `takes_holder` are only ever left vacant, for the app's own pages to fill.
    """

    name: str
    label: Text
    held: Callable[[Person, date], Iterable[Holding]]
    hand_over: Callable[[Holding, Person | None, User, date], Told | None]
    may_be_vacant: bool = False
    takes_holder: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """A holding together with its kind, as pages, the API and the service name it: `lead:IMMD-2026-003`."""

    kind: Kind
    holding: Holding

    @property
    def name(self) -> str:
        return f"{self.kind.name}:{self.holding.key}"

    def candidates(self, *, but: Person, on: date) -> "QuerySet[Person]":
        """Who may take it: people of its department, who stay, on the first day after."""
        if not self.kind.takes_holder:
            return Person.objects.none()
        people = Person.objects.exclude(pk=but.pk).staying(after=on)
        if self.holding.department_id is None:
            return people
        return people.posted_in([self.holding.department_id], on=on)


_paths: dict[str, int] = {}


def register(path: str, *, order: int = 100) -> None:
    """Add the `Kind` at a dotted path; lower orders come first."""
    _paths[path] = order


def kinds() -> list[Kind]:
    return [import_string(path) for path, _order in sorted(_paths.items(), key=lambda each: (each[1], each[0]))]


def held_by(person: Person, on: date) -> list[Held]:
    """Everything the person holds on that day or has ahead, in the order of kinds."""
    return [Held(kind, holding) for kind in kinds() for holding in kind.held(person, on)]
