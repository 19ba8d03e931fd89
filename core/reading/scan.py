"""A fast look over the bytes of an unpacked part, before a parser builds anything from it (TRUST 4.4, XL-02, XL-12).

It only makes refusals early: the reader keeps the same limits, whatever this look misses.
"""

from collections.abc import Callable
import re
from typing import IO

from django.utils.translation import gettext_lazy as _

from core.reading.faults import FileRefused

BLOCK = 1 << 20
OVERLAP = 256  # no tag that is looked for is longer
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]{0,80}?ref=[\"']\$?[A-Z]{1,3}\$?1(?:[\"':])")


def scan_sheet(part: IO[bytes], *, most_rows: int, too_large: Callable[[], FileRefused]) -> None:
    """Refuse a sheet of too many rows, of endless texts, or whose heading has merged cells."""
    rows, kept = 0, b""
    while block := part.read(BLOCK):
        _refuse_endless(block, too_large)
        seen = kept + block
        rows += sum(1 for _found in ROW.finditer(seen, len(kept)))
        if rows > most_rows + 1:
            raise too_large()
        if MERGED.search(seen):
            message = _("The first row must be the heading: one text in each column, none merged, none worked out.")
            raise FileRefused("xlsx.header", message)
        kept = seen[-OVERLAP:]


def scan_text(part: IO[bytes], *, too_large: Callable[[], FileRefused]) -> None:
    """Refuse a part with one endless text or tag."""
    while block := part.read(BLOCK):
        _refuse_endless(block, too_large)


def _refuse_endless(block: bytes, too_large: Callable[[], FileRefused]) -> None:
    if len(block) == BLOCK and b"<" not in block:
        raise too_large()
