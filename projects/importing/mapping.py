"""How the columns of one file become fields of a register: places, meanings of words, and what may be left empty."""

from collections.abc import Iterable
from collections.abc import Mapping as Readable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput
from core.reading import FileRefused
from projects.importing import days
from projects.importing.fields import fields_of
from projects.importing.values import squeezed

# Spellings of "nothing is known" in registers of other houses. In a sheet of our own, text is what it says.
BLANKS = ("n/a", "na", "n.a.", "none", "null", "nil", "-", "–", "—", "not applicable", "not stated", "unknown")


@dataclass(frozen=True, slots=True)
class Mapping:
    """`columns` is {field: position}; `kept` are columns whose text goes below the summary.

    `department` is the safe code of the one department that all rows belong to; without it a column says so.
    `leaves_unreadable`: an optional cell that cannot be read is left empty with a note, instead of refusing its row.
    `titles_repeat`: two rows of one title are two projects. `newest_by`: of rows about one thing, the one
    with the greatest value in this column stands. `withheld`: numbers that are sections of an Act, not money.
    """

    columns: dict[str, int] = field(default_factory=dict)
    kept: list[int] = field(default_factory=list)
    department: str = ""
    days: str = days.ISO
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    blanks: list[str] = field(default_factory=lambda: list(BLANKS))
    withheld: list[str] = field(default_factory=list)
    withheld_in: list[int] = field(default_factory=list)
    leaves_unreadable: bool = False
    titles_repeat: bool = False
    newest_by: int | None = None
    is_ours: bool = False
    profile: str = ""

    @classmethod
    def from_json(cls, kept: Readable[str, Any]) -> Self:
        known = {name: value for name, value in kept.items() if name in cls.__dataclass_fields__}
        return cls(**known)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def is_blank(self, text: str) -> bool:
        found = squeezed(text)
        return not found or found in self.blanks

    def with_words(self, words: Readable[str, Readable[str, str]]) -> Self:
        """With more words of the file given a meaning."""
        joined = {name: dict(meanings) for name, meanings in self.words.items()}
        for name, meanings in words.items():
            joined.setdefault(name, {}).update({squeezed(word): meaning for word, meaning in meanings.items()})
        return replace(self, words=joined)

    def unmapped(self, heading: Iterable[str]) -> list[int]:
        """Positions of columns that nothing is read from."""
        used = {*self.columns.values(), *self.kept, self.newest_by}
        return [position for position, _name in enumerate(heading) if position not in used]


def judge(mapping: Mapping, *, kind: str, heading: list[str]) -> Mapping:
    """Refuse a mapping that cannot work: an unknown field, a place the file does not have, a need that is not met."""
    fields = fields_of(kind)
    width = len(heading)
    for name, position in mapping.columns.items():
        if name not in fields or not 0 <= position < width:
            raise InvalidInput("mapping.unknown", _("A column is mapped to a field that is not known here."))
    for position in (*mapping.kept, *([] if mapping.newest_by is None else [mapping.newest_by])):
        if not 0 <= position < width:
            raise InvalidInput("mapping.unknown", _("The file does not have that column."))
    taken = list(mapping.columns.values())
    twice = next((position for position in taken if taken.count(position) > 1), None)
    if twice is not None:
        message = _("The column “%(name)s” is mapped twice.") % {"name": heading[twice][:40]}
        raise InvalidInput("mapping.twice", message)
    if mapping.days not in days.ORDERS:
        raise InvalidInput("choice.invalid", _("Choose one of the entries offered."), fields={"days": []})
    _refuse_equal_headings(mapping, heading)
    _refuse_missing(mapping, kind)
    return mapping


def _refuse_equal_headings(mapping: Mapping, heading: list[str]) -> None:
    """Equal headings are refused only where one of them is wanted: nobody could say which was meant next time."""
    for position in (*mapping.columns.values(), *mapping.kept):
        if heading.count(heading[position]) > 1:
            message = _("Two columns are called “%(name)s”.") % {"name": heading[position][:40]}
            raise FileRefused("csv.header_duplicate", message)


def _refuse_missing(mapping: Mapping, kind: str) -> None:
    if "reference" in mapping.columns:
        return
    if kind == "procedures":
        raise InvalidInput("mapping.missing", _("A file of procedures needs a column with our references."))
    if "title_en" not in mapping.columns:
        raise InvalidInput("mapping.missing", _("Say which column holds the title."))
    if not mapping.department and "department" not in mapping.columns:
        message = _("Say which column names the department, or choose one department for the whole file.")
        raise InvalidInput("mapping.missing", message)
