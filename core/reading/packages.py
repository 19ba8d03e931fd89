"""Office files are ZIP archives: the list of parts is judged before any part is unpacked (TRUST 4.4).

Every limit is checked against the sizes that the archive states, and reading never takes more than it stated.
"""

from collections.abc import Iterator
from contextlib import contextmanager
import re
from typing import IO, BinaryIO
from xml.etree.ElementTree import Element, ParseError
import zipfile
import zlib

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext_lazy as _

from core.reading.faults import FileRefused

PACKAGE_START = b"PK\x03\x04"
OLD_OFFICE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
BLOCK = 1 << 20

MOST_PARTS = 2_000
MOST_BYTES = 400 << 20  # all parts together, unpacked
MOST_RATIO = 200  # unpacked to packed, for parts big enough to matter
RATIO_FROM = 1 << 20
SMALL_PART = 8 << 20  # parts that are read whole: lists of sheets, styles, relations
CONTENT_TYPES = "[Content_Types].xml"
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BAD_NAME = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|\\|^[A-Za-z]:|[\x00-\x1f]")
MACRO_NAME = re.compile(r"vbaproject|(^|/)(macrosheets|dialogsheets|activex)/|oleobject\d*\.bin$", re.IGNORECASE)
MACRO_TYPES = (b"macroEnabled", b"vbaProject", b"macrosheet", b"activeX")
EXTERNAL_NAME = re.compile(r"(^|/)externalLinks/|(^|/)(connections\.xml|queryTables/)", re.IGNORECASE)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ParseError, DefusedXmlException, UnicodeError)


def is_package(start: bytes) -> bool:
    return start.startswith(PACKAGE_START)


def is_old_office(start: bytes) -> bool:
    return start.startswith(OLD_OFFICE_START)


class Package:
    """An Office file whose list of parts was found harmless. Codes start with `kind`, the file's usual ending."""

    def __init__(self, file: BinaryIO, *, kind: str) -> None:
        self.kind = kind
        self._archive = self._opened(file)
        self._parts = {part.filename: part for part in self._archive.infolist()}
        file.seek(0, 2)
        self._judge_list(file.tell())
        self._judge_macros()

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    @property
    def names(self) -> list[str]:
        return list(self._parts)

    def size(self, name: str) -> int:
        return self._parts[name].file_size

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A part as a stream. What turns out not to be XML or not to unpack is refused while it is read."""
        if name not in self._parts:
            raise not_this_type()
        with self._refusing_broken(), self._archive.open(self._parts[name]) as part:
            yield part

    def tree(self, name: str) -> Element:
        """A small part as a whole; entities and document types are refused."""
        if name in self._parts and self.size(name) > SMALL_PART:
            raise self.too_large()
        with self.open(name) as part:
            root: Element = fromstring(part.read(), forbid_dtd=True)
            return root

    def targets(self, name: str) -> dict[str, str]:
        """The relations of a part by their id, as names of parts. Refuses what the file would fetch from elsewhere."""
        folder, _slash, last = name.rpartition("/")
        relations = f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"
        if relations not in self._parts:
            return {}
        return {
            relation.get("Id", ""): _part_name(folder, relation.get("Target", ""))
            for relation in self.tree(relations)
            if relation.get("TargetMode") != "External"
        }

    def refuse_external(self) -> None:
        """Refuse every relation that leads out of the file, except the links of cells, which nobody follows here."""
        if any(EXTERNAL_NAME.search(name) for name in self._parts):
            raise self._external()
        for name in self._parts:
            if name.endswith(".rels"):
                for relation in self.tree(name):
                    is_link = relation.get("Type", "").endswith("/hyperlink")
                    if relation.get("TargetMode") == "External" and not is_link:
                        raise self._external()

    def too_large(self) -> FileRefused:
        message = _("The file is too large once unpacked. Save it as CSV, or divide it.")
        return FileRefused(f"{self.kind}.too_large", message)

    def _opened(self, file: BinaryIO) -> zipfile.ZipFile:
        file.seek(0)
        start = file.read(8)
        if is_old_office(start):
            if _holds(file, ENCRYPTED_MARK):
                raise self._encrypted()
            raise not_this_type()
        if not is_package(start):
            raise not_this_type()
        file.seek(0)
        try:
            return zipfile.ZipFile(file)
        except (zipfile.BadZipFile, UnicodeError, ValueError, OverflowError) as error:
            raise not_this_type() from error

    def _judge_list(self, length: int) -> None:
        parts = self._archive.infolist()
        if len(parts) > MOST_PARTS:
            raise self.too_large()
        if any(BAD_NAME.search(part.orig_filename) for part in parts) or CONTENT_TYPES not in self._parts:
            raise not_this_type()
        if len({part.filename.lower() for part in parts}) < len(parts) or any(
            part.compress_type not in METHODS for part in parts
        ):
            raise not_this_type()
        if any(part.flag_bits & 1 for part in parts):
            raise self._encrypted()
        if len({part.header_offset for part in parts}) < len(parts) or min(p.header_offset for p in parts):
            raise not_this_type()
        packed = sum(part.compress_size for part in parts)
        if packed > length or sum(part.file_size for part in parts) > MOST_BYTES:
            raise self.too_large()
        if any(p.file_size > RATIO_FROM and p.file_size > MOST_RATIO * max(p.compress_size, 1) for p in parts):
            raise self.too_large()

    def _judge_macros(self) -> None:
        with self.open(CONTENT_TYPES) as part:
            types = part.read(SMALL_PART).lower()
        if any(MACRO_NAME.search(name) for name in self._parts) or any(mark.lower() in types for mark in MACRO_TYPES):
            message = _("The file holds macros or other active content. Save it without them.")
            raise FileRefused(f"{self.kind}.macros", message)

    @contextmanager
    def _refusing_broken(self) -> Iterator[None]:
        try:
            yield
        except BROKEN as error:
            message = _("A part of the file is damaged, or holds what no office program writes.")
            raise FileRefused(f"{self.kind}.xml", message) from error

    def _encrypted(self) -> FileRefused:
        message = _("The file is protected by a password. Save it without one.")
        return FileRefused(f"{self.kind}.encrypted", message)

    def _external(self) -> FileRefused:
        message = _("The file takes data from other files or addresses. Paste the values and remove the links.")
        return FileRefused(f"{self.kind}.external", message)


def not_this_type() -> FileRefused:
    return FileRefused("file.type", _("This is not the kind of file that its name says."))


def _holds(file: BinaryIO, mark: bytes) -> bool:
    kept = b""
    while block := file.read(BLOCK):
        if mark in kept + block:
            return True
        kept = block[-len(mark) :]
    return False


def local_name(element: Element) -> str:
    """An element's name without its namespace: the transitional and the strict form of the format differ only there."""
    return str(element.tag).rpartition("}")[2]


def _part_name(folder: str, target: str) -> str:
    """The archive's name of a relation's target, which is absolute, or relative to the part's folder."""
    if target.startswith("/"):
        return target[1:]
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
