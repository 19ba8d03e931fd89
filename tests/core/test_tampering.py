"""Random changes of the stored ledger by its owner, all found: by the built-in check, and in an export by the script.

Ten kinds: one column edited (each of the eight), a payload edited with its own hash made right, deleted entries, a cut
tail, an insertion, a copy of a true entry, a swap, and from some entry on everything written anew with right hashes. A
tail that was cut and a history written anew hold as chains: only the checkpoint kept outside tells.
"""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
import hashlib
import json
import random

from django.db import connections
import pytest
import rfc8785

from core import checkpoints, ledger, ledger_check
from tests.factories.funding import make_office
from tests.offline import exported, faults
from tests.plugins.personas import make_world

COLUMNS = ("position", "recorded_at", "action", "actor", "subject", "payload", "previous_hash", "entry_hash")
PLACES = ", ".join(["%s"] * len(COLUMNS))
Row = list


def edit_column(rows: list[Row], chance: random.Random) -> None:
    row, column = chance.choice(rows[:-1]), chance.randrange(len(COLUMNS))
    row[column] = {
        "position": lambda was: was + 10_000,
        "recorded_at": lambda was: was + timedelta(microseconds=chance.choice([-1, 1, 86_400_000_000])),
        "action": lambda was: chance.choice(["vote.void", was + "."]),
        "actor": lambda was: f"person:{chance.randrange(10**6, 10**7)}",
        "subject": lambda was: f"FR-1999-{chance.randrange(10**4):04d}",
        "payload": lambda was: flipped(was, chance),
        "previous_hash": lambda was: flipped(was, chance),
        "entry_hash": lambda was: flipped(was, chance),
    }[COLUMNS[column]](row[column])


def flipped(was: bytes, chance: random.Random) -> bytes:
    """One byte of it changed."""
    at = chance.randrange(len(was))
    return was[:at] + bytes([was[at] ^ chance.randrange(1, 256)]) + was[at + 1 :]


def reseal(rows: list[Row], first: int) -> None:
    """From the row `first` on, make numbers, bytes and hashes those of a true chain again."""
    previous = rows[first - 1][7] if first else ledger.GENESIS
    for number, row in enumerate(rows[first:], start=first + 1):
        content = {**json.loads(row[5]), "position": number, "previous": previous.hex()}
        content |= {"action": row[2], "actor": row[3], "subject": row[4]}
        row[0], row[5], row[6] = number, rfc8785.dumps(content), previous
        row[7] = previous = hashlib.sha256(row[5]).digest()


def edit_payload_with_its_hash(rows: list[Row], chance: random.Random) -> None:
    row = chance.choice(rows[:-1])
    content = json.loads(row[5])
    content["facts"][chance.choice(["amount", "choice", "seat", "new"])] = chance.randrange(10**6)
    row[5] = rfc8785.dumps(content)
    row[7] = hashlib.sha256(row[5]).digest()


def delete(rows: list[Row], chance: random.Random) -> None:
    at = chance.randrange(len(rows) - 1)
    del rows[at : min(at + chance.randrange(1, 4), len(rows) - 1)]


def cut_the_tail(rows: list[Row], chance: random.Random) -> None:
    del rows[chance.randrange(0, len(rows)) :]


def insert(rows: list[Row], chance: random.Random) -> None:
    """A new entry, those after it moved on; sometimes with every hash made right."""
    at = chance.randrange(len(rows))
    actor = f"person:{chance.randrange(10**6)}"
    rows.insert(at, [*rows[at][:3], actor, *rows[at][4:7], chance.randbytes(32)])
    for number, row in enumerate(rows[at:], start=at + 1):
        row[0] = number
    if chance.random() < 0.5:
        reseal(rows, at)


def copy(rows: list[Row], chance: random.Random) -> None:
    """A true entry told a second time, at the end; its hash is not twice the same, so that of the copy is made up."""
    last = rows[-1][0]
    rows.append([last + 1, *chance.choice(rows)[1:7], chance.randbytes(32)])


def swap(rows: list[Row], chance: random.Random) -> None:
    one, other = chance.sample(range(len(rows)), 2)
    rows[one][1:], rows[other][1:] = rows[other][1:], rows[one][1:]


def write_anew(rows: list[Row], chance: random.Random) -> None:
    at = chance.randrange(len(rows))
    rows[at][3] = f"person:{chance.randrange(10**6, 10**7)}"
    reseal(rows, at)


def write_all_anew(rows: list[Row], chance: random.Random) -> None:
    rows[0][4] = f"FR-1999-{chance.randrange(10**4):04d}"
    reseal(rows, 0)


KINDS: list[Callable[[list[Row], random.Random], None]] = [
    edit_column,
    edit_payload_with_its_hash,
    delete,
    cut_the_tail,
    insert,
    copy,
    swap,
    write_anew,
    write_all_anew,
]


@contextmanager
def as_the_owner():
    """The owner lifts the triggers for a while; the app's role could not."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE core_ledgerentry DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("ALTER TABLE core_ledgerentry ENABLE TRIGGER USER")


def stored() -> list[Row]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM core_ledgerentry ORDER BY position")
        return [[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in cursor.fetchall()]


def store(rows: list[Row]) -> None:
    with as_the_owner() as cursor:
        cursor.execute("TRUNCATE core_ledgerentry")
        cursor.executemany(f"INSERT INTO core_ledgerentry ({', '.join(COLUMNS)}) VALUES ({PLACES})", rows)


@pytest.fixture
def history(committed_db, settings, tmp_path):
    """A published decision and a department's one, as stored, with a checkpoint of its last entry outside."""
    settings.LEDGER_CHECKPOINT_DIR = tmp_path / "outside"
    office = make_office(make_world())
    office.published("1200000.00", "ffffas")
    office.submitted("300000.00", project_id=office.new_project().pk)
    checkpoints.write()
    rows = stored()
    yield rows
    connections["owner"].close()


def outside() -> list[str]:
    return [str(checkpoints.path())]


def found_by_the_script() -> bool:
    try:
        return bool(faults(exported(), checkpoints=outside()))
    except (KeyError, TypeError, ValueError):  # "cannot be read", exit status 2
        return True


@pytest.mark.prove("ledger")
def test_every_change_of_the_stored_ledger_is_found(history, proof):
    chance = random.Random(proof.seed)
    assert ledger_check.check().findings == faults(exported(), checkpoints=outside()) == []
    cases, built_in, offline, chain_alone = proof.size(gate=36, full=1_000), 0, 0, 0
    missed: list[str] = []
    for number in range(cases):
        kind, rows = KINDS[number % len(KINDS)], [list(row) for row in history]
        kind(rows, chance)
        store(rows)
        seen = bool(ledger_check.check().findings), found_by_the_script()
        built_in, offline = built_in + seen[0], offline + seen[1]
        chain_alone += isinstance(ledger.verify(ledger.stored_chain()), ledger.Fault)
        if not all(seen):
            missed.append(f"{number} {kind.__name__} {seen}")
    store(history)

    proof.figure("entries", len(history))
    proof.figure("found by verify_ledger", f"{built_in} of {cases}")
    proof.figure("found by the script", f"{offline} of {cases}")
    proof.figure("found by the chain alone", f"{chain_alone} of {cases}")
    assert missed == []
    assert chain_alone < cases  # or the checkpoint would prove nothing
    assert ledger_check.check().findings == []


@pytest.mark.parametrize("kind", [cut_the_tail, write_all_anew])
def test_a_cut_tail_and_a_history_written_anew_hold_as_chains_and_show_only_outside(history, kind):
    rows = [list(row) for row in history]
    kind(rows, random.Random(1))
    store(rows)

    assert isinstance(ledger.verify(ledger.stored_chain()), ledger.Position)
    assert any("checkpoint of entry" in finding for finding in ledger_check.check().findings)
    assert faults(exported(), checkpoints=outside()) != []
