"""What a file is, by its content. The name only says which kind the sender means; both must agree."""

import codecs
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from core.errors import Unprocessable
from core.reading.faults import FileRefused
from core.reading.packages import Package
from core.uploads.pdf import active, is_pdf, refuse_active

BLOCK = 1 << 16
PNG_START = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
PNG_END = b"IEND\xaeB`\x82"
JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
TEXT_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: the ending it is kept under, what it is served as, and the judge of its content."""

    ending: str
    media_type: str
    judge: Callable[[BinaryIO], None]


def recognise(file: BinaryIO, *, name: str, kinds: Iterable[str]) -> Kind:
    """The kind of the file, which is one of `kinds`. Raises `file.empty`, `file.type`, `file.encrypted`, `file.active`.

    Leaves the file at its beginning.
    """
    file.seek(0, 2)
    if file.tell() == 0:
        raise Unprocessable("file.empty", _("The file is empty."))
    ending = PurePath(name).suffix.lower().lstrip(".")
    kind = KINDS.get(ENDINGS.get(ending, ending))
    if kind is None or kind.ending not in kinds:
        raise not_this_type()
    file.seek(0)
    kind.judge(file)
    file.seek(0)
    return kind


def not_this_type() -> Unprocessable:
    known = ", ".join(f".{ending}" for ending in DOCUMENT_KINDS)
    message = _("The file is not what its name says, or not of a kind that is kept here. Kept are: %(known)s.")
    return Unprocessable("file.type", message % {"known": known})


def _pdf(file: BinaryIO) -> None:
    data = file.read()
    if not is_pdf(data):
        raise not_this_type()
    refuse_active(data)


def _png(file: BinaryIO) -> None:
    if file.read(len(PNG_START)) != PNG_START or PNG_END not in _tail(file):
        raise not_this_type()


def _jpg(file: BinaryIO) -> None:
    if file.read(len(JPEG_START)) != JPEG_START or JPEG_END not in _tail(file):
        raise not_this_type()


def _office(kind: str, main: str) -> Callable[[BinaryIO], None]:
    def judge(file: BinaryIO) -> None:
        try:
            package = Package(file, kind=kind)
            if main not in package:
                raise not_this_type()
            package.refuse_external()
        except FileRefused as error:
            raise _as_upload(error) from error

    return judge


def _as_upload(error: FileRefused) -> Unprocessable:
    """The reader's refusal of a package in the words of an upload, which has no rows and no heading."""
    what = error.code.partition(".")[2]
    if what in ("macros", "external"):
        return active()
    if what == "encrypted":
        return Unprocessable("file.encrypted", error.message)
    return not_this_type()


def _text(file: BinaryIO) -> None:
    """Letters in UTF-8, or in UTF-16 with its mark, and no control characters."""
    start = file.read(2)
    file.seek(0)
    encoding = "utf-16" if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8"
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while block := file.read(BLOCK):
            _refuse_controls(decoder.decode(block))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise not_this_type() from error


def _refuse_controls(text: str) -> None:
    if any(chr(code) in text for code in TEXT_CONTROLS):
        raise not_this_type()


def _tail(file: BinaryIO) -> bytes:
    """The last block: a picture that was cut off has no end there."""
    file.seek(0, 2)
    file.seek(max(file.tell() - BLOCK, 0))
    return file.read()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {"jpeg": "jpg"}
KINDS = {
    kind.ending: kind
    for kind in (
        Kind("pdf", "application/pdf", _pdf),
        Kind("png", "image/png", _png),
        Kind("jpg", "image/jpeg", _jpg),
        Kind("docx", WORD, _office("docx", "word/document.xml")),
        Kind("xlsx", SHEET, _office("xlsx", "xl/workbook.xml")),
        Kind("csv", "text/csv", _text),
        Kind("txt", "text/plain", _text),
    )
}
DOCUMENT_KINDS = tuple(KINDS)
