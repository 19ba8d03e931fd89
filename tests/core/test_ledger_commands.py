"""The ledger leaves the house as a file, and whoever holds the file can check it without us."""

import base64
import io
import json
from pathlib import Path
import subprocess
import sys

from django.core.management import CommandError, call_command
from django.db import connections, transaction
import pytest

from core import checkpoints, ledger

VERIFIER = Path(__file__).resolve().parents[2] / "docs" / "verify_ledger_offline.py"


@pytest.fixture
def three_entries(db, settings, tmp_path):
    settings.LEDGER_CHECKPOINT_DIR = tmp_path / "checkpoints"
    for number in range(3):
        with transaction.atomic():
            ledger.record("test.act", actor="system", subject="FR-2026-0001", facts={"number": number, "名": "撥款"})


@pytest.fixture
def exported(three_entries, tmp_path):
    file = tmp_path / "ledger.jsonl"
    call_command("export_ledger", str(file), stdout=io.StringIO())
    return file


def verify_offline(*arguments):
    """Isolated mode: no site-packages, no environment, nothing of ours on the path."""
    return subprocess.run([sys.executable, "-I", VERIFIER, *arguments], capture_output=True, text=True, check=False)


def rows_of(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


def rewrite(file, rows):
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_an_export_holds_every_entry_and_passes_without_our_software(exported):
    answer = verify_offline(exported)

    assert [row["position"] for row in rows_of(exported)] == [1, 2, 3]
    assert (answer.returncode, answer.stderr) == (0, "")
    assert ledger.head().entry_hash.hex() in answer.stdout


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda rows: rows.pop(1), "entry 2 is missing"),
        (lambda rows: rows[1].update(payload=base64.b64encode(b"{}").decode()), "entry 2 was altered"),
        (lambda rows: rows[1].update(payload=rows[0]["payload"], hash=rows[0]["hash"]), "does not continue"),
    ],
)
def test_a_tampered_export_is_found_offline(exported, change, says):
    rows = rows_of(exported)
    change(rows)
    rewrite(exported, rows)

    answer = verify_offline(exported)

    assert answer.returncode == 1
    assert says in answer.stderr


def test_a_cut_tail_shows_only_against_a_checkpoint(exported):
    checkpoints.write()
    rewrite(exported, rows_of(exported)[:2])

    assert verify_offline(exported).returncode == 0
    answer = verify_offline(exported, "--checkpoint", checkpoints.path())
    assert answer.returncode == 1
    assert "checkpoint of entry 3" in answer.stderr


def test_a_file_that_is_no_ledger_is_said_to_be_unreadable(tmp_path):
    (tmp_path / "other.jsonl").write_text("hello\n")

    assert verify_offline(tmp_path / "other.jsonl").returncode == 2


def test_the_stored_ledger_verifies_with_its_checkpoint(three_entries):
    checkpoints.write()
    out = io.StringIO()

    call_command("verify_ledger", stdout=out)

    assert "3 entries" in out.getvalue()
    assert "1 checkpoint(s) agree" in out.getvalue()


def test_a_checkpoint_of_another_history_is_found(three_entries):
    checkpoints.path().parent.mkdir(parents=True)
    checkpoints.path().write_text(json.dumps({"position": 2, "hash": "00" * 32, "written_at": "2026-11-22"}) + "\n")
    err = io.StringIO()

    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify_ledger", stderr=err)

    assert "checkpoint of entry 2" in err.getvalue()


def test_a_new_installation_sets_the_checkpoints_of_an_earlier_database_aside(three_entries):
    checkpoints.path().parent.mkdir(parents=True)
    checkpoints.path().write_text(json.dumps({"position": 2, "hash": "00" * 32, "written_at": "2026-11-22"}) + "\n")

    checkpoints.begin_anew()

    assert checkpoints.contradictions() == []
    assert len(list(checkpoints.path().parent.glob("checkpoints-until-*.jsonl"))) == 1


def test_a_column_changed_by_the_owner_is_found(committed_db, settings, tmp_path):
    settings.LEDGER_CHECKPOINT_DIR = tmp_path
    with transaction.atomic():
        ledger.record("test.act", actor="system", subject="FR-2026-0001", facts={})
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE core_ledgerentry DISABLE TRIGGER core_ledger_append_only")
        cursor.execute("UPDATE core_ledgerentry SET actor = 'person:1'")
        cursor.execute("ALTER TABLE core_ledgerentry ENABLE TRIGGER core_ledger_append_only")
    err = io.StringIO()

    with pytest.raises(CommandError):
        call_command("verify_ledger", stderr=err)

    assert "“actor” differs" in err.getvalue()
