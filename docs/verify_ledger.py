#!/usr/bin/env python3
"""Verify an exported ledger with nothing but Python: python3 verify_ledger.py LEDGER.jsonl [CHECKPOINTS.jsonl]

Every line of the export holds a position, the exact bytes that were sealed (base64) and their SHA-256.
Each sealed entry names the hash of the one before it, so a changed, added or missing entry breaks the
chain. A chain alone cannot show that its end was cut off or that all of it was written anew: for that,
give the checkpoints that were kept outside the database (JSON lines with position and hash), or one of
them as --checkpoint POSITION:HASH, from wherever you noted it.

Exit status: 0 the ledger holds, 1 it does not, 2 the files cannot be read.
"""

from __future__ import annotations  # an auditor's Python may be older than ours

import argparse
import base64
import binascii
import hashlib
import json
from pathlib import Path
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

GENESIS = "0" * 64


def verify(lines: Iterable[str], noted: list[tuple[int, str]]) -> tuple[int, str]:
    """Return the position and hash of the last entry, or raise ValueError with the first thing that does not hold."""
    position, previous = 0, GENESIS
    hashes: dict[int, str] = {0: GENESIS}
    for line in lines:
        row = json.loads(line)
        payload = base64.b64decode(row["payload"], validate=True)
        if row["position"] != position + 1:
            raise ValueError(f"entry {position + 1} is missing: the next one is {row['position']}")
        position += 1
        if hashlib.sha256(payload).hexdigest() != row["hash"]:
            raise ValueError(f"entry {position} was altered: its bytes do not give its hash")
        content = json.loads(payload.decode("utf-8"))
        if content["position"] != position or content["previous"] != previous:
            raise ValueError(f"entry {position} does not continue the entry before it")
        previous = hashes[position] = row["hash"]
    for number, expected in noted:
        if hashes.get(number) != expected:
            raise ValueError(f"the checkpoint of entry {number} does not agree: the ledger was cut or written anew")
    return position, previous


def read_noted(file: str, single: list[str]) -> list[tuple[int, str]]:
    """Checkpoints from the file and from the command line."""
    noted: list[tuple[int, str]] = []
    for text in single:
        number, _, value = text.partition(":")
        noted.append((int(number), value.lower()))
    if file:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            noted.append((row["position"], row["hash"]))
    return noted


def main() -> int:
    parser = argparse.ArgumentParser(description="Verify an exported ledger of govai_tracker.")
    parser.add_argument("ledger", help="the file that export_ledger wrote")
    parser.add_argument("checkpoints", nargs="?", default="", help="checkpoints.jsonl, as kept outside the database")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="POSITION:HASH")
    options = parser.parse_args()
    try:
        noted = read_noted(options.checkpoints, options.checkpoint)
        with Path(options.ledger).open(encoding="ascii") as lines:
            position, head = verify(lines, noted)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, binascii.Error, KeyError, TypeError) as error:
        sys.stderr.write(f"The files cannot be read as an exported ledger: {error}\n")
        return 2
    except ValueError as fault:
        sys.stderr.write(f"THE LEDGER DOES NOT HOLD: {fault}.\n")
        return 1
    sys.stdout.write(f"The ledger holds: {position} entries, head {head}, {len(noted)} checkpoint(s) agree.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
