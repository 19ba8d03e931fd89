"""What was reported for a day, and what the same day looks like from what was learned since. No Django.

"As known then" is judged at the end of the day, Hong Kong time, from what had been recorded by its end: it never
moves. "As known now" judges the same day from everything recorded since, under the rules that were approved
then. A target is judged by the first (DESIGN 3); beside it stands "live by the date and verified within so many
days", for the procedures that went live in time and whose verification only came after the day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from projects.rules.count import Counts, Standing, spans, standing
from projects.rules.facts import STILL_LIVE, Fact, Rule

Known = Mapping[int, Sequence[Fact]]
WORDS = ("claimed", "verified", "in_use")


@dataclass(frozen=True, slots=True)
class Difference:
    """One procedure for which the two answers differ, by its key."""

    key: int
    then: Standing
    now: Standing


@dataclass(frozen=True, slots=True)
class Restated:
    """A past day as it was known at its end, and as it is known now, with every procedure that differs."""

    day: date
    then: Counts
    now: Counts
    differences: tuple[Difference, ...]


def restated(day: date, known: Known, *, rules: Sequence[Rule]) -> Restated:
    """A day twice: by what had been recorded at its end, and by everything recorded by now."""
    then = {key: on_the_day(facts, rules=rules, day=day) for key, facts in known.items()}
    now = {key: standing(facts, rules=rules, on=day) for key, facts in known.items()}
    return Restated(day, totals(then.values()), totals(now.values()), _differences(then, now))


@dataclass(frozen=True, slots=True)
class Judged:
    """A target's day: the count that decides, and beside it the restatement with the difference by name."""

    due_on: date
    closes_on: date  # last day on which a verification still counts for the restatement
    reached: int
    joining: tuple[Difference, ...]

    @property
    def within(self) -> int:
        """Live by the date and verified in time: never less than what was reached."""
        return self.reached + len(self.joining)


def judged(due_on: date, known: Known, *, rules: Sequence[Rule], within_days: int) -> Judged:
    """In use at the end of `due_on` as known then; and those live by then and verified `within_days` later."""
    closes_on = due_on + timedelta(days=within_days)
    then = {key: on_the_day(facts, rules=rules, day=due_on) for key, facts in known.items()}
    joining = tuple(
        Difference(key, then[key], later)
        for key, facts in sorted(known.items())
        if not then[key].in_use and (later := _verified_in_time(facts, rules, due_on, closes_on))
    )
    return Judged(due_on, closes_on, sum(one.in_use for one in then.values()), joining)


def on_the_day(facts: Sequence[Fact], *, rules: Sequence[Rule], day: date) -> Standing:
    """What a procedure was on a day, from what had been recorded by the end of that day."""
    return standing([fact for fact in facts if fact.recorded_on <= day], rules=rules, on=day)


def totals(standings: Iterable[Standing]) -> Counts:
    """How many are claimed, verified and in use."""
    found = list(standings)
    return Counts(sum(s.claimed for s in found), sum(s.verified for s in found), sum(s.in_use for s in found))


def _verified_in_time(facts: Sequence[Fact], rules: Sequence[Rule], due_on: date, last: date) -> Standing | None:
    """What the procedure became, if it was live on the due day and in use on a later day up to `last`.

    Judged by what had been recorded by the end of `last`; a go-live after the due day never joins.
    """
    known = [fact for fact in facts if fact.recorded_on <= last]
    if standing(known, rules=rules, on=due_on).reason not in STILL_LIVE:
        return None
    for span in spans(known, rules=rules, as_known_then=True):
        if due_on < span.first <= last:
            found = standing(known, rules=rules, on=span.first)
            if found.claimed_on is not None and found.claimed_on <= due_on:
                return found
    return None


def _differences(then: Mapping[int, Standing], now: Mapping[int, Standing]) -> tuple[Difference, ...]:
    return tuple(
        Difference(key, then[key], now[key])
        for key in sorted(then)
        if any(getattr(then[key], word) != getattr(now[key], word) for word in WORDS)
    )
