"""Where two versions of a report's data differ, each difference by its place. Plain values in and out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NAMES_A_ROW = ("reference", "code", "stage", "on", "due_on", "envelope")
NOTHING = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place of the data: what it said, and what it says with later facts. None: it was or is not there."""

    place: tuple[str, ...]
    before: Any
    after: Any

    @property
    def written(self) -> str:
        return ".".join(self.place)

    @property
    def before_words(self) -> str:
        return _words(self.before)

    @property
    def after_words(self) -> str:
        return _words(self.after)


def _words(value: Any) -> str:
    """A row by its name; a figure as it is."""
    if isinstance(value, Mapping):
        name = value.get("name") or value.get("title") or {}
        return " ".join(filter(None, (str(value.get("reference", "")), str(name.get("en", ""))))) or str(dict(value))
    return str(value)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    return list(_walk((), before, after))


def _walk(place: tuple[str, ...], before: Any, after: Any) -> Iterator[Difference]:
    if before == after and type(before) is type(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in sorted({*before, *after}):
            yield from _walk((*place, name), before.get(name, NOTHING), after.get(name, NOTHING))
    elif _is_list(before) and _is_list(after):
        yield from _walk(place, _by_name(before), _by_name(after))
    else:
        yield Difference(place, _told(before), _told(after))


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _by_name(rows: Sequence[Any]) -> dict[str, Any]:
    """Rows by what names them, so that one row more is one difference and not one for every row after it."""
    return {_name(row, place): row for place, row in enumerate(rows, start=1)}


def _name(row: Any, place: int) -> str:
    if isinstance(row, Mapping):
        named = [str(row[name]) for name in NAMES_A_ROW if name in row]
        return "/".join(named) or str(place)
    return str(place)


def _told(value: Any) -> Any:
    return None if value is NOTHING else value
