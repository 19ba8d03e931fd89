"""One row of a file as values of the register: what it says, what refuses it, and what was not taken as it stands."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from core.errors import DomainError, InvalidInput, Text
from core.reading import Row
from core.tabular import as_typed
from projects.importing import values
from projects.importing.days import stated_day
from projects.importing.fields import Field, fields_of, meanings_of
from projects.importing.mapping import Mapping
from projects.importing.values import squeezed
from projects.models import Stage

LONGEST_SUMMARY = 5_000
WITHHELD = _("withheld")
SECTION = re.compile(r"\bsections?\s+([0-9]{1,3})\b", re.IGNORECASE)
EXEMPT = re.compile(r"\b(exempt\w*|withheld|redacted|section [0-9]+)\b", re.IGNORECASE)
NOTES: dict[str, Text] = {
    "date.repaired": _("A spreadsheet showed this year as a day of 1905; it was read as the year."),
    "amount.withheld": _("The source withholds this figure; it was left empty."),
    "stage.contradicted": _("The row says live and gives a date of retirement; its stage is not stated."),
    "text.joined": _("A line break inside the text became a space."),
    "cell.left": _("This could not be read and was left empty: %(reason)s"),
}
PAIRED = {"started_on": "started_precision", "source_on": "source_precision"}


@dataclass(slots=True)
class Understood:
    """`said` has a value for every mapped field that could be read; `cells` is the text it was read from."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    faults: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    unknown_words: list[tuple[str, str]] = field(default_factory=list)

    @property
    def department(self) -> Department | None:
        return self.said.get("department")


class Reader:
    """Reads the rows of one file by its mapping."""

    def __init__(
        self, mapping: Mapping, *, kind: str, heading: list[str], departments: "Departments", is_text_file: bool
    ) -> None:
        self._mapping = mapping
        self._kind = kind
        self._heading = heading
        self._departments = departments
        self._unquotes = mapping.is_ours and is_text_file
        fields = fields_of(kind)
        self._fields = [(fields[name], place) for name, place in mapping.columns.items()]

    def row(self, row: Row) -> Understood:
        """The row of the file: every fault with its column, instead of stopping at the first."""
        found = Understood(row.number)
        for one, place in self._fields:
            try:
                text = row.day_text(place) if one.is_day else row.text(place)
            except DomainError as error:
                self._fault(found, one, error)
                continue
            if text:
                found.cells[one.name] = as_typed(text) if self._unquotes else text
        self._keep_beside(found, row)
        self._withheld_by_row(found, row)
        return self.understand(found)

    def again(self, number: int, cells: dict[str, str]) -> Understood:
        """The row as it was kept when it was previewed."""
        return self.understand(Understood(number, cells=cells))

    def understand(self, found: Understood) -> Understood:
        for one, _place in self._fields:
            self._read(found, one)
        self._settle_department(found)
        if self._kind == "projects":
            self._settle_days(found)
            self._settle_stage(found)
            self._settle_summary(found)
        else:
            self._only_days(found)
        return found

    def _read(self, found: Understood, one: Field) -> None:
        if one.name in {"department"} or any(fault["field"] == one.name for fault in found.faults):
            return
        text = found.cells.get(one.name, "")
        try:
            found.said[one.name] = self._value(found, one, text)
        except DomainError as error:
            if one.is_word:
                found.unknown_words.append((one.name, squeezed(text)))
            if self._mapping.leaves_unreadable and not one.is_needed:
                self._note(found, one.name, "cell.left", NOTES["cell.left"] % {"reason": error.message})
                found.said[one.name] = stated_day("") if one.is_day else one.empty
            else:
                self._fault(found, one, error)

    def _value(self, found: Understood, one: Field, text: str) -> Any:
        mapping = self._mapping
        meanings = mapping.words.get(one.name, {}) if one.is_word else {}
        if one.is_word and squeezed(text) in meanings:
            return values.word(text, meanings)
        if mapping.is_blank(text) and not one.is_needed:
            return stated_day("") if one.is_day else one.empty
        if one.is_day:
            day = stated_day(text, order=mapping.days)
            if day.note:
                self._note(found, one.name, day.note)
            return day
        if one.is_word:
            return values.word(text, {**meanings_of(self._kind, one.name), **meanings})
        if one.name == "reported_funding" and self._is_withheld(text):
            self._note(found, one.name, "amount.withheld")
            return None
        return one.read(self._eased(found, one, text)) if one.read else text

    def _eased(self, found: Understood, one: Field, text: str) -> str:
        """In another house's register a line break in a title is an accident, not a refusal."""
        if not self._mapping.leaves_unreadable or not ("\n" in text or "\r" in text or "\x0b" in text):
            return text
        if one.name.startswith("summary"):
            return values.eased(text)
        if "\n" in text.strip() or "\r" in text.strip():
            self._note(found, one.name, "text.joined")
        return " ".join(text.split())

    def _is_withheld(self, text: str) -> bool:
        return bool(EXEMPT.search(text)) or self._is_section(text)

    def _is_section(self, text: str) -> bool:
        try:
            return any(Decimal(text.strip()) == Decimal(number) for number in self._mapping.withheld)
        except InvalidOperation:
            return False

    def _is_withheld_beside(self, place: int, text: str) -> bool:
        """In columns of figures also by the words of an exemption; elsewhere only a bare number of a section."""
        figures = self._mapping.withheld_in
        return self._is_withheld(text) if place in figures else not figures and self._is_section(text)

    def _withheld_by_row(self, found: Understood, row: Row) -> None:
        """A figure that is the number of a section which the same row invokes is that section, not money."""
        text = found.cells.get("reported_funding", "")
        if not text:
            return
        sections = {number for cell in row.cells for number in SECTION.findall(cell)}
        try:
            is_section = any(Decimal(text.strip()) == Decimal(number) for number in sections)
        except InvalidOperation:
            return
        if is_section:
            found.cells["reported_funding"] = f"section {text.strip()}"

    def _keep_beside(self, found: Understood, row: Row) -> None:
        """Columns kept as text: what the source says about its own body, and figures that are not Hong Kong dollars."""
        lines = []
        for place in self._mapping.kept:
            text = " ".join(row.cells[place].split())
            if self._mapping.is_blank(text):
                continue
            if self._is_withheld_beside(place, text):
                text = str(WITHHELD)
            lines.append(f"{self._heading[place][:60]}: {text[:300]}")
        if lines:
            found.cells["+"] = "\n".join(lines)

    def _settle_department(self, found: Understood) -> None:
        text = found.cells.get("department", "")
        if "department" not in self._mapping.columns:
            if self._mapping.department:
                found.said["department"] = self._departments.of_code(self._mapping.department)
            return
        meanings = self._mapping.words.get("department", {})
        department = self._departments.of_code(meanings.get(squeezed(text), "")) or self._departments.named(text)
        if department is not None:
            found.said["department"] = department
            return
        message = _("No department has the code or the name “%(code)s”.") % {"code": text.strip()[:40]}
        found.unknown_words.append(("department", squeezed(text)))
        self._fault(found, fields_of(self._kind)["department"], InvalidInput("department.unknown", message))

    def _settle_days(self, found: Understood) -> None:
        """A day with its precision; where a column states the precision, that is what counts."""
        for name, precision in PAIRED.items():
            stated = found.said.pop(name, None)
            said = found.said.get(precision)
            if stated is None:
                found.said.pop(precision, None)
                continue
            found.said[name] = stated.first
            found.said[precision] = stated.precision if said in (None, "") or not stated.first else said
            if not stated.first:
                found.said[precision] = ""

    def _only_days(self, found: Understood) -> None:
        """A plan is for a day; a month or a year is not one."""
        stated = found.said.get("planned_on")
        if stated is not None:
            found.said["planned_on"] = stated.first
            if stated.first and stated.precision != "day":
                error = InvalidInput("date.format", _("Write the date as year-month-day, for example 2026-11-22."))
                self._fault(found, fields_of(self._kind)["planned_on"], error)

    def _settle_stage(self, found: Understood) -> None:
        """Live is what the stage says and nothing else in the row denies."""
        retired = found.said.pop("retired_on", None)
        ended: date | None = retired.first if retired else None
        if ended and found.said.get("stage") in (Stage.LIVE, Stage.ROLL_OUT):
            self._note(found, "stage", "stage.contradicted")
            found.said["stage"] = Stage.NOT_STATED.value

    def _settle_summary(self, found: Understood) -> None:
        beside = found.cells.get("+", "")
        if not beside:
            return
        try:
            beside = values.paragraph(beside)
        except DomainError as error:
            self._note(found, "summary_en", "cell.left", NOTES["cell.left"] % {"reason": error.message})
            return
        own = found.said.get("summary_en", "")
        joined = f"{own}\n\n{beside}" if own else beside
        found.said["summary_en"] = joined if len(joined) <= LONGEST_SUMMARY else own

    def _fault(self, found: Understood, one: Field, error: DomainError) -> None:
        found.faults.append(
            {"field": one.name, "column": self._column(one.name), "code": error.code, "message": str(error.message)}
        )

    def _note(self, found: Understood, name: str, code: str, message: Text = "") -> None:
        found.notes.append({"column": self._column(name), "code": code, "message": str(message or NOTES[code])})

    def _column(self, name: str) -> str:
        place = self._mapping.columns.get(name)
        return name if place is None else self._heading[place][:80]


class Departments:
    """Departments by code as written, and by name in any language."""

    def __init__(self) -> None:
        everything = list(Department.objects.all())
        self._codes = {department.safe_code: department for department in everything}
        self._names: dict[str, Department] = {}
        for one in everything:
            for name in (one.name_en, one.name_zh_hant, one.name_zh_hans):
                if name:
                    self._names.setdefault(squeezed(name), one)
        self._written = {department.code: department for department in everything} | {}

    def of_code(self, safe_code: str) -> Department | None:
        return self._codes.get(safe_code)

    def named(self, text: str) -> Department | None:
        written = text.strip()
        return self._written.get(written) or self._codes.get(written) or self._names.get(squeezed(text))
