"""TRUST 4.7 and T25: whatever somebody typed, a file of it is inert, whole, and says what it left out."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
import io
import json
import zipfile

import openpyxl
import pytest

from core.exports import Export
from core.tabular import Column, Tally, as_typed, printable
from core.workbooks import CUT_MARK, LONGEST, About, write_xlsx
from tests.exports.hostile import texts

COLUMNS = [Column("number", "Number"), Column("title", "=Title"), Column("on", "Day"), Column("amount", "Amount")]
WHEN = datetime(2026, 11, 22, 4, 5, 6, tzinfo=UTC)


def rows(said):
    return [(number, text, date(2026, 1, 2), Decimal("12.30")) for number, text in enumerate(said)]


def workbook(said):
    target, tally = io.BytesIO(), Tally()
    about = About([("Filter", "none")], "R&D <mark>", WHEN)
    write_xlsx(target, sheet="Projects: a/b", columns=COLUMNS, rows=rows(said), about=about, tally=tally)
    return target, tally


def opened(target):
    target.seek(0)
    return openpyxl.load_workbook(target)


def test_five_hundred_texts_come_back_from_a_workbook_as_text():
    said = texts()

    target, tally = workbook(said)

    book = opened(target)
    sheet = book.worksheets[0]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells if cell.data_type == "f"] == []
    assert len(cells) == len(said) == tally.rows == 500
    kept = [printable(text).replace("_x000B_", "_x005F_x000B_") for text in said]
    assert [cell.value or "" for cell in cells] == kept
    assert tally.removed == sum(len(text) - len(printable(text)) for text in said) > 0
    told = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert told["Characters left out"] == str(tally.removed)


def test_five_hundred_texts_come_back_from_csv_one_row_each():
    said = texts()
    export = Export("x", "X", COLUMNS, lambda: iter(rows(said)))
    tally = Tally()

    raw = b"".join(export.blocks("csv", tally))

    found = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert len(found) == 501
    assert not any(row[1][:1] in "=+-@\t\r" for row in found if row[1])
    assert [as_typed(row[1]) for row in found[1:]] == [printable(text) for text in said]
    assert tally.removed > 0


@pytest.mark.django_db
def test_five_hundred_texts_come_back_from_json_as_they_were():
    said = texts()
    export = Export("x", "X", COLUMNS, lambda: iter(rows(said)))

    found = json.loads(b"".join(export.blocks("json", Tally())))

    assert [row["title"] for row in found["rows"]] == said
    assert found["rows"][0]["amount"] == "12.30"


@pytest.mark.django_db
def test_five_hundred_texts_make_a_paper_and_call_nobody():
    """EX-05; `test_canary` listens for calls."""
    export = Export("x", "X", COLUMNS, lambda: iter(rows(texts())))
    target, tally = io.BytesIO(), Tally()

    export.write("pdf", target, tally)

    assert target.getvalue().startswith(b"%PDF-")
    assert tally.rows == 500


@pytest.mark.parametrize("text", ["長" * 40_000, "x" * 40_000, "𨋢" * 20_000])
def test_a_text_too_long_for_a_cell_says_that_it_was_cut(text):
    """EX-04."""
    target, tally = workbook([text])

    value = opened(target).worksheets[0]["B2"].value
    assert value.endswith(CUT_MARK)
    assert len(value.encode("utf-16-le")) // 2 <= LONGEST
    assert tally.cut == 1


def test_a_character_that_no_cell_can_hold_is_removed_and_counted():
    """EX-03."""
    target, tally = workbook(["a\x0bb"])

    assert opened(target).worksheets[0]["B2"].value == "ab"
    assert tally.removed == 1


def test_a_workbook_is_typed_frozen_filtered_and_marked():
    target, _tally = workbook(["衞生署 鰂魚涌 𨋢"])

    book = opened(target)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[2]] == [0, "衞生署 鰂魚涌 𨋢", datetime(2026, 1, 2), 12.3]
    assert (sheet["C2"].number_format, sheet["D2"].number_format) == ("yyyy\\-mm\\-dd", "#,##0.00")
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.title) == ("A2", "A1:D2", "Projects ab")
    assert sheet.oddHeader.center.text == "R&&D <mark>"
    assert [row[0].value for row in book["Data dictionary"].iter_rows()] == ["number", "title", "on", "amount"]
    assert book.properties.description == "R&D <mark>"


def test_the_same_rows_of_the_same_moment_make_the_same_bytes():
    """EX-13."""
    first, second = (workbook(texts())[0].getvalue() for _ in range(2))

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert package.testzip() is None
