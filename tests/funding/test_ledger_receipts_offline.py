"""A receipt checked against an export by the script alone: in it as kept, counted or not, and why."""

import io
import json
import subprocess
import sys

from django.core.management import call_command
import pytest

from core import checkpoints
from funding import services
from funding.selectors import receipts
from tests.offline import SCRIPT, checked, exported


def receipt_of(round_, member):
    return receipts.of_person(round_, member.person).as_file()


@pytest.fixture
def round_(office):
    return office.round()


def judged(receipt):
    check = checked(exported(), receipts=[receipt])
    return check.receipts_found, check.faults


def test_a_counted_vote_is_found(office, round_):
    office.vote(round_, "fffff")
    receipt = receipt_of(round_, office.members[1])
    office.close(round_)

    found, faults = judged(receipt)

    assert faults == []
    assert f"entry {receipt['entry']} is the vote “for” of seat 2" in found[0]
    assert "it was counted when entry" in found[0]


def test_a_vote_of_an_open_round_stands(office, round_):
    office.vote(round_, "f")

    assert "it stands; the round has no result" in judged(receipt_of(round_, office.members[0]))[0][0]


def test_an_earlier_word_names_the_later_one(office, round_):
    office.vote(round_, "f")
    receipt = receipt_of(round_, office.members[0])
    office.vote(round_, "a")

    assert f"later vote, entry {receipt['entry'] + 1}, stands instead" in judged(receipt)[0][0]


def test_a_void_vote_says_so(office, round_):
    office.vote(round_, "ff")
    receipt = receipt_of(round_, office.members[1])
    services.declare_interest(actor=office.members[1], round_id=round_.pk, note="A cousin.")

    assert "void by a recusal" in judged(receipt)[0][0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hash": "0" * 64}, "does not agree"),
        ({"entry": 10_000}, "does not agree"),
        ({"choice": "against"}, "says choice against, the entry for"),
        ({"motion_version": 2}, "says motion_version 2"),
        ({"round": "round:0"}, "but the entry is none"),
    ],
)
def test_a_receipt_that_is_not_in_the_ledger_is_refused(office, round_, change, words):
    office.vote(round_, "f")

    found, faults = judged(receipt_of(round_, office.members[0]) | change)

    assert found == []
    assert words in faults[0]


def test_the_script_alone_checks_export_checkpoint_and_receipt(office, round_, settings, tmp_path):
    settings.LEDGER_CHECKPOINT_DIR = tmp_path / "outside"
    office.vote(round_, "fffff")
    (tmp_path / "receipt.json").write_text(json.dumps(receipt_of(round_, office.chair)))
    office.close(round_)
    checkpoints.write()
    call_command("export_ledger", str(tmp_path / "ledger.jsonl"), stdout=io.StringIO())

    given = ["ledger.jsonl", "--checkpoint", checkpoints.path(), "--receipt", "receipt.json"]
    answer = subprocess.run(
        [sys.executable, "-I", tmp_path / SCRIPT.name, *given],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (answer.returncode, answer.stderr) == (0, "")
    assert "Receipt: entry" in answer.stdout
    assert "1 closed round(s) counted again with the same result, 1 checkpoint(s) agree" in answer.stdout
