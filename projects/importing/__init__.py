"""The way into the register for files: a proposal that a person sees, then one set stored whole or not at all."""

from projects.importing.batches import confirm, import_file, map_columns, offer, say_words, withdraw
from projects.importing.departments import load_departments
from projects.importing.faults import Fault, FileRefused, RowsRefused, TooManyRows
from projects.importing.mapping import Mapping

__all__ = [
    "Fault",
    "FileRefused",
    "Mapping",
    "RowsRefused",
    "TooManyRows",
    "confirm",
    "import_file",
    "load_departments",
    "map_columns",
    "offer",
    "say_words",
    "withdraw",
]
