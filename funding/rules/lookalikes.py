"""Requests that may be one piece of work in parts, without a link that says so (DESIGN 4, TRUST T1).

Two papers look alike when somebody or something is the same (department, lead or supplier), they came close in
time, and their words agree in English or in Chinese. It matters when each is under a line and together they are
over it. The answer is a person's: this only says what to ask and shows how it was worked out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
import math
import re

from funding.rules.tiers import TierLine, tier_for

WORD = re.compile(r"[a-z]{2,}|[0-9]+[a-z]+[0-9a-z]*")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
# What parts of one thing are told apart by, and words of every paper: neither says what is bought.
PART_WORDS = frozenset(
    WORD.findall(
        "an and as at be by can for from how in into is it its more of on or our so than that the their them then this"
        " to up us we which will with one two three first second third part phase stage batch lot package section"
        " additional further request funding money project"
    )
)
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ers", "ed", "er", "es", "s")
PART_CHARACTERS = frozenset("第一二三四五期部分階段批項目申請及的之與和")
LEAST_GRAMS = 3
TITLE_SHARE = 0.7  # the rest of the paper repeats what departments always say
POINTS = {"wording": 50, "lead": 10, "supplier": 10, "department": 5, "days": 10, "line": 15}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the dated rule says. Shares and scores are whole percent."""

    window_days: int
    least_share: int
    wording: int
    ask_at: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One submitted request as far as looking alike goes. `amount` is what it counts for, HK$.

    `title` is its title in every language it has; `words` everything else that says what is bought and why.
    """

    key: int
    department: int
    lead: int
    submitted_on: date
    amount: Decimal
    title: str
    words: str
    suppliers: frozenset[int] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the working: what was looked at, what was found, and the points it gave of those it could."""

    what: str
    found: str
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike another paper is to the one judged: the score out of 100 and its working."""

    key: int
    score: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Papers that would go to `tier` if they were counted with the one judged, because together they pass `line`."""

    line: Decimal
    together: Decimal
    tier: str
    alike: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a paper that can be compared: English words cut to their stem, and pairs of Chinese characters."""

    english: frozenset[str]
    chinese: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Wording":
        return cls(frozenset(_english(text)), frozenset(_chinese(text)))


class Weights:
    """Words that many papers share say little about any of them: each weighs less the more papers have it."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self.papers = 0
        self.having: Counter[str] = Counter()
        for one in wordings:
            self.papers += 1
            self.having.update(one.english | one.chinese)

    def of(self, word: str) -> float:
        return math.log((2 + self.papers) / (1 + self.having[word])) + 0.2

    def alike(self, one: Wording, other: Wording) -> tuple[float, float]:
        """Shares of common words in English and in Chinese, from 0 to 1; a language with too little text says 0."""
        return self._share(one.english, other.english), self._share(one.chinese, other.chinese)

    def _share(self, one: frozenset[str], other: frozenset[str]) -> float:
        if min(len(one), len(other)) < LEAST_GRAMS:
            return 0.0
        both = sum(self.of(word) for word in one & other)
        return 2 * both / (sum(self.of(word) for word in one) + sum(self.of(word) for word in other))


def suspicion(
    judged: Paper, others: Sequence[Paper], *, settings: Settings, lines: Sequence[TierLine]
) -> Suspicion | None:
    """What to ask about a paper: others alike, each under the same line, all together over it. None: nothing.

    `others` are papers that are not counted with it. Papers far under the line are left out, so that small
    buying of one department is not called a split.
    """
    wordings = {one.key: _wordings(one) for one in (judged, *others)}
    weights = Weights(whole for _title, whole in wordings.values())
    for line in lines:
        if line.upper is None or not _under(judged, line, settings):
            continue
        near = [one for one in others if _under(one, line, settings) and _comes_together(judged, one, settings)]
        found = [_likeness(judged, one, line.upper, wordings, weights, settings) for one in near]
        alike = [one for one in found if one is not None and one.score >= settings.ask_at]
        amounts = {one.key: one.amount for one in near}
        together = judged.amount + sum((amounts[one.key] for one in alike), Decimal("0.00"))
        if alike and not line.reaches(together):
            ranked = sorted(alike, key=lambda one: (-one.score, one.key))
            return Suspicion(line.upper, together, tier_for(together, lines).tier, tuple(ranked))
    return None


def _under(paper: Paper, line: TierLine, settings: Settings) -> bool:
    """Under the line, and not so far under it that it could hardly be a part of something over it."""
    upper = line.upper or Decimal(0)
    return line.reaches(paper.amount) and paper.amount * 100 >= upper * settings.least_share


def _comes_together(one: Paper, other: Paper, settings: Settings) -> bool:
    same = one.department == other.department or one.lead == other.lead or bool(one.suppliers & other.suppliers)
    return same and abs((one.submitted_on - other.submitted_on).days) <= settings.window_days


def _likeness(
    judged: Paper,
    other: Paper,
    line: Decimal,
    wordings: Mapping[int, tuple[Wording, Wording]],
    weights: Weights,
    settings: Settings,
) -> Likeness | None:
    titles, wholes = (
        weights.alike(one, another) for one, another in zip(wordings[judged.key], wordings[other.key], strict=True)
    )
    english, chinese = (
        TITLE_SHARE * title + (1 - TITLE_SHARE) * whole for title, whole in zip(titles, wholes, strict=True)
    )
    wording = max(english, chinese)
    if wording * 100 < settings.wording:
        return None
    days = abs((judged.submitted_on - other.submitted_on).days)
    share = min(judged.amount, other.amount) / line
    of_department, of_lead = judged.department == other.department, judged.lead == other.lead
    of_supplier = bool(judged.suppliers & other.suppliers)
    parts = (
        _part("wording", f"{round(english * 100)}/{round(chinese * 100)}", wording),
        _part("lead", "same" if of_lead else "", of_lead),
        _part("supplier", "same" if of_supplier else "", of_supplier),
        _part("department", "same" if of_department else "", of_department),
        _part("days", str(days), 1 - days / (settings.window_days + 1)),
        _part("line", f"{int(share * 100)}", float(share)),
    )
    return Likeness(other.key, sum(part.points for part in parts), parts)


def _part(what: str, found: str, share: float) -> Part:
    return Part(what, found, round(POINTS[what] * share), POINTS[what])


def _wordings(paper: Paper) -> tuple[Wording, Wording]:
    """The title alone, which says what the work is, and the whole paper."""
    return Wording.of(paper.title), Wording.of(f"{paper.title}\n{paper.words}")


def _english(text: str) -> Iterable[str]:
    for word in WORD.findall(text.lower()):
        if word not in PART_WORDS:
            yield _stem(word)


def _stem(word: str) -> str:
    """`reading`, `reads` and `reader` are one word here; short words stay as they are."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _chinese(text: str) -> Iterable[str]:
    """Pairs of neighbouring characters, those that only number a part taken out first."""
    for run in CHINESE.findall(text):
        kept = "".join(character for character in run if character not in PART_CHARACTERS)
        yield from (kept[place : place + 2] for place in range(len(kept) - 1))
