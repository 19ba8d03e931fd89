"""The roll of a round: who may speak for which seat, and who presides (DESIGN 5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class RollEntry:
    """One seat of the roll by number, with persons by key. No holder: the seat is vacant and nobody speaks for it."""

    number: int
    is_chair: bool
    holder: int | None
    alternate: int | None = None
    is_recused: bool = False
    is_absent: bool = False

    @property
    def can_preside(self) -> bool:
        return self.holder is not None and not self.is_recused and not self.is_absent


def one_person_one_seat(seats: Iterable[RollEntry]) -> tuple[RollEntry, ...]:
    """The roll in which nobody speaks for two seats, and an alternate only for a seat that has a holder.

    A holder comes before an alternate, the lower number before the higher.
    """
    ordered = sorted(seats, key=lambda seat: seat.number)
    taken: set[int] = set()
    roll = []
    for seat in ordered:
        if seat.holder in taken:
            seat = replace(seat, holder=None)
        if seat.holder is not None:
            taken.add(seat.holder)
        roll.append(seat)
    for place, seat in enumerate(roll):
        if seat.alternate is None:
            continue
        if seat.holder is None or seat.alternate in taken:
            roll[place] = replace(seat, alternate=None)
        else:
            taken.add(seat.alternate)
    return tuple(roll)


def presiding(roll: Sequence[RollEntry], *, acting: int | None) -> RollEntry | None:
    """The chair; else the acting chair named at opening; else the lowest seat that can. None if nobody can."""
    free = sorted((seat for seat in roll if seat.can_preside), key=lambda seat: seat.number)
    chair = next((seat for seat in free if seat.is_chair), None)
    named = next((seat for seat in free if seat.number == acting), None)
    return chair or named or next(iter(free), None)


def acting_chair(roll: Sequence[RollEntry]) -> RollEntry | None:
    """Who is named acting chair at opening where the secretary names nobody: the lowest free seat but the chair's."""
    free = [seat for seat in roll if seat.can_preside and not seat.is_chair]
    return min(free, key=lambda seat: seat.number, default=None)
