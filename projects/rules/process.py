"""What a process map says of a procedure: how long a case takes, how much of it is work. Plain values, no Django.

A step has minutes of waiting before it, minutes of work, and a rework share r from 0 to 1: the share of cases
for which the work of the step is done once more.

- touch time of a step = work x (1 + r)
- elapsed time of a step = waiting + touch time; a case waits once, whatever is done again
- touch time and cycle time of the map = the sums over its steps
- a hand-off is a step done by somebody else than the step before it
- the bottleneck is the step with the longest elapsed time, the first of them where several are as long
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One step, times in minutes."""

    done_by: str
    work: Decimal
    waiting: Decimal = Decimal(0)
    rework: Decimal = Decimal(0)
    is_digital: bool = False

    @property
    def touch(self) -> Decimal:
        return self.work * (1 + self.rework)

    @property
    def elapsed(self) -> Decimal:
        return self.waiting + self.touch


@dataclass(frozen=True, slots=True)
class Measures:
    """What the steps of one map come to. `bottleneck` is a place in the list, None when nothing takes any time."""

    steps: int
    digital_steps: int
    hand_offs: int
    touch: Decimal
    waiting: Decimal
    cycle: Decimal
    bottleneck: int | None


def measure(steps: Sequence[Step]) -> Measures:
    longest = max((step.elapsed for step in steps), default=Decimal(0))
    return Measures(
        steps=len(steps),
        digital_steps=sum(step.is_digital for step in steps),
        hand_offs=sum(is_handed_off(steps)),
        touch=sum((step.touch for step in steps), Decimal(0)),
        waiting=sum((step.waiting for step in steps), Decimal(0)),
        cycle=sum((step.elapsed for step in steps), Decimal(0)),
        bottleneck=next((n for n, step in enumerate(steps) if step.elapsed == longest), None) if longest else None,
    )


def is_handed_off(steps: Sequence[Step]) -> list[bool]:
    """For each step, whether it is done by somebody else than the one before; the first never is."""
    who = [" ".join(step.done_by.split()).casefold() for step in steps]
    return [place > 0 and one != who[place - 1] for place, one in enumerate(who)]


@dataclass(frozen=True, slots=True)
class Saved:
    """What changes from one map to another, per case; less is better for every one of them."""

    touch: Decimal
    cycle: Decimal
    hand_offs: int


def compare(before: Measures, after: Measures) -> Saved:
    """`after` less `before`: negative is saved, positive is added."""
    return Saved(after.touch - before.touch, after.cycle - before.cycle, after.hand_offs - before.hand_offs)
