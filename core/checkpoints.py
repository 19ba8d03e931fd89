"""Where the ledger stood, kept outside the database, so that a cut tail or a full rewrite shows (TRUST C6)."""

from collections.abc import Iterator
from dataclasses import dataclass
import json
from pathlib import Path

from django.conf import settings

from core import clock, ledger, outbox
from core.models import LedgerEntry

TOPIC = "ledger_checkpoint"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    number: int
    entry_hash: str
    written_at: str


def path() -> Path:
    return Path(settings.LEDGER_CHECKPOINT_DIR) / "checkpoints.jsonl"


def write() -> Checkpoint:
    """Append where the ledger stands to the checkpoint file and return it. The same position is written once."""
    standing = ledger.head()
    checkpoint = Checkpoint(standing.number, standing.entry_hash.hex(), ledger.instant_text(clock.now()))
    last = next(reversed(list(read())), None)
    if last is not None and (last.number, last.entry_hash) == (checkpoint.number, checkpoint.entry_hash):
        return last
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a", encoding="utf-8") as file:
        line = {"position": checkpoint.number, "hash": checkpoint.entry_hash, "written_at": checkpoint.written_at}
        file.write(json.dumps(line) + "\n")
    return checkpoint


def read() -> Iterator[Checkpoint]:
    """Every checkpoint of this installation, oldest first."""
    if not path().exists():
        return
    with path().open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield Checkpoint(row["position"], row["hash"], row["written_at"])


def begin_anew() -> None:
    """Set the checkpoints of an earlier database aside: a new installation's ledger starts from nothing."""
    if path().exists():
        path().rename(path().with_name(f"checkpoints-until-{clock.now():%Y%m%dT%H%M%S%f}.jsonl"))


def contradictions() -> list[Checkpoint]:
    """Checkpoints that the stored ledger no longer agrees with: its tail was cut or it was rewritten."""
    known = list(read())
    stored = dict(
        LedgerEntry.objects.filter(position__in={point.number for point in known}).values_list("position", "entry_hash")
    )
    stored[0] = ledger.GENESIS
    return [point for point in known if bytes(stored.get(point.number, b"")).hex() != point.entry_hash]


def request(*, key: str) -> None:
    """Ask for a checkpoint once the present transaction commits, for example at a publication."""
    outbox.add(TOPIC, key=key)


@outbox.handler(TOPIC)
def _write_requested(payload: dict[str, object]) -> None:
    write()
