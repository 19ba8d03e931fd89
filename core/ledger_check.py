"""Whether the stored ledger is what was recorded: its chain, its columns, and what was noted outside (TRUST C6)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from core import checkpoints, ledger


@dataclass(frozen=True, slots=True)
class Report:
    """Where the chain stands, and every place where something does not agree. No finding means it holds."""

    standing: ledger.Position
    checkpoints: int
    findings: list[str] = field(default_factory=list)


def check() -> Report:
    """Verify the whole ledger. The chain is walked first: after a broken link, later findings say little."""
    found: list[str] = []
    standing = ledger.head()
    chain = ledger.verify(ledger.stored_chain())
    if isinstance(chain, ledger.Fault):
        found.append(f"entry {chain.position}: {chain.reason}")
    found += differing_columns()
    known = list(checkpoints.read())
    found += [
        f"checkpoint of entry {point.number}, written {point.written_at}, names another hash or a missing entry"
        for point in checkpoints.contradictions()
    ]
    return Report(standing, len(known), found)


def differing_columns() -> Iterator[str]:
    """Entries whose searchable columns no longer say what their sealed payload says."""
    for row in ledger.stored_rows():
        content = ledger.sealed(row.payload)
        stored = {"position": row.position, **row.columns()}
        for name, value in stored.items():
            if content.get(name) != value:
                yield f"entry {row.position}: its column “{name}” differs from what was sealed"
