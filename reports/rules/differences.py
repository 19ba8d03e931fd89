"""Where two versions of a report's data differ, each difference by its place. Plain values in and out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NAMES_A_ROW = ("reference", "code", "stage", "on", "due_on")
NAMES_A_SUM = ("envelope", "department", "request")  # of a row that has no name of its own
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
    found: dict[str, Any] = {}
    for place, row in enumerate(rows, start=1):
        name = _name(row, place)
        found[f"{name} ({place})" if name in found else name] = row
    return found


def _name(row: Any, place: int) -> str:
    if isinstance(row, Mapping):
        names = [name for name in NAMES_A_ROW if name in row] or NAMES_A_SUM
        return "/".join(str(row[name]) for name in names if row.get(name)) or str(place)
    return str(place)


def _told(value: Any) -> Any:
    return None if value is NOTHING else value
