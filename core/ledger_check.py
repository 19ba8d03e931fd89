"""Whether the stored ledger is what was recorded: its chain, its columns, and what was noted outside (TRUST C6)."""

from dataclasses import dataclass, field

from core import checkpoints, ledger


@dataclass(frozen=True, slots=True)
class Report:
    """Where the chain stands, and every place where something does not agree. No finding means it holds."""

    standing: ledger.Position
    checkpoints: int
    findings: list[str] = field(default_factory=list)


def check() -> Report:
    """Verify the whole ledger in one reading. The chain comes first: after a broken link, later findings say little."""
    chain, differing = ledger.Chain(), []
    for row in ledger.stored_rows():
        content = chain.follow(row.position, row.payload, row.entry_hash)
        differing += [
            f"entry {row.position}: its column “{name}” differs from what was sealed"
            for name, value in (("position", row.position), *row.columns().items())
            if content.get(name) != value
        ]
    broken = [f"entry {chain.fault.position}: {chain.fault.reason}"] if chain.fault else []
    outside = [
        f"checkpoint of entry {point.number}, written {point.written_at}, names another hash or a missing entry"
        for point in checkpoints.contradictions()
    ]
    return Report(ledger.head(), len(list(checkpoints.read())), [*broken, *differing, *outside])
