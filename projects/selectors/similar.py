"""Projects like the one that is being typed, so that nobody builds twice (FEATURES A12): by shared words, said aloud.

A word weighs the more, the fewer projects hold it; one that hundreds hold says nothing and is left out. English
words are compared by their beginnings (“licences” is like “licensing”), Chinese by pairs of characters.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
import math
from typing import Any

from django.db.models import IntegerField, QuerySet, Value
from django.utils.translation import gettext as _

from accounts.models import User
from core import search
from core.text import clean_line
from projects.models import Project

COMMON = 500  # projects that hold a word, from which on it says nothing
MOST_TERMS = 10  # of each language; the longest words first
SHOWN = 5
LEAST_SHARE = 0.3  # of the weight of everything typed
LONGEST_TITLE = 300
STEM = 6
PLAIN_WORDS = frozenset(
    {"and", "for", "from", "into", "the", "with", "using", "based", "system", "project", "new", "its"}
)


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of what is typed: how it is looked for, and how it was written."""

    sought: search.Word
    written: str
    place: int


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A registered project that shares words with what is typed."""

    project: Project
    shared: list[str]
    score: float

    @property
    def why(self) -> str:
        quoted = [_("“%(word)s”") % {"word": word} for word in self.shared]
        return _("Shares %(words)s") % {"words": _(", ").join(quoted)}


def to_typed(user: User, title_en: str, title_zh_hant: str, *, besides: int | None = None) -> list[LookAlike]:
    """At most five visible projects, the likest first; `besides` leaves the project itself out."""
    terms = [*_english(title_en), *_chinese(title_zh_hant)]
    if not terms:
        return []
    rows = Project.objects.visible_to(user)
    if besides is not None:
        rows = rows.exclude(pk=besides)
    held = _holders(rows, terms)
    weights = {n: math.log1p(COMMON / max(len(keys), 1)) for n, keys in held.items()}
    shared: dict[int, list[int]] = defaultdict(list)
    for n, keys in held.items():
        for key in keys:
            shared[key].append(n)
    languages = [{n for n in weights if terms[n].written.isascii() is ascii_only} for ascii_only in (True, False)]
    scores = {key: _share(numbers, languages, weights) for key, numbers in shared.items()}
    best = sorted((key for key, score in scores.items() if score >= LEAST_SHARE), key=lambda key: (-scores[key], key))
    found = rows.select_related("department").in_bulk(best[:SHOWN])
    return [LookAlike(found[key], _words(shared[key], terms), scores[key]) for key in best[:SHOWN]]


def _holders(rows: "QuerySet[Project]", terms: list[Term]) -> dict[int, list[int]]:
    """The keys of the projects that hold each term, by the term's number, but for terms that are too common."""
    parts = [
        rows.filter(search.Holds(term.sought)).annotate(term=Value(n, IntegerField())).values_list("term", "pk")
        for n, term in enumerate(terms)
    ]
    first, *others = [part.order_by()[: COMMON + 1] for part in parts]
    pairs: Any = reduce(lambda whole, part: whole.union(part, all=True), others, first)
    held: dict[int, list[int]] = {n: [] for n in range(len(terms))}
    for n, key in pairs:
        held[n].append(key)
    return {n: keys for n, keys in held.items() if len(keys) <= COMMON}


def _share(numbers: list[int], languages: list[set[int]], weights: dict[int, float]) -> float:
    """The larger share, in either language, of what is typed; a single word of several is no likeness."""
    shares = [0.0]
    for said in languages:
        both = said.intersection(numbers)
        if len(both) >= min(2, len(said)) > 0:
            shares.append(sum(weights[n] for n in both) / sum(weights[n] for n in said))
    return max(shares)


def _english(title: str) -> Iterator[Term]:
    """The beginnings of its telling words."""
    folded = search.folded(clean_line(title)[:LONGEST_TITLE]) if title else ""
    words = [found["word"] for found in search.RUNS.finditer(folded) if found["word"]]
    telling = [word for word in dict.fromkeys(words) if len(word) >= search.SHORT and word not in PLAIN_WORDS]
    for place, word in enumerate(sorted(telling, key=len, reverse=True)[:MOST_TERMS]):
        plain = word[:-1] if word.endswith("s") and len(word) > search.SHORT else word
        yield Term(search.word(plain[:STEM]), word, place)


def _chinese(title: str) -> Iterator[Term]:
    """Its pairs of characters, as they were written."""
    written = clean_line(title)[:LONGEST_TITLE] if title else ""
    folded = search.folded(written) if written else ""
    written = written if len(written) == len(folded) else folded
    pairs: dict[str, int] = {}
    for found in search.RUNS.finditer(folded):
        start, run = found.start(), found["run"] or ""
        pairs |= {run[i : i + 2]: start + i for i in range(len(run) - 1)}
    for pair, place in list(pairs.items())[: 2 * MOST_TERMS]:
        yield Term(search.word(pair), written[place : place + 2], place)


def _words(numbers: list[int], terms: list[Term]) -> list[str]:
    """The shared terms as they were written; pairs of characters that overlap are one word again."""
    said: list[str] = []
    end = -1
    for term in sorted((terms[n] for n in numbers), key=lambda term: (not term.written.isascii(), term.place)):
        if not term.written.isascii() and term.place == end - 1 and said:
            said[-1] += term.written[-1]
        else:
            said.append(term.written)
        end = term.place + 2 if not term.written.isascii() else -1
    return said
