"""Whether a PDF can do something by itself: scripts, started programs, embedded media (UP-05).

A look at every name in the file and in every compressed part that may hold objects, with names written in
hexadecimal (`/J#61vaScript`) read as what they mean. What cannot be looked into is refused like what was found.
"""

from collections.abc import Iterator
from contextlib import suppress
import re
import zlib

from django.utils.translation import gettext_lazy as _

from core.errors import Unprocessable

START = b"%PDF-"
END = b"%%EOF"
END_OF_OBJECT = b"endobj"
NAME = re.compile(rb"/([^\x00-\x20()<>\[\]{}/%]{2,60})")
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
ACTIVE = frozenset({b"JavaScript", b"Launch", b"Rendition", b"RichMedia", b"ImportData", b"XFA"})
OBJECTS = b"ObjStm"
OTHER_FILTERS = frozenset({b"LZWDecode", b"LZW", b"ASCII85Decode", b"A85", b"ASCIIHexDecode", b"AHx", b"Crypt"})
HEAD = 1 << 10
BLOCK = 1 << 13
LARGEST_OBJECTS = 16 << 20  # unpacked, of one part that may hold objects
LARGEST_TOTAL = 128 << 20
TEXT = frozenset(range(32, 127)) | {0, 9, 10, 12, 13}


def is_pdf(data: bytes) -> bool:
    return data.startswith(START) and END in data


def refuse_active(data: bytes) -> None:
    """Refuse a PDF that could act when opened, or whose objects cannot be seen. Raises `file.active`."""
    names = _names(data)
    if b"Encrypt" in names:
        raise Unprocessable("file.encrypted", _("The file is protected by a password. Save it without one."))
    if names & ACTIVE:
        raise active()
    if OBJECTS not in names:
        return
    if names & OTHER_FILTERS or _has_predicted_objects(data):
        raise active()
    for part in _object_parts(data):
        if _names(part) & ACTIVE:
            raise active()


def active() -> Unprocessable:
    message = _("The file runs something, or fetches something from elsewhere, when it is opened. Save it without.")
    return Unprocessable("file.active", message)


def _names(data: bytes) -> set[bytes]:
    found = set(NAME.findall(data))
    return {HEX.sub(lambda code: bytes([int(code[1], 16)]), name) if b"#" in name else name for name in found}


def _object_parts(data: bytes) -> Iterator[bytes]:
    """Every compressed part that begins as text. Objects do; pictures and fonts do not and are left packed."""
    total = 0
    for found in STREAM.finditer(data):
        head = _unpacked(data, found.end(), HEAD)
        if not head or not TEXT.issuperset(head):
            continue
        part = _unpacked(data, found.end(), LARGEST_OBJECTS)
        total += len(part)
        if len(part) == LARGEST_OBJECTS or total > LARGEST_TOTAL:
            raise active()
        yield part


def _unpacked(data: bytes, start: int, most: int) -> bytes:
    """As much as unpacks, to the very byte: readers show what came before a fault, so a fault hides nothing here.

    The two bytes of heading and the sum at the end are passed over for the same reason.
    """
    inflater, found = zlib.decompressobj(-zlib.MAX_WBITS), bytearray()
    for position in range(start + 2, len(data), BLOCK):
        block, before = data[position : position + BLOCK], inflater.copy()
        try:
            found += inflater.decompress(block, most - len(found))
        except zlib.error:
            with suppress(zlib.error):
                for index in range(len(block)):
                    found += before.decompress(block[index : index + 1], most - len(found))
            break
        if inflater.eof or inflater.unconsumed_tail or len(found) >= most:
            break
    return bytes(found)


def _has_predicted_objects(data: bytes) -> bool:
    """Objects stored as differences between rows show no names when unpacked."""
    for found in STREAM.finditer(data):
        start = max(data.rfind(END_OF_OBJECT, 0, found.start()), found.start() - 4 * HEAD, 0)
        names = _names(data[start : found.start()])
        if OBJECTS in names and b"Predictor" in names:
            return True
    return False
