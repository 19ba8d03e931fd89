"""Where files are kept: outside every served folder, under a random name, readable by the server alone."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
import hashlib
import secrets
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from core.errors import TooLarge
from core.uploads import names
from core.uploads.kinds import DOCUMENT_KINDS, recognise
from core.uploads.scanning import scan

LARGEST_FILE = 20 << 20
SUBJECT_QUOTA = 500 << 20  # all files of one project, procedure or request
BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A kept file: `name` is the server's, `shown_name` the sender's after cleaning, `digest` SHA-256 in hex."""

    name: str
    shown_name: str
    kind: str
    media_type: str
    size: int
    digest: str


def store(
    file: BinaryIO,
    *,
    shown_name: str,
    quota_used: int,
    kinds: Iterable[str] = DOCUMENT_KINDS,
    quota: int = SUBJECT_QUOTA,
) -> StoredFile:
    """Judge a file and keep it. Nothing is kept when it is refused.

    `shown_name` is the sender's; `quota_used` the bytes that its subject has already. Raises `file.max` and
    `file.quota` (413), `file.empty`, `file.type`, `file.active`, `file.encrypted`, `file.malware` (422), or
    `scanner.away` (503).
    """
    size = _size(file)
    if size > LARGEST_FILE:
        raise TooLarge("file.max", _("The file is larger than %(most)s MB.") % {"most": LARGEST_FILE >> 20})
    kind = recognise(file, name=shown_name, kinds=kinds)
    if quota_used + size > quota:
        message = _("There is no room left for this file: all files together may have %(most)s MB.")
        raise TooLarge("file.quota", message % {"most": quota >> 20})
    scan(file)
    digest = _digest(file)
    token = secrets.token_hex(16)
    name = default_storage.save(f"{token[:2]}/{token}.{kind.ending}", File(file))
    return StoredFile(
        name, names.shown_name(shown_name, ending=kind.ending), kind.ending, kind.media_type, size, digest
    )


@contextmanager
def storing(
    file: BinaryIO,
    *,
    shown_name: str,
    quota_used: int,
    kinds: Iterable[str] = DOCUMENT_KINDS,
    quota: int = SUBJECT_QUOTA,
) -> Iterator[StoredFile]:
    """As `store`, for the time of the block that records the file: when the block fails, the file goes again."""
    stored = store(file, shown_name=shown_name, quota_used=quota_used, kinds=kinds, quota=quota)
    with ExitStack() as undo:
        undo.callback(discard, stored.name)
        yield stored
        undo.pop_all()


def discard(name: str) -> None:
    default_storage.delete(name)


def _size(file: BinaryIO) -> int:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    return size


def _digest(file: BinaryIO) -> str:
    found = hashlib.sha256()
    file.seek(0)
    while block := file.read(BLOCK):
        found.update(block)
    file.seek(0)
    return found.hexdigest()
