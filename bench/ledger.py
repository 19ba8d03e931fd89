"""What the ledger costs: one entry appended, and a million entries verified (TRUST G10)."""

from collections.abc import Iterator
from functools import partial
import hashlib

from django.db import transaction

from bench.measure import Figure, medians, milliseconds
from core import ledger
from core.models import ReferenceCounter

ENTRIES = 1_000_000
MOST_SECONDS = 10.0
Chain = list[tuple[int, bytes, bytes]]


def appended(size: int, seconds: float) -> Figure:
    """One entry in a transaction of its own beside one plain row in a transaction of its own."""
    floor, taken = medians(_bare_insert, _append_entry, rounds=200, seconds=seconds)
    return Figure("ledger append", size, floor, taken, goal=4.0)


def verified() -> Figure:
    """A chain of a million votes: nothing but SHA-256 over its bytes, beside our verification of the same."""
    chain = list(_votes(ENTRIES))
    floor, taken = (milliseconds(partial(work, chain)) for work in (_hashed, _verified))
    seconds = taken / 1_000
    note = f"{seconds:.1f} s for {ENTRIES:,} entries (goal ≤ {MOST_SECONDS:g})"
    return Figure("ledger verify", ENTRIES, floor, taken, goal=None, note=note, holds=seconds <= MOST_SECONDS)


def _votes(count: int) -> Iterator[tuple[int, bytes, bytes]]:
    """Sealed entries as `ledger.record` writes them; their one spelling is written out for speed."""
    previous = ledger.GENESIS
    for number in range(1, count + 1):
        payload = (
            f'{{"action":"vote.cast","actor":"person:{number % 97}","facts":{{"choice":"for","motion":"{"ab" * 32}",'
            f'"reason":"","revision":1,"seat":{number % 20}}},"position":{number},"previous":"{previous.hex()}",'
            f'"recorded_at":"2026-11-22T02:00:00.000000+00:00","subject":"round:{number // 20}"}}'
        ).encode()
        previous = hashlib.sha256(payload).digest()
        yield number, payload, previous


def _hashed(chain: Chain) -> None:
    for _number, payload, entry_hash in chain:
        if hashlib.sha256(payload).digest() != entry_hash:
            raise RuntimeError("The bench made a chain that does not hold.")


def _verified(chain: Chain) -> None:
    if isinstance(ledger.verify(chain), ledger.Fault):
        raise RuntimeError("The bench made a chain that does not hold.")


@transaction.atomic
def _bare_insert() -> None:
    """One row written and committed: what any record costs."""
    ReferenceCounter.objects.create(prefix=f"BENCH-{ReferenceCounter.objects.count()}")


@transaction.atomic
def _append_entry() -> None:
    ledger.record("bench.append", actor=ledger.SYSTEM, subject="bench", facts={"amount": "1200000.00", "for": 4})
