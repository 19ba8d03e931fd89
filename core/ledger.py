"""The append-only, hash-chained record of named acts (DESIGN 5, TRUST C6).

`record` is the last thing a service does before commit: it takes the head lock, so that position,
instant and chain agree, and holds it until the transaction ends. Everything else waits for that lock, so
whatever can be spelled before it is, and one database function does the rest: lock, look, seal, store.
A trigger refuses an entry that does not continue the chain, and every update, delete and truncate.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
import hashlib
import json
import logging
from typing import Any, NamedTuple, Protocol, TypeAlias

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
import rfc8785

from core import clock
from core.errors import Unavailable
from core.models import LedgerEntry

logger = logging.getLogger(__name__)

GENESIS = bytes(32)
SYSTEM = "system"

Fact: TypeAlias = str | int | bool | list["Fact"] | dict[str, "Fact"]


class Actor(Protocol):
    """Whoever acts: an account or a person; the chain holds only this reference, never a name."""

    @property
    def ledger_ref(self) -> str: ...


class Subject(Protocol):
    """A record with a permanent reference."""

    @property
    def ledger_ref(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Position:
    """Where the ledger stands: what `as_at` views and issued reports resolve to."""

    number: int
    entry_hash: bytes
    recorded_at: datetime | None

    @property
    def anchor(self) -> str:
        """`NUMBER:HASH`, as the offline verifier takes it: whoever keeps it can tell a cut or a rewrite."""
        return f"{self.number}:{self.entry_hash.hex()}"


def record(action: str, *, actor: Actor | str, subject: Subject | str, facts: Mapping[str, Fact]) -> LedgerEntry:
    """Append one act. Facts are text, whole numbers and booleans (money as text), nested at will.

    Returns the stored entry: facts that must be told apart by "known when" copy its `position` and
    `recorded_at`. Must run inside the service's transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A ledger entry belongs to the transaction of the act it records.")
    _refuse_unchainable(facts)
    by = actor if isinstance(actor, str) else actor.ledger_ref
    about = subject if isinstance(subject, str) else subject.ledger_ref
    opening = rfc8785.dumps({"action": action, "actor": by, "facts": dict(facts)})[:-1]
    closing = rfc8785.dumps({"subject": about})[1:]
    appended = _append(action, by, about, opening, closing)
    return LedgerEntry(**dict(zip(APPENDED, appended, strict=True)), action=action, actor=by, subject=about)


APPENDED = ("position", "recorded_at", "payload", "previous_hash", "entry_hash")
APPEND = f"SELECT {', '.join(APPENDED)} FROM core_ledger_append(%s, %s, %s, %s, %s, %s)"  # noqa: S608 - our own names


def _append(action: str, actor: str, subject: str, opening: bytes, closing: bytes) -> tuple[Any, ...]:
    """Let the database add what only the head lock can tell, between the two spelled halves, and store it.

    No act without its record (TRUST F21): when it cannot be kept, the act is refused and rolls back.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(APPEND, (action, actor, subject, opening, closing, clock.story()))
            found: tuple[Any, ...] = cursor.fetchone()
            return found
    except DatabaseError as error:
        logger.exception("the ledger took no entry for %s", action)
        message = _("No record is made right now, so nothing can be decided. Nothing was stored; try again shortly.")
        raise Unavailable("ledger.away", message) from error


def head() -> Position:
    """The last committed entry (or our own, inside a transaction that has recorded)."""
    return _last_of(LedgerEntry.objects.all())


def standing_at(instant: datetime) -> Position:
    """Where the ledger stood before `instant`: what was known then. Number 0 before the first entry."""
    return _last_of(LedgerEntry.objects.filter(recorded_at__lt=instant))


def position_at(instant: datetime) -> int:
    return standing_at(instant).number


def _last_of(entries: "QuerySet[LedgerEntry]") -> Position:
    last = entries.order_by("-position").values_list("position", "entry_hash", "recorded_at").first()
    return Position(last[0], bytes(last[1]), last[2]) if last else Position(0, GENESIS, None)


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where the chain does not hold, and why."""

    position: int
    reason: str


class StoredRow(NamedTuple):
    """One entry as it is stored: its sealed bytes and the columns kept beside them."""

    position: int
    payload: bytes
    entry_hash: bytes
    recorded_at: datetime
    action: str
    actor: str
    subject: str
    previous_hash: bytes

    def columns(self) -> dict[str, str]:
        """What the columns say, in the words in which it was sealed."""
        return {
            "recorded_at": instant_text(self.recorded_at),
            "action": self.action,
            "actor": self.actor,
            "subject": self.subject,
            "previous": bytes(self.previous_hash).hex(),
        }


class Chain:
    """The walk from the first entry to the last; `fault` is the first place where the chain does not hold."""

    def __init__(self) -> None:
        self.number, self.previous, self.recorded_at = 0, GENESIS, ""
        self.fault: Fault | None = None

    @property
    def standing(self) -> Position:
        """The last entry that was followed without a fault."""
        return Position(
            self.number, self.previous, datetime.fromisoformat(self.recorded_at) if self.recorded_at else None
        )

    def follow(self, position: int, payload: bytes, entry_hash: bytes) -> dict[str, Any]:
        """What an entry says. After a fault nothing more is judged: later findings would say little."""
        content = sealed(payload)
        if self.fault is None:
            self._judge(position, payload, entry_hash, content)
        return content

    def _judge(self, position: int, payload: bytes, entry_hash: bytes, content: dict[str, Any]) -> None:
        if position != self.number + 1:
            self.fault = Fault(self.number + 1, "missing")
        elif hashlib.sha256(payload).digest() != entry_hash:
            self.fault = Fault(position, "altered")
        elif content.get("position") != position or content.get("previous") != self.previous.hex():
            self.fault = Fault(position, "broken link")
        else:
            self.number, self.previous, self.recorded_at = position, entry_hash, content["recorded_at"]


def verify(entries: Iterable[tuple[int, bytes, bytes]]) -> Fault | Position:
    """Recompute a whole chain of (position, payload, entry_hash) from the first entry on.

    Returns where it stands, or the first fault: a gap, altered bytes, or a broken link.
    """
    chain = Chain()
    for position, payload, entry_hash in entries:
        chain.follow(position, payload, entry_hash)
        if chain.fault is not None:
            return chain.fault
    return chain.standing


def sealed(payload: bytes) -> dict[str, Any]:
    """What the bytes of an entry say; nothing at all where they are not those of any entry."""
    try:
        content = json.loads(payload)
    except ValueError:
        return {}
    return content if isinstance(content, dict) and "recorded_at" in content else {}


def stored_rows() -> Iterator[StoredRow]:
    """Every stored entry in order, streamed."""
    names = ("position", "payload", "entry_hash", "recorded_at", "action", "actor", "subject", "previous_hash")
    with transaction.atomic():
        for row in LedgerEntry.objects.order_by("position").values_list(*names).iterator(chunk_size=5_000):
            stored = StoredRow(*row)
            yield stored._replace(payload=bytes(stored.payload), entry_hash=bytes(stored.entry_hash))


def stored_chain() -> Iterator[tuple[int, bytes, bytes]]:
    """As `verify` takes it."""
    return (row[:3] for row in stored_rows())


def instant_text(instant: datetime) -> str:
    """ISO 8601 in UTC with microseconds: one spelling for one instant."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def _refuse_unchainable(value: Any) -> None:
    """Floats and foreign types have no single spelling, so they never enter the chain."""
    if isinstance(value, str | bool | int):
        return
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if not isinstance(name, str):
                raise TypeError("Names of ledger facts are text.")
            _refuse_unchainable(inner)
        return
    if isinstance(value, list):
        for inner in value:
            _refuse_unchainable(inner)
        return
    raise TypeError(f"A ledger fact is text, a whole number or a boolean, not {type(value).__name__}.")
