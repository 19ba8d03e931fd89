"""A file read and judged row by row, a chunk at a time, so that a long file takes no more memory than a short one."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO, TypeVar

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.reading import Row, Table, open_table
from projects.importing.mapping import Mapping
from projects.importing.matching import CHANGED, NEW, REFUSED, SAME, Judged, Keys, Register
from projects.importing.rights import Rights
from projects.importing.understanding import Departments, Reader, Understood

CHUNK = 1_000
MOST_WORDS = 60
T = TypeVar("T")
Progress = Callable[[int], None]


@dataclass(slots=True)
class Summary:
    """What a person needs to know before confirming, counted while the rows went by."""

    verdicts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    words: Counter[tuple[str, str]] = field(default_factory=Counter)
    departments: Counter[str] = field(default_factory=Counter)

    def add(self, one: Judged) -> None:
        self.verdicts[one.verdict] += 1
        self.faults.update({fault["code"] for fault in one.row.faults})
        self.notes.update({note["code"] for note in one.row.notes})
        if len(self.words) < MOST_WORDS:
            self.words.update(one.row.unknown_words)
        if one.row.department is not None and one.verdict in (NEW, CHANGED):
            self.departments[one.row.department.code] += 1

    def refuse(self, verdict: str, code: str, *, dropped: Iterable[str]) -> None:
        """A row that was judged is refused after all; faults that no longer matter are `dropped`."""
        self.verdicts[verdict] -= 1
        self.verdicts[REFUSED] += 1
        self.faults.subtract(dropped)
        self.faults[code] += 1

    def as_json(self, table: Table, mapping: Mapping) -> dict[str, Any]:
        return {
            "rows": sum(self.verdicts.values()),
            "verdicts": {name: self.verdicts[name] for name in (NEW, CHANGED, SAME, REFUSED)},
            "faults": {code: count for code, count in self.faults.most_common() if count},
            "notes": dict(self.notes.most_common()),
            "words": [[name, word, count] for (name, word), count in self.words.most_common()],
            "departments": dict(self.departments.most_common()),
            "unmapped": [table.columns[place].shown[:120] for place in mapping.unmapped(table.heading)],
            "file_notes": [[note.code, str(note.message)] for note in table.notes],
        }


class Proposal:
    """The rows of an open file, judged as they are asked for. Reads the database, writes nothing."""

    def __init__(
        self,
        file: BinaryIO,
        *,
        file_name: str,
        encoding: str,
        source: str,
        kind: str,
        mapping: Mapping,
        actor: User | str,
    ) -> None:
        self.table = open_table(file, file_name=file_name, encoding=encoding)
        self.mapping = mapping
        self.rights = Rights(actor, lenient=mapping.leaves_unreadable)
        self.summary = Summary()
        self._keys = Keys(source, mapping)
        heading = [column.shown for column in self.table.columns]
        is_text = not file_name.lower().endswith(".xlsx")
        self._reader = Reader(mapping, kind=kind, heading=heading, departments=Departments(), is_text_file=is_text)
        self._register = Register(kind=kind, mapping=mapping, actor=actor, rights=self.rights)
        self.periods: dict[int, str] = {}

    def judged(self, *, progress: Progress) -> Iterator[list[Judged]]:
        """Chunks of judged rows. Rows about one thing are found by `matching.duplicates` once all are read."""
        done = 0
        for chunk in chunks(self.table.rows()):
            rows = [self._judged(row) for row in chunk]
            self._register.compare(rows)
            for one in rows:
                self.summary.add(one)
            done += len(rows)
            progress(done)
            yield rows

    def _judged(self, row: Row) -> Judged:
        understood: Understood = self._reader.row(row)
        if self.mapping.newest_by is not None:
            self.periods[row.number] = row.cells[self.mapping.newest_by].strip()
        return Judged(understood, self._keys.of(row, understood), self._keys.natural(understood))


def duplicate_message(code: str, number: int, others: list[int]) -> Any:
    named = ", ".join(str(other) for other in others[:10])
    if code == "row.superseded":
        return _("Row %(others)s is a later record of the same thing.") % {"others": named}
    return _("Row %(row)s and row %(others)s are about the same project of the same department.") % {
        "row": number,
        "others": named,
    }


def chunks(rows: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk


__all__ = ["CHANGED", "CHUNK", "NEW", "REFUSED", "SAME", "Proposal", "Summary", "chunks", "duplicate_message"]
