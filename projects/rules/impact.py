"""What a proposed counting rule would do to the count, before anybody approves it. Plain values, no Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from projects.rules.count import Standing, standing
from projects.rules.facts import Fact, Rule

Known = Mapping[int, Sequence[Fact]]


@dataclass(frozen=True, slots=True)
class Moved:
    """A procedure, by its key, that a rule takes out of the count or brings into it, and what is missing then."""

    key: int
    after: Standing


@dataclass(frozen=True, slots=True)
class Impact:
    """In use on the day the rule reaches procedures already counted, without the rule and with it.

    `later` are those that stay for now and would fall at their next re-attestation if nothing is added.
    """

    day: date
    before: int
    after: int
    falling: tuple[Moved, ...]
    joining: tuple[Moved, ...]
    later: tuple[Moved, ...]


def impact(known: Known, *, rules: Sequence[Rule], proposed: Rule, today: date) -> Impact:
    """Compare the count with and without the rule, from what is known now, on its transition day or its start."""
    day = max(proposed.transition_on or proposed.starts_on, today)
    at_once = replace(proposed, transition_on=proposed.starts_on)
    without = _on(day, known, rules)
    with_it = _on(day, known, [*rules, proposed])
    reached = _on(day, known, [*rules, at_once])
    return Impact(
        day=day,
        before=sum(one.in_use for one in without.values()),
        after=sum(one.in_use for one in with_it.values()),
        falling=_moved(without, with_it),
        joining=tuple(Moved(key, with_it[key]) for key in sorted(known) if _joins(without[key], with_it[key])),
        later=_moved(with_it, reached),
    )


def _on(day: date, known: Known, rules: Sequence[Rule]) -> dict[int, Standing]:
    return {key: standing(facts, rules=rules, on=day) for key, facts in known.items()}


def _moved(before: Mapping[int, Standing], after: Mapping[int, Standing]) -> tuple[Moved, ...]:
    return tuple(Moved(key, after[key]) for key in sorted(before) if _joins(after[key], before[key]))


def _joins(before: Standing, after: Standing) -> bool:
    return after.in_use and not before.in_use
