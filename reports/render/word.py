"""A report as a Word document for those who must edit its words (FEATURES H2).

WordprocessingML is XML: every word goes in as the text of an element, so that nothing in it is ever markup. Only
what Word needs is written: headings, paragraphs, tables whose head repeats, a header with number and mark.
"""

from collections.abc import Iterator, Sequence
import io
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring
import zipfile

from core.addresses import absolute
from reports.blocks import Block, Cell, Chart, Figures, Sentence, Table
from reports.render.document import Told

Words: TypeAlias = str | Sequence[Cell]

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
FONTS: Final = {"ascii": "Arial", "hAnsi": "Arial", "eastAsia": "PMingLiU"}
OPENED: Final = (1980, 1, 1, 0, 0, 0)  # a ZIP's first day: the same report gives the same bytes
PARTS: Final = {
    "/word/document.xml": "document.main",
    "/word/styles.xml": "styles",
    "/word/header1.xml": "header",
}
PREFIXES: Final = {"w": W, "r": RELATIONS}  # those that every office writes
STYLES: Final = (("Title", 40, "0B2545"), ("Heading1", 28, "0B2545"), ("Lead", 24, "0B2545"), ("Quiet", 18, "5B6573"))


def as_word(told: Told) -> bytes:
    """The document's bytes."""
    files = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations([("rId1", "officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relations(
            [("rId1", "styles", "styles.xml"), ("rId2", "header", "header1.xml")]
        ),
        "word/styles.xml": _styles(),
        "word/header1.xml": _header(f"{told.reference} · {told.mark}"),
        "word/document.xml": _document(told),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, OPENED), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _document(told: Told) -> bytes:
    root = Element(f"{{{W}}}document")
    body = SubElement(root, f"{{{W}}}body")
    _paragraph(body, told.title, "Title")
    if told.stamp:
        _paragraph(body, told.stamp, "Lead")
    _table(body, Table(["", ""], [], ()), list(told.facts), has_head=False)
    for section in told.sections:
        _paragraph(body, section.title, "Heading1")
        for block in section.blocks:
            _block(body, block)
    for line in told.proof:
        _paragraph(body, line, "Quiet")
    page = SubElement(body, f"{{{W}}}sectPr")
    SubElement(page, f"{{{W}}}headerReference", {f"{{{W}}}type": "default", f"{{{RELATIONS}}}id": "rId2"})
    SubElement(page, f"{{{W}}}pgSz", {f"{{{W}}}w": "11906", f"{{{W}}}h": "16838"})
    margins = dict.fromkeys(("top", "right", "bottom", "left"), "1247") | {"header": "600", "footer": "600"}
    SubElement(page, f"{{{W}}}pgMar", {f"{{{W}}}{side}": width for side, width in margins.items()})
    return _xml(root)


def _block(body: Element, block: Block) -> None:
    if isinstance(block, Sentence):
        _paragraph(body, block.parts or block.text, {"lead": "Lead", "quiet": "Quiet"}.get(block.look, ""))
    elif isinstance(block, Figures):
        _table(
            body, Table(["", ""], []), [(one.label, [Cell(one.value, one.href)]) for one in block.items], has_head=False
        )
    elif isinstance(block, Chart):
        _paragraph(body, block.title, "Lead")
        _table(body, block.table, _cells(block.table))
    elif block.rows:
        _table(body, block, _cells(block))
    else:
        _paragraph(body, block.nothing, "Quiet")


def _cells(table: Table) -> list[list[Words]]:
    return [[[cell] for cell in row] for row in table.rows]


def _table(body: Element, table: Table, rows: Sequence[Sequence[Words]], *, has_head: bool = True) -> None:
    made = SubElement(body, f"{{{W}}}tbl")
    looks = SubElement(made, f"{{{W}}}tblPr")
    SubElement(looks, f"{{{W}}}tblW", {f"{{{W}}}w": "5000", f"{{{W}}}type": "pct"})
    edges = SubElement(looks, f"{{{W}}}tblBorders")
    for side in ("top", "bottom", "insideH"):
        SubElement(edges, f"{{{W}}}{side}", {f"{{{W}}}val": "single", f"{{{W}}}sz": "4", f"{{{W}}}color": "D5DBE3"})
    grid = SubElement(made, f"{{{W}}}tblGrid")
    for _column in table.head:
        SubElement(grid, f"{{{W}}}gridCol")
    lines = [list(table.head), *rows] if has_head else rows
    for place, cells in enumerate(lines):
        row = SubElement(made, f"{{{W}}}tr")
        is_head = has_head and place == 0
        if is_head:
            SubElement(SubElement(row, f"{{{W}}}trPr"), f"{{{W}}}tblHeader")
        for column, words in enumerate(cells):
            cell = SubElement(row, f"{{{W}}}tc")
            SubElement(SubElement(cell, f"{{{W}}}tcPr"), f"{{{W}}}tcW", {f"{{{W}}}type": "auto", f"{{{W}}}w": "0"})
            _paragraph(cell, words, "Quiet" if is_head else "", to_right=column in table.right)
    SubElement(body, f"{{{W}}}p")


def _paragraph(body: Element, words: Words, style: str = "", *, to_right: bool = False) -> None:
    made = SubElement(body, f"{{{W}}}p")
    looks = SubElement(made, f"{{{W}}}pPr")
    if style:
        SubElement(looks, f"{{{W}}}pStyle", {f"{{{W}}}val": style})
    if to_right:
        SubElement(looks, f"{{{W}}}jc", {f"{{{W}}}val": "right"})
    for part in [Cell(words)] if isinstance(words, str) else words:
        if part.href:
            # a field holds its address itself; a link proper would be one more part of the package
            field = f' HYPERLINK "{absolute(part.href)}" '
            _run(SubElement(made, f"{{{W}}}fldSimple", {f"{{{W}}}instr": field}), part.text, is_link=True)
        else:
            _run(made, part.text)


def _run(parent: Element, text: str, *, is_link: bool = False) -> None:
    run = SubElement(parent, f"{{{W}}}r")
    if is_link:
        looks = SubElement(run, f"{{{W}}}rPr")
        SubElement(looks, f"{{{W}}}color", {f"{{{W}}}val": "0B5394"})
        SubElement(looks, f"{{{W}}}u", {f"{{{W}}}val": "single"})
    for place, line in enumerate(_lines(text)):
        if place:
            SubElement(run, f"{{{W}}}br")
        said = SubElement(run, f"{{{W}}}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        said.text = line


def _lines(text: str) -> Iterator[str]:
    """A line for each line; a character that XML cannot hold is written as its code point, so nothing is lost."""
    for line in text.replace("\r\n", "\n").split("\n"):
        yield "".join(one if _is_xml(ord(one)) else f"[U+{ord(one):04X}]" for one in line)


def _is_xml(code: int) -> bool:
    return code == 9 or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def _styles() -> bytes:
    root = Element(f"{{{W}}}styles")
    normal = SubElement(SubElement(SubElement(root, f"{{{W}}}docDefaults"), f"{{{W}}}rPrDefault"), f"{{{W}}}rPr")
    SubElement(normal, f"{{{W}}}rFonts", {f"{{{W}}}{script}": name for script, name in FONTS.items()})
    SubElement(normal, f"{{{W}}}sz", {f"{{{W}}}val": "21"})
    for name, size, colour in STYLES:
        style = SubElement(root, f"{{{W}}}style", {f"{{{W}}}type": "paragraph", f"{{{W}}}styleId": name})
        SubElement(style, f"{{{W}}}name", {f"{{{W}}}val": "heading 1" if name == "Heading1" else name})
        space = SubElement(style, f"{{{W}}}pPr")
        SubElement(space, f"{{{W}}}spacing", {f"{{{W}}}before": "160", f"{{{W}}}after": "80"})
        if name == "Heading1":
            SubElement(space, f"{{{W}}}outlineLvl", {f"{{{W}}}val": "0"})
        looks = SubElement(style, f"{{{W}}}rPr")
        if name != "Quiet":
            SubElement(looks, f"{{{W}}}b")
        SubElement(looks, f"{{{W}}}color", {f"{{{W}}}val": colour})
        SubElement(looks, f"{{{W}}}sz", {f"{{{W}}}val": str(size)})
    return _xml(root)


def _header(text: str) -> bytes:
    root = Element(f"{{{W}}}hdr")
    _paragraph(root, text, "Quiet")
    return _xml(root)


def _types() -> bytes:
    root = _package("Types", "content-types")
    kinds = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    for suffix, kind in kinds.items():
        SubElement(root, "Default", {"Extension": suffix, "ContentType": kind})
    for name, kind in PARTS.items():
        told = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        SubElement(root, "Override", {"PartName": name, "ContentType": told})
    return _xml(root)


def _relations(rows: Sequence[tuple[str, str, str]]) -> bytes:
    root = _package("Relationships", "relationships")
    for name, kind, target in rows:
        SubElement(root, "Relationship", {"Id": name, "Type": f"{RELATIONS}/{kind}", "Target": target})
    return _xml(root)


def _package(name: str, kind: str) -> Element:
    """The root of a part about the package. LibreOffice opens no file whose names there have a prefix."""
    return Element(name, {"xmlns": f"{PACKAGE}/{kind}"})


def _xml(root: Element) -> bytes:
    for prefix, namespace in PREFIXES.items():
        register_namespace(prefix, namespace)
    found: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return found
