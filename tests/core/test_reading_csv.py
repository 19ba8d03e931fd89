"""CSV: what is read, and every way a file is refused (TRUST 4.3)."""

import io

import pytest

from core.reading import FileRefused, TooManyRows, open_table
from core.reading.tables import letter
from tests.plugins.tables import refusal, rows_of, table_of


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("utf-8", "名稱,項目\r\n智能,甲\r\n".encode()),
        ("utf-8", b"\xef\xbb\xbf" + "名稱,項目\r\n智能,甲\r\n".encode()),
        ("utf-16", "名稱,項目\r\n智能,甲\r\n".encode("utf-16")),
        ("big5-hkscs", "名稱,項目\r\n智能,甲\r\n".encode("big5hkscs")),
    ],
)
def test_cs05_the_declared_encoding_is_read(encoding, content):
    table = table_of(content, encoding=encoding)

    assert table.heading == ("名稱", "項目")
    assert [row.cells for row in table.rows()] == [("智能", "甲")]


def test_windows_letters_are_read_where_they_are_declared():
    assert rows_of("a,b\nsystem’s – x,é\n".encode("cp1252"), encoding="windows-1252")[0].cells == ("system’s – x", "é")


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("utf-8", "名稱\n智能\n".encode("utf-16")),
        ("utf-8", "ab\ncd\n".encode("utf-16-le")),
        ("utf-8", "名稱\n智能\n".encode("big5")),
        ("utf-8", "a\nsystem’s\n".encode("cp1252")),
        ("utf-16", b"ab\ncd\n"),
        ("big5-hkscs", b"\xef\xbb\xbfab\ncd\n"),
        ("windows-1252", "ab\ncd\n".encode("utf-16")),
        ("koi8-r", b"ab\ncd\n"),
    ],
)
def test_cs02_cs03_another_encoding_is_refused_and_never_guessed(encoding, content):
    assert refusal(content, encoding=encoding) == ("csv.encoding", None)


def test_cs03_the_refusal_says_which_encoding_is_wanted():
    with pytest.raises(FileRefused, match="not in UTF-8"):
        table_of("名稱\n".encode("big5"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,b\n1,2\n3,4\n5,"6\n' + "7,8\n" * 97, ("csv.malformed", 3)),
        ('a,b\n1,"2"x\n', ("csv.malformed", 1)),
        ("a,b\n1,2\n1,2,3\n", ("csv.columns", 2)),
        ("a,b\n1,2\n\n1\n", ("csv.columns", 3)),
        ("a;b\n1;2\n", ("csv.header_missing", None)),
        ("a\tb\n1\t2\n", ("csv.header_missing", None)),
        ("a,b\n1," + "x" * 200_000 + "\n", ("csv.field_too_long", 1)),
        ("a,b\n1," + "x" * 32_768 + "\n", ("csv.field_too_long", 1)),
        ("a,b\n1,2\n" + "," * 4_000_001, ("csv.field_too_long", 2)),
        ("x," * 1_001 + "\n", ("csv.columns", None)),
        ("", ("csv.empty", None)),
        (" , \n", ("csv.empty", None)),
        ("a,b\n", ("csv.empty", None)),
        ("a,b\n\n , \n", ("csv.empty", None)),
    ],
)
def test_cs01_cs06_cs07_cs08_cs15_what_is_no_table_is_refused_with_its_row(text, expected):
    assert refusal(text) == expected


def test_cs09_reading_stops_one_row_after_the_last_allowed():
    class Endless(io.RawIOBase):
        taken = 0

        def readable(self):
            return True

        def seekable(self):
            return True

        def seek(self, position, whence=0):
            Endless.taken = position
            return position

        def tell(self):
            return Endless.taken

        def readinto(self, buffer):
            text = b"a,b\n" * (len(buffer) // 4)
            buffer[: len(text)] = text
            Endless.taken += len(text)
            return len(text)

    with pytest.raises(TooManyRows) as refused:
        for _row in open_table(Endless(), file_name="r.csv").rows():
            pass

    assert (refused.value.code, refused.value.status) == ("csv.rows", 413)
    assert Endless.taken < 4 * 1_100_000


def test_cs04_equal_names_are_refused_only_where_one_is_wanted():
    table = table_of("a,other,other, \n1,2,3,4\n")

    assert [column.shown for column in table.columns] == ["a", "other (B)", "other (C)", "D"]
    assert [row.cells for row in table.rows()] == [("1", "2", "3", "4")]
    assert table.column("a").position == 0
    with pytest.raises(FileRefused) as refused:
        table.column("other")
    assert refused.value.code == "csv.header_duplicate"


def test_a_wanted_column_that_is_absent_is_named_with_the_heading_found():
    with pytest.raises(FileRefused, match=r"missing: c\. The heading found is: a, b") as refused:
        table_of("a,b\n1,2\n").column("c")

    assert refused.value.code == "csv.header_missing"


def test_cs10_cs11_text_is_handed_on_as_it_is():
    found = rows_of("a,b\n=cmd|' /C calc'!A0,x\x00y\n")

    assert found[0].cells == ("=cmd|' /C calc'!A0", "x\x00y")


def test_rows_are_numbered_as_a_spreadsheet_does_less_one_and_can_be_read_again():
    table = table_of('a,b\r\n1,"two\nlines"\r\n\r\n3,4\r\n')

    assert [(row.number, row.cells) for row in table.rows()] == [(1, ("1", "two\nlines")), (3, ("3", "4"))]
    assert len(list(table.rows())) == 2


def test_letters_lost_before_are_counted_in_a_note():
    table = table_of("a,b\n1\ufffd,2\n3,\ufffd\ufffd\n")
    list(table.rows())

    assert [note.code for note in table.notes] == ["text.damaged"]
    assert str(table.notes[0].message).startswith("2 cells")


def test_columns_are_lettered_as_in_a_spreadsheet():
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
