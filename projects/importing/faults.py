"""What an import refuses, and how it says so: file, row, column, code and a sentence (TRUST 4.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import Text, TooLarge, Unprocessable

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one row. Rows are counted from 1 below the header; column is its heading, or empty."""

    row: int
    column: str
    code: str
    message: Text

    def as_dict(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "code": self.code, "message": str(self.message)}


class FileRefused(Unprocessable):
    """The file cannot be read as a table at all, or only up to `row`."""

    def __init__(self, code: str, message: Text, *, row: int | None = None) -> None:
        super().__init__(code, message)
        self.row = row


class TooManyRows(TooLarge):
    def __init__(self, most: int) -> None:
        super().__init__("csv.rows", _("The file has more than %(most)s rows.") % {"most": f"{most:,}"})


class RowsRefused(Unprocessable):
    """Some rows are refused and the person has not agreed to leave them out. Nothing was stored."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        message = _("%(count)s faults were found; nothing was stored.") % {"count": len(faults)}
        super().__init__("import.refused", message)
        self.total = len(faults)
        self.faults = list(faults[:SHOWN])
