"""The lists that can be asked as a file. Each app registers its own, so that this one need not know them:

    lists.register(lists.List("projects", _("Projects"), "projects:project-list", build=exports.of_address))

`build(reader)` reads the address as the page does and refuses what the page refuses.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core import as_at, params
from core.errors import InvalidInput, Text
from core.exports import FORMATS, SPOKEN_APART, Export
from core.listing import Reader

# Rows that are made while the reader waits; one more and the file becomes a job. A workbook of so many takes a second.
MOST_AT_ONCE = {"csv": 20_000, "xlsx": 20_000, "json": 20_000, "pdf": 500}
MOST_COPIED = 199_999  # of a CSV that the database writes by itself (TRUST EX-09)
MOST_PRINTED_ROWS = 5_000
MOST_SHEET_ROWS = 1_048_575


@dataclass(frozen=True, slots=True)
class List:
    """One list: how it is named, where its page is, and how its file is built from an address.

    `placed` names parameters that are part of the path of its page, such as whose page it is.
    """

    name: str
    label: Text
    url_name: str
    build: Callable[[Reader], Export]
    placed: tuple[str, ...] = ()

    def address(self, query: str) -> str:
        """Its page under the parameters of a file of it."""
        asked = QueryDict(query, mutable=True)
        here = reverse(self.url_name, args=[asked.pop(name, [""])[-1] for name in self.placed])
        return f"{here}?{asked.urlencode()}" if asked else here


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file as it was asked for: which list, under which address, in which format, with which columns."""

    list_name: str
    query: str
    file_format: str
    columns: tuple[str, ...] = ()

    def moment(self) -> as_at.Moment | None:
        return as_at.asked(QueryDict(self.query))

    def build(self, user: User) -> Export:
        """Exactly the rows that this person sees there, now."""
        return get(self.list_name).build(Reader(user, QueryDict(self.query))).only(self.columns)


_lists: dict[str, List] = {}


def register(found: List) -> None:
    _lists[found.name] = found


def get(name: str) -> List:
    if name not in _lists:
        raise InvalidInput("choice.invalid", _("Choose one of the entries offered."), fields={"list": []})
    return _lists[name]


def choices() -> list[tuple[str, Text]]:
    return [(each.name, each.label) for each in _lists.values()]


def label(name: str) -> Text:
    """Of a list that may have gone since: then its name."""
    return _lists[name].label if name in _lists else name


def wanted(name: str, query: QueryDict) -> Wanted:
    """What an address asks for. `filename` is known and never believed: names of files are ours (TRUST EX-10)."""
    file_format = _once(query, "format", "csv")
    if file_format not in FORMATS:
        raise InvalidInput("export.format", _("Files come as CSV, XLSX, JSON or PDF."), fields={"format": []})
    columns = tuple(filter(None, ",".join(query.getlist("columns")).split(",")))
    kept = QueryDict(mutable=True)
    for key in sorted(query):
        if key not in SPOKEN_APART | {"list"} and any(query.getlist(key)):
            kept.setlist(key, query.getlist(key))
    return Wanted(name, kept.urlencode(), file_format, columns)


def _once(query: QueryDict, name: str, default: str = "") -> str:
    values = query.getlist(name)
    if len(values) > 1:
        raise params.repeated(name)
    return values[0] if values else default


def most_at_once(export: Export, file_format: str) -> int:
    """How many rows are sent at once; more become a job."""
    return MOST_COPIED if file_format == "csv" and export.cells is not None else MOST_AT_ONCE[file_format]


def refuse_impossible(total: int, file_format: str) -> None:
    """A format that could not hold so many rows is refused before anything is made."""
    most = {"xlsx": MOST_SHEET_ROWS, "pdf": MOST_PRINTED_ROWS}.get(file_format)
    if most is not None and total > most:
        told = {"format": file_format.upper(), "most": f"{most:,}"}
        message = _("%(format)s holds at most %(most)s rows; ask for CSV, or filter the list.") % told
        raise InvalidInput("export.rows", message, fields={"format": [message]})
