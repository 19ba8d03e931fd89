"""The way into the register for files: a proposal that a person sees, then one set stored whole or not at all."""

from projects.importing.departments import load_departments
from projects.importing.faults import Fault, FileRefused, RowsRefused, TooManyRows
from projects.importing.proposal import Proposal, propose
from projects.importing.storing import confirm, import_file, preview

__all__ = [
    "Fault",
    "FileRefused",
    "Proposal",
    "RowsRefused",
    "TooManyRows",
    "confirm",
    "import_file",
    "load_departments",
    "preview",
    "propose",
]
