"""The bytes of an offered file, kept under a server name until the import is confirmed or withdrawn.

Larger than a document may be and in any declared encoding, so not among them; past the same virus scanner.
"""

from collections.abc import Iterator
from contextlib import contextmanager
import secrets
from typing import BinaryIO, cast

from django.core.files import File
from django.core.files.storage import default_storage

from core import uploads
from core.uploads.names import shown_name

FOLDER = "imports"


@contextmanager
def keeping(file: BinaryIO, *, file_name: str) -> Iterator[str]:
    """The server name of the file, for the time of the block that records it: when that fails, the file goes again."""
    uploads.scan(file)
    file.seek(0)
    name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.{ending(file_name)}", File(file))
    is_recorded = False
    try:
        yield name
        is_recorded = True
    finally:
        if not is_recorded:
            default_storage.delete(name)


def opened(name: str) -> BinaryIO:
    return cast(BinaryIO, default_storage.open(name, "rb"))


def drop(name: str) -> None:
    default_storage.delete(name)


def shown(file_name: str) -> str:
    """The sender's name for the file, made fit to be shown."""
    return shown_name(file_name, ending=ending(file_name))


def ending(file_name: str) -> str:
    return "xlsx" if file_name.lower().endswith(".xlsx") else "csv"
