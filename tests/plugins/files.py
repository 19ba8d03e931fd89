"""Small files, good and hostile, made for tests: PDF, PNG, Office packages."""

import io
import struct
import zipfile
import zlib

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
