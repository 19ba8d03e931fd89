"""Files that people hand in: judged by what they are, kept under names of our own, given back inertly (TRUST 4.10).

An app that keeps files calls, inside `storing`, the one service that records them:

    with uploads.storing(file, shown_name=name, quota_used=bytes_so_far) as stored:
        services.add_document(stored=stored, ...)

When the service refuses, or its transaction does not commit, the file is gone again.
"""

from core.uploads.answers import attachment
from core.uploads.kinds import DOCUMENT_KINDS, Kind, recognise
from core.uploads.names import shown_name
from core.uploads.scanning import scan
from core.uploads.storing import LARGEST_FILE, SUBJECT_QUOTA, StoredFile, discard, store, storing

__all__ = [
    "DOCUMENT_KINDS",
    "LARGEST_FILE",
    "SUBJECT_QUOTA",
    "Kind",
    "StoredFile",
    "attachment",
    "discard",
    "recognise",
    "scan",
    "shown_name",
    "store",
    "storing",
]
