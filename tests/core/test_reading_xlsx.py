"""Workbooks: what is read, what each cell means, and every way a file is refused (TRUST 4.4)."""

from datetime import date, datetime
import socket
import subprocess
import sys
import textwrap
import time

import pytest

from core.errors import DomainError
from core.reading import CellKind, TooManyRows
from core.reading import xlsx_tables as xlsx
from tests.plugins.files import (
    SHEET,
    changed,
    formula_in,
    million_rows,
    old_office,
    package,
    relations,
    workbook,
)
from tests.plugins.tables import refusal, rows_of, table_of

HEAD = ["title", "amount", "day"]
GOOD = workbook(HEAD, ["Signals", 1.5, "2026-01-01"])
STRINGS = "xl/sharedStrings.xml"


def test_typed_cells_become_text_without_loss():
    day, moment = date(2026, 11, 22), datetime(2026, 11, 22, 9, 30, 5)
    content = workbook(
        ["a", "b", "c", "d", "e"],
        ["=1+1 as text", 499999.99, day, True, "政務\n環節"],
        ["_x000D_ stays", 0.1, moment, False, ""],
        ["x", 1e15, 45000.25, 12, "y"],
        formats={"C": "yyyy-mm-dd hh:mm"},
    )

    found = rows_of(content, "r.xlsx")

    assert [row.cells for row in found] == [
        ("=1+1 as text", "499999.99", "2026-11-22", "TRUE", "政務\n環節"),
        ("_x000D_ stays", "0.1", "2026-11-22T09:30:05", "FALSE", ""),
        ("x", "1000000000000000", "2023-03-15T06:00:00", "12", "y"),
    ]
    assert found[0].kinds[:4] == (CellKind.TEXT, CellKind.NUMBER, CellKind.DAY, CellKind.BOOLEAN)
    assert found[1].kinds[2] is CellKind.INSTANT


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("499999.995", "499999.995"),
        ("0.10000000000000001", "0.1"),
        ("1.0000000000000001E-5", "0.00001"),
        ("12345678901234567", "12345678901234567"),
        ("1E5", "100000"),
        ("-0.50", "-0.5"),
    ],
)
def test_a_number_keeps_the_digits_that_were_typed(stored, text):
    content = changed(GOOD, SHEET, lambda sheet: sheet.replace("<v>1.5</v>", f"<v>{stored}</v>"))

    assert rows_of(content, "r.xlsx")[0].cells[1] == text


def test_short_rows_are_filled_and_empty_ones_passed_over():
    content = workbook(["a", "b", "c"], ["x"], [], ["", "", "z"])

    assert [(r.number, r.cells) for r in rows_of(content, "R.XLSX")] == [(1, ("x", "", "")), (3, ("", "", "z"))]


def test_strict_workbooks_and_inline_texts_with_runs_and_reading_aids_are_read():
    sheet = (
        '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData>'
        '<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c t="inlineStr"><is>'
        "<r><t>政</t></r><r><rPr><b/></rPr><t>務</t></r><rPh><t>zheng</t></rPh>"
        "</is></c></row></sheetData></worksheet>"
    )

    assert rows_of(changed(GOOD, SHEET, lambda _old: sheet), "r.xlsx")[0].cells == ("政務",)


def test_hidden_rows_are_read_and_said():
    content = changed(GOOD, SHEET, lambda sheet: sheet.replace('<row r="2"', '<row hidden="1" r="2"'))
    table = table_of(content, "r.xlsx")

    assert len(list(table.rows())) == 1
    assert [note.code for note in table.notes] == ["xlsx.hidden_rows"]


def test_xl09_an_extra_hidden_sheet_is_ignored_and_named():
    table = table_of(workbook(HEAD, ["x", 1, "y"], hidden="Secrets"), "r.xlsx")

    assert [(note.code, "Secrets" in str(note.message)) for note in table.notes] == [("xlsx.hidden_sheet", True)]


def test_xl05_a_formula_is_refused_where_it_is_wanted_and_nowhere_else():
    row = rows_of(formula_in(GOOD, "B2"), "r.xlsx")[0]

    assert row.text(0) == "Signals"
    with pytest.raises(DomainError) as refused:
        row.text(1)
    assert refused.value.code == "cell.formula"


def test_xl08_a_number_in_a_column_of_dates_is_refused():
    row = rows_of(workbook(HEAD, ["x", 1, 45000]), "r.xlsx")[0]

    with pytest.raises(DomainError) as refused:
        row.day_text(2)
    assert refused.value.code == "date.type"
    assert row.text(2) == "45000"


def test_an_error_of_the_spreadsheet_is_no_value():
    content = changed(GOOD, SHEET, lambda sheet: sheet.replace('<c r="B2"><v>1.5</v>', '<c r="B2" t="e"><v>#N/A</v>'))

    with pytest.raises(DomainError) as refused:
        rows_of(content, "r.xlsx")[0].text(1)
    assert refused.value.code == "cell.error"


def sheet_of(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return changed(GOOD, SHEET, lambda _old: f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>')


ENTITIES = '<!DOCTYPE s [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
HEADING_ROW = '<row r="1"><c t="inlineStr"><is><t>a</t></is></c></row>'
LINK = "xl/externalLinks/externalLink1.xml"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"title,amount\nx,1\n", "file.type", id="XL-01 text"),
        pytest.param(b"%PDF-1.7", "file.type", id="XL-01 pdf"),
        pytest.param(package({"word/document.xml": b"<x/>"}), "file.type", id="XL-01 another package"),
        pytest.param(b"PK\x03\x04" + bytes(100), "file.type", id="XL-01 cut off"),
        pytest.param(changed(GOOD, STRINGS, lambda _old: ENTITIES), "xlsx.xml", id="XL-03 entities in strings"),
        pytest.param(
            changed(GOOD, SHEET, lambda old: '<!DOCTYPE s SYSTEM "http://127.0.0.1:9/x">' + old.partition("?>")[2]),
            "xlsx.xml",
            id="XL-03 document type in the sheet",
        ),
        pytest.param(changed(GOOD, SHEET, lambda old: old[: len(old) // 2]), "xlsx.xml", id="a sheet that ends early"),
        pytest.param(changed(GOOD, "xl/vbaProject.bin", lambda _old: "x"), "xlsx.macros", id="XL-04 project"),
        pytest.param(
            changed(GOOD, "[Content_Types].xml", lambda old: old.replace("sheet.main", "sheet.macroEnabled.main")),
            "xlsx.macros",
            id="XL-04 type",
        ),
        pytest.param(changed(GOOD, "xl/macrosheets/s.xml", lambda _old: "<x/>"), "xlsx.macros", id="XL-04 sheet"),
        pytest.param(changed(GOOD, LINK, lambda _old: "<x/>"), "xlsx.external", id="XL-06 part"),
        pytest.param(changed(GOOD, "xl/connections.xml", lambda _old: "<x/>"), "xlsx.external", id="XL-06 query"),
        pytest.param(old_office(encrypted=True), "xlsx.encrypted", id="XL-10"),
        pytest.param(old_office(encrypted=False), "file.type", id="an .xls renamed"),
        pytest.param(changed(GOOD, "../../x", lambda _old: "x"), "file.type", id="XL-11 upwards"),
        pytest.param(changed(GOOD, "/etc/x", lambda _old: "x"), "file.type", id="XL-11 absolute"),
        pytest.param(changed(GOOD, "C:\\x", lambda _old: "x"), "file.type", id="XL-11 drive"),
        pytest.param(changed(GOOD, "XL/workbook.xml", lambda _old: "x"), "file.type", id="one name twice"),
        pytest.param(workbook(["", "amount"], ["x", 1], merged="A1:B1"), "xlsx.header", id="XL-12 across"),
        pytest.param(workbook(HEAD, ["x", 1], merged="A1:A2"), "xlsx.header", id="XL-12 down"),
        pytest.param(workbook(["title", 2024], ["x", 1]), "xlsx.header", id="a number in the heading"),
        pytest.param(formula_in(workbook(["title", 1], ["x", 1]), "B1"), "xlsx.header", id="a formula in the heading"),
        pytest.param(workbook([], ["title"], ["x"]), "xlsx.header", id="the heading below an empty row"),
        pytest.param(workbook(["title"]), "csv.empty", id="a heading only"),
        pytest.param(workbook(["title"], ["x", "more"]), "csv.columns", id="a cell beside the heading's columns"),
        pytest.param(sheet_of('<row r="2"/><row r="1"/>'), "xlsx.header", id="rows out of order"),
        pytest.param(
            sheet_of('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), "file.type", id="a text that is not there"
        ),
        pytest.param(
            sheet_of('<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'), "file.type", id="cells out of order"
        ),
        pytest.param(sheet_of('<row><c r="A1"><v>0x10</v></c></row>'), "file.type", id="no number"),
        pytest.param(sheet_of("<row>" + "<c/>" * 15_000), "xlsx.xml", id="a row without end"),
        pytest.param(sheet_of("<row>" + "<c/>" * 25_000), "xlsx.too_large", id="a row of 25,000 cells"),
        pytest.param(sheet_of(HEADING_ROW + "<x/>" * 25_000), "xlsx.too_large", id="25,000 things between rows"),
        pytest.param(sheet_of("<row><c><v>" + "1" * 2_500_000), "xlsx.too_large", id="an endless number"),
        pytest.param(sheet_of('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "xlsx.too_large", id="the last column"),
        pytest.param(changed(GOOD, "xl/media/x.bin", lambda _old: "x" * (40 << 20)), "xlsx.too_large", id="ratio"),
    ],
)
def test_a_hostile_workbook_is_refused(content, code):
    started = time.process_time()

    assert refusal(content, "r.xlsx")[0] == code
    assert time.process_time() - started < 2


def test_a_workbook_named_csv_is_refused_too():
    assert refusal(GOOD, "r.csv") == ("file.type", None)


def test_a_row_far_down_is_refused_before_the_empty_ones_are_walked():
    with pytest.raises(TooManyRows):
        rows_of(
            sheet_of('<row r="1"><c t="inlineStr"><is><t>a</t></is></c></row><row r="9999999"><c/></row>'), "r.xlsx"
        )


def test_xl06_what_a_workbook_links_to_is_never_fetched():
    """Links of cells are ordinary and stay; a link to data is refused. Neither is followed."""
    with socket.socket() as canary:
        canary.bind(("127.0.0.1", 0))
        canary.listen()
        canary.settimeout(0.2)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/"
        of_sheet, of_book = "xl/worksheets/_rels/sheet1.xml.rels", "xl/_rels/workbook.xml.rels"
        cell_link = changed(GOOD, of_sheet, lambda _old: relations(("r1", "hyperlink", address, True)).decode())
        data_link = changed(GOOD, of_book, lambda _old: relations(("r1", "externalLinkPath", address, True)).decode())

        assert len(rows_of(cell_link, "r.xlsx")) == 1
        assert refusal(data_link, "r.xlsx") == ("xlsx.external", None)
        with pytest.raises(TimeoutError):
            canary.accept()


def test_xl02_a_million_rows_are_refused_within_two_seconds_and_a_hundred_megabytes(tmp_path):
    """In a process of its own, so that its memory is its own."""
    file = tmp_path / "million.xlsx"
    file.write_bytes(million_rows())
    program = """
        import resource, sys, time
        import django
        django.setup()
        from core.reading import FileRefused, open_table
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.process_time()
        with open(sys.argv[1], "rb") as opened:
            try:
                open_table(opened, file_name="million.xlsx")
            except FileRefused as error:
                seconds = time.process_time() - started
                grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
                print(error.code, seconds, grown)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), file], capture_output=True, text=True, check=True, timeout=60
    )

    code, seconds, kilobytes = done.stdout.split()
    assert 4_000_000 < file.stat().st_size < 20_000_000
    assert code == "xlsx.too_large"
    assert float(seconds) <= 2
    assert int(kilobytes) <= 100 * 1024


def test_a_long_workbook_is_read_within_bounded_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_SHEET_ROWS", 3)

    assert refusal(workbook(["a"], *([n] for n in range(5))), "r.xlsx") == ("xlsx.too_large", None)
    assert len(rows_of(workbook(["a"], *([n] for n in range(3))), "r.xlsx")) == 3
