"""What an import refuses or does not take as it stands: row, column, code and a sentence (TRUST 4.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import Text, Unprocessable
from core.reading import FileRefused, TooManyRows

__all__ = ["SHOWN", "Fault", "FileRefused", "RowsRefused", "TooManyRows"]

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one row. Rows are counted from 1 below the header; column is its heading, or empty."""

    row: int
    column: str
    code: str
    message: Text

    def as_dict(self) -> dict[str, Any]:
        return {"column": self.column, "code": self.code, "message": str(self.message)}

    @classmethod
    def of(cls, row: int, kept: Mapping[str, Any]) -> "Fault":
        return cls(row, kept["column"], kept["code"], kept["message"])


class RowsRefused(Unprocessable):
    """Some rows are refused and the person has not agreed to leave them out. Nothing was stored."""

    def __init__(self, faults: Sequence[Fault], *, total: int | None = None) -> None:
        self.total = len(faults) if total is None else total
        message = _("%(count)s faults were found; nothing was stored.") % {"count": self.total}
        super().__init__("import.refused", message)
        self.faults = list(faults[:SHOWN])
