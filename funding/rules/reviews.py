"""Which reviews a request needs before it is decided, and whether a step of them has passed (FEATURES C5, C7).

Reviews are added by kind, risk and novelty. The tier is decided elsewhere, by the assessed amount alone,
and no review takes a request to another body or lets it go around one (DESIGN 4).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

KEYS = frozenset({"words", "categories", "public_facing", "first_use", "amount_from"})
MOST_WORDS, LONGEST_WORD = 20, 60


class Kind(StrEnum):
    PRIVACY = "privacy"
    SECURITY = "security"
    LAW = "law"
    PROCUREMENT = "procurement"


class Passes(StrEnum):
    ALL = "all"
    ANY = "any"


class Answer(StrEnum):
    CLEARED = "cleared"
    ADVICE = "advice"
    NOT_CLEARED = "not_cleared"


class State(StrEnum):
    """OPEN waits for an answer; BLOCKED waits for an earlier step."""

    BLOCKED = "blocked"
    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a request and its project. What is not stated is never taken for no."""

    category: str
    technique: str
    is_public_facing: bool | None
    is_first_use: bool
    assessed: Decimal


@dataclass(frozen=True, slots=True)
class Asked:
    """One review that a rule asks for, with the conditions that held as (condition, what was found)."""

    step: int
    passes: Passes
    kind: Kind
    why: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One review of a version and the answer that stands; None while nobody answered."""

    step: int
    passes: str
    answer: str | None


class Unreadable(ValueError):
    """A rule that does not say what it should."""


def check(steps: Any) -> None:
    """Refuse steps that are not a list of {passes, reviews: [{kind, when}]}, or that ask one kind twice.

    A rule without steps asks nothing.
    """
    if not isinstance(steps, list):
        raise Unreadable("steps")
    kinds: list[str] = []
    for step in steps:
        if not isinstance(step, Mapping) or set(step) != {"passes", "reviews"} or step["passes"] not in list(Passes):
            raise Unreadable("passes")
        if not isinstance(step["reviews"], list) or not step["reviews"]:
            raise Unreadable("reviews")
        for review in step["reviews"]:
            if not isinstance(review, Mapping) or set(review) != {"kind", "when"} or review["kind"] not in list(Kind):
                raise Unreadable("kind")
            _check_when(review["when"])
            kinds.append(review["kind"])
    if len(set(kinds)) != len(kinds):
        raise Unreadable("twice")


def asked(steps: Sequence[Mapping[str, Any]], facts: Facts) -> tuple[Asked, ...]:
    """The reviews of a rule whose conditions all hold. A review without conditions is asked for every request."""
    found = []
    for number, step in enumerate(steps, start=1):
        for review in step["reviews"]:
            why = _why(review["when"], facts)
            if why is not None:
                found.append(Asked(number, Passes(step["passes"]), Kind(review["kind"]), why))
    return tuple(found)


def states(reviews: Iterable[Standing]) -> dict[int, State]:
    """How each asked step stands, in order. A step is answered once the steps before it have passed.

    `all`: one "not cleared" fails it. `any`: one cleared passes it, and it fails once all are "not cleared".
    """
    by_step: dict[int, list[Standing]] = {}
    for review in reviews:
        by_step.setdefault(review.step, []).append(review)
    found: dict[int, State] = {}
    is_before = True
    for number in sorted(by_step):
        found[number] = _state(by_step[number]) if is_before else State.BLOCKED
        is_before = found[number] is State.PASSED
    return found


def overall(reviews: Iterable[Standing]) -> State:
    """Passed where nothing was asked or every step passed; else failed or open, as the first other step is."""
    return next((one for one in states(reviews).values() if one is not State.PASSED), State.PASSED)


def _state(reviews: Sequence[Standing]) -> State:
    answers = [review.answer for review in reviews]
    good = [answer in (Answer.CLEARED, Answer.ADVICE) for answer in answers]
    bad = [answer == Answer.NOT_CLEARED for answer in answers]
    if reviews[0].passes == Passes.ANY:
        return State.PASSED if any(good) else State.FAILED if all(bad) else State.OPEN
    return State.FAILED if any(bad) else State.PASSED if all(good) else State.OPEN


def _why(when: Mapping[str, Any], facts: Facts) -> tuple[tuple[str, str], ...] | None:
    """The conditions that held, or None where one did not. A technique that is not stated may be any."""
    held = []
    if words := when.get("words"):
        technique = facts.technique.casefold()
        if technique and not any(word.casefold() in technique for word in words):
            return None
        held.append(("technique", facts.technique))
    if categories := when.get("categories"):
        if facts.category not in categories:
            return None
        held.append(("category", facts.category))
    if when.get("public_facing"):
        if facts.is_public_facing is False:
            return None
        held.append(("public_facing", "" if facts.is_public_facing is None else "yes"))
    if when.get("first_use"):
        if not facts.is_first_use:
            return None
        held.append(("first_use", facts.technique))
    if when.get("amount_from"):
        if facts.assessed < Decimal(when["amount_from"]):
            return None
        held.append(("amount", str(when["amount_from"])))
    return tuple(held)


def _check_when(when: Any) -> None:
    if not isinstance(when, Mapping) or not set(when) <= KEYS:
        raise Unreadable("when")
    for name in ("words", "categories"):
        texts = when.get(name, [])
        if not isinstance(texts, list) or len(texts) > MOST_WORDS or not all(_is_word(text) for text in texts):
            raise Unreadable(name)
    if any(when.get(name, True) is not True for name in ("public_facing", "first_use")):
        raise Unreadable("flag")
    if "amount_from" in when:
        _check_amount(when["amount_from"])


def _is_word(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip()) and len(text) <= LONGEST_WORD


def _check_amount(value: Any) -> None:
    try:
        amount = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation as error:
        raise Unreadable("amount_from") from error
    if amount is None or not amount.is_finite() or amount <= 0 or amount != round(amount, 2):
        raise Unreadable("amount_from")
