"""The receipt of one's own vote: where the ledger keeps it, so that it can be found in any export (DESIGN 5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Person
from core import ledger
from core.models import LedgerEntry
from funding.models import Choice, Round


@dataclass(frozen=True, slots=True)
class Receipt:
    """The last vote of one person in one round, as its entry seals it, and whether it still stands.

    It says nothing of any other seat. `recorded_at` is the entry's own text, so that a kept file can be compared.
    """

    entry: int
    hash: str
    recorded_at: str
    round: str
    request: str
    seat: int
    revision: int
    choice: str
    motion: str
    motion_version: int
    stands: bool

    @property
    def choice_words(self) -> str:
        return str(Choice(self.choice).label)

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.recorded_at)

    def as_file(self) -> dict[str, Any]:
        """What a voter keeps and `verify_ledger_offline.py --receipt` reads."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "stands"}


def of_person(round_: Round, person: Person) -> Receipt | None:
    """None for whoever has not voted in this round."""
    if not any(person.pk in (seat.holder_id, seat.alternate_id) for seat in round_.roll.all()):
        return None
    entry = (
        LedgerEntry.objects.filter(action="vote.cast", subject=round_.ledger_ref, actor=person.ledger_ref)
        .order_by("-position")
        .first()
    )
    if entry is None:
        return None
    content = ledger.sealed(bytes(entry.payload))
    told = content["facts"]
    standing = round_.votes.standing().filter(
        roll_seat__number=told["seat"], revision=told["revision"], person=person.pk
    )
    return Receipt(
        entry=entry.position,
        hash=bytes(entry.entry_hash).hex(),
        recorded_at=content["recorded_at"],
        round=round_.ledger_ref,
        request=round_.request.reference,
        seat=told["seat"],
        revision=told["revision"],
        choice=told["choice"],
        motion=told["motion"],
        motion_version=round_.request_version.number,
        stands=standing.exists(),
    )
