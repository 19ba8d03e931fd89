"""The lists whose filters and order can be saved under a name. Their app registers each one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from core.errors import Text

KEPT_OUT = frozenset({"page", "page_size", "format"})


@dataclass(frozen=True, slots=True)
class List:
    """`check` refuses a query that the list itself would refuse, in the same words."""

    name: str
    label: Text
    url_name: str
    check: Callable[[QueryDict], None]

    def address(self, query: str) -> str:
        here = reverse(self.url_name)
        return f"{here}?{query}" if query else here


_lists: dict[str, List] = {}


def register(found: List) -> None:
    _lists[found.name] = found


def get(name: str) -> List:
    return _lists[name]


def names() -> list[tuple[str, Text]]:
    """The lists as choices."""
    return [(each.name, each.label) for each in _lists.values()]


def canonical(name: str, query: str) -> str:
    """The query with its known parameters in order, without page and format; unknown ones are refused."""
    asked = QueryDict(query, mutable=True)
    for out in KEPT_OUT:
        asked.pop(out, None)
    for key in [key for key, values in asked.lists() if not any(values)]:
        del asked[key]
    get(name).check(asked)
    kept = QueryDict(mutable=True)
    for key in sorted(asked):
        kept.setlist(key, asked.getlist(key))
    return kept.urlencode()
