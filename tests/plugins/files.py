"""Small files, good and hostile, made for tests: PDF, PNG, Office packages."""

from collections.abc import Callable
import io
import re
import struct
import zipfile
import zlib

import xlsxwriter

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(objects: bytes = b"", trailer: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        + objects
        + b"trailer<</Root 1 0 R"
        + trailer
        + b">>\n%%EOF\n"
    )


def pdf_with(found: bytes, *, packed: str = "", more: bytes = b"", spoil: int = 0, trailer: bytes = b"") -> bytes:
    """A PDF with one more object: plain, or inside a packed object stream, with its last bytes spoiled."""
    if not packed:
        return pdf(b"3 0 obj" + found + b"endobj\n", trailer)
    content = zlib.compress(b"4 0 " + found)
    if spoil:
        content = content[:-spoil] + b"\xff" * spoil
    head = b"3 0 obj<</Type/ObjStm/N 1/First 4/Filter/" + packed.encode() + more
    return pdf(head + b"/Length %d>>stream\n" % len(content) + content + b"\nendstream endobj\n", trailer)


def png() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))

    header = struct.pack("!IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def package(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(*, main: str = "word/document.xml", template: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", main: b"<document/>"}
    if template:
        parts["word/_rels/settings.xml.rels"] = relations(("t1", "attachedTemplate", template, True))
    return package(parts | (extra or {}))


def relations(*found: tuple[str, str, str, bool]) -> bytes:
    """A part of relations: id, last word of the type, target, and whether it leads out of the file."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="http://schemas.openxmlformats.org/x/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for name, kind, target, outside in found
    )
    return f'<Relationships xmlns="r">{lines}</Relationships>'.encode()


SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: list[object], hidden: str = "", merged: str = "", formats: dict[str, str] | None = None) -> bytes:
    """A workbook as office programs write it. `formats` gives a number format to the cells of one column letter."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("Register")
        styles = {name: book.add_format({"num_format": code}) for name, code in (formats or {}).items()}
        for line, cells in enumerate(rows):
            for index, cell in enumerate(cells):
                page.write(line, index, cell, styles.get(chr(ord("A") + index)) if line else None)
        if merged:
            page.merge_range(merged, "joined")
        if hidden:
            book.add_worksheet(hidden).hide()
    return file.getvalue()


def formula_in(content: bytes, cell: str) -> bytes:
    """The workbook with a formula where `cell` holds a number."""
    return changed(content, SHEET, lambda text: re.sub(f'(<c r="{cell}"[^>]*>)', r"\1<f>1+1</f>", text))


def changed(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The package with one part rewritten."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = change(parts.get(name, b"").decode()).encode()
    return package(parts)


def million_rows() -> bytes:
    """About 5 MB that unpack to a sheet of 1,000,000 rows, written without holding it."""
    file = io.BytesIO()
    archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
    with archive, zipfile.ZipFile(io.BytesIO(workbook(["a"], [1]))) as small:
        for name in small.namelist():
            if name != SHEET:
                archive.writestr(name, small.read(name))
        with archive.open(SHEET, "w") as part:
            part.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for start in range(1, 1_000_001, 10_000):
                numbers = range(start, start + 10_000)
                rows = (f'<row r="{n}"><c r="A{n}"><v>{n * 7919 % 999_983}</v></c></row>' for n in numbers)
                part.write("".join(rows).encode())
            part.write(b"</sheetData></worksheet>")
    return file.getvalue()


def old_office(encrypted: bool) -> bytes:
    """The beginning of the older container format, which also wraps workbooks that have a password."""
    mark = "EncryptedPackage".encode("utf-16-le") if encrypted else b"Workbook"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000) + mark + bytes(2_000)
