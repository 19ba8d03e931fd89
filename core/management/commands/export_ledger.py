"""`manage.py export_ledger [FILE]`: the ledger as JSON lines, for a check without us (docs/verify_ledger.py)."""

from argparse import ArgumentParser
import base64
from collections.abc import Iterator
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from core import ledger


class Command(BaseCommand):
    help = "Write every entry, oldest first, as one JSON line: position, payload in base64, hash in hexadecimal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="where to write; standard output if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"]:
            for line in lines():
                self.stdout.write(line)
            return
        count = 0
        with Path(options["file"]).open("w", encoding="ascii", newline="\n") as file:
            for line in lines():
                file.write(line + "\n")
                count += 1
        self.stdout.write(f"{count} entries in {options['file']}; verify them with: python3 docs/verify_ledger.py FILE")


def lines() -> Iterator[str]:
    """One JSON object per entry; the payload is the exact bytes that were hashed."""
    for position, payload, entry_hash in ledger.stored_chain():
        sealed = base64.b64encode(payload).decode("ascii")
        yield json.dumps({"position": position, "payload": sealed, "hash": entry_hash.hex()})
