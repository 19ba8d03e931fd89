"""How alike two names of procedures are, in English and in Chinese (TRUST T15). Plain values, no Django.

Names are compared as sets of pieces: pairs of letters within words, pairs of Chinese characters. The measure is
Dice's: twice the pieces in common, divided by the pieces of both. 1 is the same name, 0 has nothing in common.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
import unicodedata

ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Named:
    """A procedure by its key and one of its names, present or earlier."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A procedure whose name, now or once, is close to the one asked about."""

    key: int
    name: str
    likeness: float


def likeness(one: str, other: str) -> float:
    """From 0 to 1; 0 when either has nothing to compare."""
    return _dice(_pieces(one), _pieces(other))


def look_alikes(names: Sequence[str], others: Iterable[Named], *, at_least: float = ALIKE) -> list[Alike]:
    """Who is called like one of `names`: each procedure once, by its closest name, the closest first."""
    wanted = [pieces for name in names if (pieces := _pieces(name))]
    closest: dict[int, Alike] = {}
    for other in others:
        pieces = _pieces(other.name)
        score = max((_dice(one, pieces) for one in wanted), default=0.0)
        if score >= at_least and (other.key not in closest or closest[other.key].likeness < score):
            closest[other.key] = Alike(other.key, other.name, score)
    return sorted(closest.values(), key=lambda found: (-found.likeness, found.key))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _pieces(name: str) -> frozenset[str]:
    text = unicodedata.normalize("NFKC", name).casefold()
    words = "".join(c if c.isalnum() else " " for c in text).split()
    return frozenset(word[n : n + 2] for word in words for n in range(max(1, len(word) - 1)))
