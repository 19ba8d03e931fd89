"""Two submitted versions of one request side by side: what changed, line by line, and by how much money."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Final

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"
TEXTS: Final = ("title_en", "title_zh_hant", "justification")
FACTS: Final = ("project", "department", "applicant", "lead", "programme", "supplements")
LISTS: Final = ("procedures", "linked")

Content = Mapping[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One field, or one paragraph of a long one. Empty text stands for nothing."""

    field: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One cost line or promise in both versions; None where a version does not have it. `by` is after less before."""

    kind: str
    before: Row | None
    after: Row | None
    by: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs; `lines` and `benefits` hold the unchanged ones too, so that the sums can be followed."""

    changes: tuple[Change, ...]
    lines: tuple[Pair, ...]
    benefits: tuple[Pair, ...]
    own_by: Decimal
    recurrent_by: Decimal

    @property
    def is_empty(self) -> bool:
        return not self.changes and all(pair.kind == SAME for pair in (*self.lines, *self.benefits))


def compare(before: Content, after: Content) -> Comparison:
    """What the second version says that the first did not, and the other way round."""
    return Comparison(
        changes=tuple(_changes(before, after)),
        lines=tuple(line_pairs(before.get("lines", []), after.get("lines", []))),
        benefits=tuple(_numbered(before.get("benefits", []), after.get("benefits", []))),
        own_by=_amount(after, "own_amount") - _amount(before, "own_amount"),
        recurrent_by=_amount(after, "recurrent_amount") - _amount(before, "recurrent_amount"),
    )


def line_pairs(before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    """Cost lines as they belong together: the same line first, then what it buys, then its category and year.

    Every line of either version is in exactly one pair, so the differences add up to that of the sums.
    """
    left = list(enumerate(before))
    pairs: list[tuple[int, Pair]] = []
    added: list[tuple[int, Row]] = list(enumerate(after))
    for likeness in (_whole, _bought, _placed):
        waiting, added = added, []
        for place, row in waiting:
            match = next((one for one in left if likeness(one[1]) == likeness(row)), None)
            if match is None:
                added.append((place, row))
                continue
            left.remove(match)
            kind = SAME if match[1] == row else CHANGED
            pairs.append((place, Pair(kind, match[1], row, _amount(row) - _amount(match[1]))))
    pairs += [(place, Pair(ADDED, None, row, _amount(row))) for place, row in added]
    pairs += [(len(after) + place, Pair(REMOVED, row, None, -_amount(row))) for place, row in left]
    return [pair for _place, pair in sorted(pairs, key=lambda one: one[0])]


def _numbered(before: Sequence[Row], after: Sequence[Row]) -> Iterator[Pair]:
    """Promises by their permanent numbers."""
    old = {row["number"]: row for row in before}
    new = {row["number"]: row for row in after}
    for number in sorted({*old, *new}):
        was, now = old.get(number), new.get(number)
        if was is None or now is None:
            yield Pair(ADDED if was is None else REMOVED, was, now, _amount(now or {}) - _amount(was or {}))
        else:
            yield Pair(SAME if was == now else CHANGED, was, now, _amount(now) - _amount(was))


def _changes(before: Content, after: Content) -> Iterator[Change]:
    for field in TEXTS:
        yield from _paragraphs(field, str(before.get(field, "")), str(after.get(field, "")))
    for field in FACTS:
        yield from _one(field, str(before.get(field, "")), str(after.get(field, "")))
    for field in LISTS:
        yield from _members(field, before.get(field, []), after.get(field, []))
    was, now = before.get("reuse", {}), after.get("reuse", {})
    yield from _one("reuse", was.get("answer", ""), now.get("answer", ""))
    yield from _paragraphs("reuse_reason", was.get("reason", ""), now.get("reason", ""))
    yield from _members("reuse_considered", was.get("considered", []), now.get("considered", []))
    yield from _papers(before.get("attachments", []), after.get("attachments", []))


def _one(field: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(field, _kind(before, after), before, after)


def _paragraphs(field: str, before: str, after: str) -> Iterator[Change]:
    """Paragraph by paragraph; those that stayed are left out."""
    old, new = before.split("\n"), after.split("\n")
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _one(field, "\n".join(old[i1:i2]).strip(), "\n".join(new[j1:j2]).strip())


def _members(field: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    yield from (Change(field, REMOVED, one, "") for one in before if one not in after)
    yield from (Change(field, ADDED, "", one) for one in after if one not in before)


def _papers(before: Sequence[Row], after: Sequence[Row]) -> Iterator[Change]:
    """Papers by reference; the same paper with another digest is another file."""
    old = {row["reference"]: row for row in before}
    new = {row["reference"]: row for row in after}
    for reference in sorted({*old, *new}):
        yield from _one("attachments", _paper(old.get(reference)), _paper(new.get(reference)))


def _paper(row: Row | None) -> str:
    return f"{row['reference']} {row['file']} (SHA-256 {row['sha256']})" if row else ""


def _kind(before: str, after: str) -> str:
    if before and after:
        return CHANGED
    return ADDED if after else REMOVED


def _whole(row: Row) -> Any:
    return tuple(sorted(row.items()))


def _bought(row: Row) -> Any:
    return row["description"].strip().casefold() or None, row["category"]


def _placed(row: Row) -> Any:
    return row["category"], row["financial_year"]


def _amount(row: Row, name: str = "amount") -> Decimal:
    return Decimal(row.get(name) or "0.00")
