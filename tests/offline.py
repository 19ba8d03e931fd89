"""The offline verifier loaded by its path, as an auditor has it, and exports made for it."""

import base64
import hashlib
import importlib.util
import json
from pathlib import Path

import rfc8785

from core.management.commands.export_ledger import lines

SCRIPT = Path(__file__).resolve().parents[1] / "docs" / "verify_ledger_offline.py"


def load():
    spec = importlib.util.spec_from_file_location("verify_ledger_offline", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFIER = load()


def exported() -> list[dict]:
    """The rows of an export of the ledger as it is stored now."""
    return [json.loads(line) for line in lines()]


def contents(rows) -> list[dict]:
    """What is sealed in each row."""
    return [json.loads(base64.b64decode(row["payload"])) for row in rows]


def sealed_anew(given) -> list[dict]:
    """An export of these contents in which every number and hash has been worked out again, as a forger would."""
    rows, previous = [], bytes(32)
    for number, content in enumerate(given, start=1):
        payload = rfc8785.dumps({**content, "position": number, "previous": previous.hex()})
        previous = hashlib.sha256(payload).digest()
        rows.append({"position": number, "payload": base64.b64encode(payload).decode("ascii"), "hash": previous.hex()})
    return rows


def checked(rows, *, checkpoints=(), receipts=()):
    """One walk of the verifier through these rows. `receipts` are what files of receipts say."""
    check = VERIFIER.Check(list(checkpoints), [])
    check.receipts = list(receipts)
    check.chain.wanted |= {receipt["entry"] for receipt in receipts}
    check.read(json.dumps(row) for row in rows)
    return check


def faults(rows, **noted) -> list[str]:
    return checked(rows, **noted).faults
