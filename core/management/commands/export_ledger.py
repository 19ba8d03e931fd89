"""`manage.py export_ledger [FILE]`: the ledger as JSON lines, with the script that checks it without us."""

from argparse import ArgumentParser
import base64
from collections.abc import Iterator
import json
from pathlib import Path
import shutil
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core import ledger

VERIFIER = "verify_ledger_offline.py"


class Command(BaseCommand):
    help = "Write every entry, oldest first, as one JSON line, and beside the file the script that verifies it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="where to write; standard output if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"]:
            for line in lines():
                self.stdout.write(line)
            return
        target = Path(options["file"])
        count = 0
        with target.open("w", encoding="ascii", newline="\n") as file:
            for line in lines():
                file.write(line + "\n")
                count += 1
        shutil.copyfile(settings.BASE_DIR / "docs" / VERIFIER, target.with_name(VERIFIER))
        self.stdout.write(
            f"{count} entries in {target}. Verify them on any machine:"
            f" python3 {VERIFIER} {target.name} --checkpoint checkpoints.jsonl"
        )


def lines() -> Iterator[str]:
    """One JSON object per entry: the exact bytes that were hashed, and the columns kept beside them."""
    for row in ledger.stored_rows():
        yield json.dumps(
            {
                "position": row.position,
                "payload": base64.b64encode(row.payload).decode("ascii"),
                "hash": row.entry_hash.hex(),
                "columns": row.columns(),
            }
        )
