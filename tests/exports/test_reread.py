"""What others make of our files: pandas at every merge, LibreOffice under `./dev prove exports` (DESIGN 11, TRUST T25).

Types, days, instants, money to the cent and Chinese come back as they were, and no text becomes a formula.
"""

from datetime import datetime
from decimal import Decimal

import pandas
import pytest

from core.clock import HONG_KONG
from core.tabular import as_typed, inert, printable
from tests.exports import office, written


def naive(at):
    """A workbook has no zones: Hong Kong's time of day, to the second."""
    return at.astimezone(HONG_KONG).replace(tzinfo=None)


def cents(value):
    return Decimal(str(value)).quantize(Decimal("0.01"))


def test_pandas_reads_the_csv_with_its_types(tmp_path):
    told = written.rows()

    found = pandas.read_csv(written.csv_file(tmp_path), encoding="utf-8-sig", dtype=str, keep_default_na=False)

    assert list(found.columns) == [f"{column.heading} [{column.name}]" for column in written.COLUMNS]
    numbers, titles, days, instants, amounts, said, nothing = (list(found[name]) for name in found.columns)
    assert [as_typed(text) for text in titles] == [printable(row[1]) for row in told]
    assert list(pandas.to_numeric(found[found.columns[0]])) == [row[0] for row in told] == [int(one) for one in numbers]
    assert [datetime.fromisoformat(one).date() for one in days] == [row[2] for row in told]
    assert list(pandas.to_datetime(instants)) == [row[3] for row in told]
    assert [Decimal(one) for one in amounts] == [row[4] for row in told]
    assert {(one, row[5]) for one, row in zip(said, told, strict=True)} == {("True", True), ("False", False)}
    assert set(nothing) == {""}


def test_pandas_reads_the_workbook_with_its_types(tmp_path):
    told = written.rows()

    found = pandas.read_excel(written.xlsx_file(tmp_path), sheet_name=0, keep_default_na=False)

    _numbers, titles, days, instants, amounts, said, _nothing = (list(found[name]) for name in found.columns)
    assert [found[name].dtype.kind for name in ("Number", "Amount", "Said")] == ["i", "f", "b"]
    assert [text.replace("_x005F_", "_") for text in titles] == [printable(row[1]) for row in told]
    assert [one.date() for one in days] == [row[2] for row in told]
    assert [one.round("s").to_pydatetime() for one in map(pandas.Timestamp, instants)] == [
        naive(row[3]) for row in told
    ]
    assert [cents(one) for one in amounts] == [row[4] for row in told]
    assert said == [row[5] for row in told]


def squeezed(text):
    """Without blanks, of which LibreOffice drops some where a cell has lines."""
    return "".join(text.split())


def libreoffice_has(found, told, *, typed):
    """Every cell of every row, and its type. Returns how many cells.

    A yes or no of a workbook is kept by LibreOffice itself as `TRUE()`; nothing else is a formula.
    """
    assert len(found) == len(told) + 1
    assert {cell.formula for row in found for cell in row} == {None} | (
        {"of:=TRUE()", "of:=FALSE()"} if typed else set()
    )
    for cells, row in zip(found[1:], told, strict=True):
        number, title, on, at, amount, said = (*cells, *[office.Found("", "", "", None)] * (6 - len(cells)))[:6]
        kept = printable(row[1])
        assert (number.kind, Decimal(number.value)) == ("float", row[0])
        assert squeezed(title.text) == squeezed(kept if typed else inert(kept)), row
        assert title.kind == ("string" if kept else "")
        assert (on.kind, on.value[:10]) == ("date", row[2].isoformat())
        assert (amount.kind, cents(amount.value)) == ("float", row[4])
        assert (on.formula, title.formula, said.text) == (None, None, str(row[5]).upper())
        assert said.kind == ("float" if typed else "boolean")
        assert at.kind == ("date" if typed else "string")
    return sum(map(len, found))


@pytest.mark.prove("exports", gate=False)
def test_libreoffice_reads_the_workbook_with_its_types(tmp_path, proof):
    told = written.rows()

    found = office.cells_of(written.xlsx_file(tmp_path))

    proof.figure("rows", len(told))
    proof.figure("cells", libreoffice_has(found, told, typed=True))
    instants = [pandas.Timestamp(row[3].value).round("s").to_pydatetime() for row in found[1:]]
    assert instants == [naive(row[3]) for row in told]


@pytest.mark.prove("exports", gate=False)
def test_libreoffice_reads_the_csv_with_its_types(tmp_path, proof):
    told = written.rows()

    found = office.cells_of(written.csv_file(tmp_path), reader=office.CSV)

    proof.figure("rows", len(told))
    proof.figure("cells", libreoffice_has(found, told, typed=False))
    assert [datetime.fromisoformat(row[3].text) for row in found[1:]] == [row[3] for row in told]


@pytest.mark.prove("exports", gate=False)
def test_libreoffice_would_run_a_formula_that_was_let_through(tmp_path, proof):
    """The twin: the same reading of a file that nobody made inert."""
    bare = tmp_path / "bare.csv"
    bare.write_text("Title\r\n=1+1\r\n", encoding="utf-8-sig")

    found = office.cells_of(bare, reader=office.CSV)

    assert found[1][0].formula
