"""Rows to one typed XLSX workbook, written as a stream: rows in, zipped XML out, a few megabytes of memory.

A library that keeps a cell as an object takes six times as long, and one that is as fast takes all rows at once and
knows neither filters nor printed marks; a workbook of plain cells is little more than its XML. Text is always written
as text, so nothing a person typed becomes a formula or a link (TRUST T25).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
import re
from typing import Any
from xml.sax.saxutils import escape
import zipfile

from django.utils.translation import gettext as _

from core.clock import HONG_KONG
from core.tabular import Cell, Column, Tally, printable

LONGEST = 32_767  # UTF-16 units of one cell
CUT_MARK = " … (cut, see CSV)"
BLOCK_ROWS = 200
LABEL, MOST_LABELS = 40, 4_096  # signs of a text whose cell is kept for the next one, and how many are kept
FIRST_DAY = date(1899, 12, 30).toordinal()  # day 0 of a workbook's calendar, for days after February 1900
NAMED_CHARACTER = re.compile("(_x[0-9A-Fa-f]{4}_)")
SHEET_NAME_BARRED = str.maketrans(dict.fromkeys("[]:*?/\\"))
PLAIN, HEAD, MONEY, DAY, INSTANT = range(5)  # the order of `cellXfs` in STYLES

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook says of itself: lines of (what, value), the mark on every printed page, and its instant.

    The same rows about the same instant make the same bytes.
    """

    lines: Sequence[tuple[str, str]]
    mark: str
    made_at: datetime


def write_xlsx(
    target: Any,
    *,
    sheet: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    about: About | None = None,
    tally: Tally | None = None,
) -> int:
    """Write one sheet with a frozen heading and a filter, a data dictionary beside it, and what the file is about.

    Returns the rows written. Characters that no cell can hold are left out and counted on the sheet "About"; a text
    that is too long for a cell ends with the words that it was cut.
    """
    tally = tally or Tally()
    moment = about.made_at.astimezone(HONG_KONG) if about else datetime(1980, 1, 1, tzinfo=HONG_KONG)
    names = [sheet.translate(SHEET_NAME_BARRED)[:31] or "Sheet", "Data dictionary", *(["About"] if about else [])]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
        book = _Package(package, moment)
        book.part("[Content_Types].xml", _content_types(len(names)))
        book.part("_rels/.rels", _root_relations())
        book.part("docProps/core.xml", _properties(about, moment))
        book.part("xl/_rels/workbook.xml.rels", _book_relations(len(names)))
        book.part("xl/styles.xml", STYLES)
        with book.opened("xl/worksheets/sheet1.xml") as part:
            _write_rows(part.write, columns, rows, tally, about.mark if about else "")
        book.part("xl/workbook.xml", _workbook(names, columns=len(columns), rows=tally.rows))
        dictionary = [(column.name, str(column.heading), str(column.meaning)) for column in columns]
        book.part("xl/worksheets/sheet2.xml", _small_sheet(dictionary))
        if about is not None:
            counts = [
                (_("Rows"), str(tally.rows)),
                (_("Characters left out"), str(tally.removed)),
                (_("Texts cut"), str(tally.cut)),
            ]
            book.part("xl/worksheets/sheet3.xml", _small_sheet([*about.lines, *counts]))
    return tally.rows


class _Package:
    """The parts of the file, all of one moment, so that the same workbook has the same bytes."""

    def __init__(self, package: zipfile.ZipFile, moment: datetime) -> None:
        self._package = package
        self._when = (max(moment.year, 1980), *moment.timetuple()[1:6])

    def part(self, name: str, text: str) -> None:
        with self.opened(name) as part:
            part.write(text.encode())

    def opened(self, name: str) -> Any:
        entry = zipfile.ZipInfo(name, self._when)
        entry.compress_type = zipfile.ZIP_DEFLATED
        return self._package.open(entry, "w", force_zip64=name.endswith("sheet1.xml"))


def _write_rows(
    write: Callable[[bytes], object],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    tally: Tally,
    mark: str,
) -> None:
    head = "".join(_text(str(column.heading), HEAD) for column in columns)
    write(
        (
            f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0" tabSelected="1">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><sheetData><row r="1">{head}</row>'
        ).encode()
    )
    block: list[str] = []
    cell = _cells(tally)
    for row in tally.over(rows):
        block.append(f'<row r="{tally.rows + 1}">{"".join(map(cell, row))}</row>')
        if len(block) >= BLOCK_ROWS:
            write("".join(block).encode())
            block.clear()
    last = f"{_letters(max(len(columns), 1))}{tally.rows + 1}"
    block.append(f'</sheetData><autoFilter ref="A1:{last}"/>')
    if mark:
        printed = escape(printable(mark).replace("&", "&&"))
        block.append(
            f"<headerFooter><oddHeader>&amp;C{printed}</oddHeader>"
            f"<oddFooter>&amp;C{printed}&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
        )
    write(("".join(block) + "</worksheet>").encode())


def _cells(tally: Tally) -> Callable[[Cell], str]:
    """Each cell by its type. Most cells of a register are short plain texts, many of them the same, and come first."""
    told: dict[str, str] = {}

    def cell(value: Cell) -> str:
        if value is None:
            return "<c/>"
        if isinstance(value, str):
            if (made := told.get(value)) is not None:
                return made
            if not value.isprintable():
                return _cell_of(tally.printable(value), tally)
            made = f'<c t="inlineStr"><is><t>{value}</t></is></c>' if _is_plain(value) else _cell_of(value, tally)
            if len(value) <= LABEL and len(told) < MOST_LABELS:
                told[value] = made
            return made
        if isinstance(value, bool):
            return f'<c t="b"><v>{value:d}</v></c>'
        if isinstance(value, Decimal):
            return f'<c s="{MONEY}"><v>{value:f}</v></c>'
        if isinstance(value, int):
            return f"<c><v>{value}</v></c>"
        if isinstance(value, datetime):
            local = value.astimezone(HONG_KONG)
            part = (local.hour * 3600 + local.minute * 60 + local.second) / 86_400
            return f'<c s="{INSTANT}"><v>{local.toordinal() - FIRST_DAY + part:.10f}</v></c>'
        return f'<c s="{DAY}"><v>{value.toordinal() - FIRST_DAY}</v></c>'

    return cell


def _is_plain(text: str) -> bool:
    """Whether a text of printable signs stands in a cell just as it is; most do."""
    return (
        0 < len(text) * 2 <= LONGEST
        and "&" not in text
        and "<" not in text
        and ">" not in text
        and "_x" not in text
        and text[0] != " " != text[-1]
    )


def _cell_of(text: str, tally: Tally) -> str:
    """A text of which every sign can be held."""
    if len(text) * 2 > LONGEST:
        text = _fitting(text, tally)
    return _text(text) if text else "<c/>"


def _text(text: str, style: int = PLAIN) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = escape(text)
    kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() or "\n" in text else ""
    styled = f' s="{style}"' if style else ""
    return f'<c{styled} t="inlineStr"><is><t{kept}>{_guarded(text)}</t></is></c>'


def _guarded(text: str) -> str:
    """`_x000B_` as somebody typed it would be read as the character it names, so its first sign is written so."""
    return NAMED_CHARACTER.sub(r"_x005F\1", text) if "_x" in text else text


def _fitting(text: str, tally: Tally) -> str:
    """What one cell holds, in the units that Excel counts; a longer text ends with the mark that it was cut."""
    if len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    tally.cut += 1
    room = (LONGEST - len(CUT_MARK)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT_MARK


def _small_sheet(lines: Iterable[Sequence[str]]) -> str:
    rows = [
        f'<row r="{number}">{"".join(_text(printable(str(text))) for text in line)}</row>'
        for number, line in enumerate(lines, start=1)
    ]
    return f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def _workbook(names: Sequence[str], *, columns: int, rows: int) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    quoted = escape(names[0].replace("'", "''"))
    filtered = f"'{quoted}'!$A$1:${_letters(max(columns, 1))}${rows + 1}"
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets><definedNames>'
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{filtered}</definedName>'
        "</definedNames></workbook>"
    )


def _content_types(sheets: int) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{TYPE}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        f' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{parts}</Types>'
    )


def _root_relations() -> str:
    return (
        f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )


def _book_relations(sheets: int) -> str:
    parts = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, sheets + 1)
    )
    styles = f'<Relationship Id="rId{sheets + 1}" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{parts}{styles}</Relationships>'


def _properties(about: About | None, moment: datetime) -> str:
    mark = escape(printable(about.mark)) if about else ""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:description>{mark}</dc:description>'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment:%Y-%m-%dT%H:%M:%S}+08:00</dcterms:created>'
        "</cp:coreProperties>"
    )


def _letters(number: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
