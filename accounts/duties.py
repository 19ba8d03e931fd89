"""What waits for a person, from every app: `/my-work/` lists it, and the badge counts the same rows (FEATURES G5, M3).

Apps say what that is without accounts knowing them:

    # funding/apps.py
    def ready(self) -> None:
        duties.register("funding.duties.waiting", order=20)

`waiting(user)` yields one `Duty` for each thing that this person may see and has to do next.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.module_loading import import_string

from accounts.models import User
from core.errors import Text

Source = Callable[[User], Iterable["Duty"]]


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: `what` says the act, `reference` and `title` the record, `address` its page.

    `code` is stable, as `request.decide`. `due_on` is the last Hong Kong day for it, None where no rule sets one.
    What is done with by opening it has in `opens` the address to post to, which leads to `address`.
    """

    code: str
    what: Text
    reference: str
    title: str
    address: str
    due_on: date | None = None
    opens: str = ""

    def is_late(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


_paths: dict[str, int] = {}


def register(path: str, *, order: int = 100) -> None:
    """Add the source at a dotted path; among duties of one day lower orders come first."""
    _paths[path] = order


def duties_of(user: User) -> list[Duty]:
    """Everything that waits for this person, the earliest day first, what has no day last."""
    sources: list[Source] = [import_string(path) for path, _order in sorted(_paths.items(), key=_by_order)]
    found = [duty for source in sources for duty in source(user)]
    return sorted(found, key=lambda duty: (duty.due_on is None, duty.due_on or date.max))


def _by_order(entry: tuple[str, int]) -> tuple[int, str]:
    path, order = entry
    return order, path
