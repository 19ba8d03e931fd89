"""Rows of a file of readings, judged one by one; the same judgement shows the preview and reports the rows."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError, InvalidInput, Text, Unprocessable
from core.reading import FileRefused, Row, open_table
from core.tabular import Column, csv_lines
from core.verdicts import Verdict as Answer
from kpis import policies
from kpis.breakdown_wording import cell_words
from kpis.models import Kpi, Series
from kpis.numbers import shown
from kpis.rules.intake import Moment, Stored
from kpis.rules.refusal import Refused
from kpis.rules.values import Measured, number
from kpis.services.definitions import running_series
from kpis.services.intake import newest_revisions
from kpis.services.locks import open_from_of
from kpis.services.readings import cell_of, measured_of, period_of
from kpis.wording import refusal_sentence

PARTS = ("value", "numerator", "denominator")
COLUMNS = ("kpi", "period", *PARTS)
GROUP = "cell"  # a column that may be left out
MOST_ROWS = 2_000


class Kind(StrEnum):
    NEW = "new"
    CORRECTION = "correction"
    SAME = "same"  # stored before, or given twice
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """One row: what it would report, or the column and the reason why it is refused."""

    number: int
    cells: Mapping[str, str]
    kind: Kind
    kpi: Kpi | None = None
    moment: Moment | None = None
    measured: Measured | None = None
    earlier: Stored | None = None
    column: str = ""
    code: str = ""
    reason: Text = ""

    @property
    def held(self) -> str:
        """What the refused cell holds."""
        return self.cells.get(self.column, "")

    @property
    def revision(self) -> int:
        return self.earlier.revision + 1 if self.earlier else 1

    @property
    def stored_words(self) -> str:
        return shown(self.earlier.measured.value) if self.earlier else "—"

    @property
    def value_words(self) -> str:
        return shown(self.measured.value) if self.measured else ""

    @property
    def group_words(self) -> str:
        return cell_words(self.moment.cell) if self.moment else ""

    @property
    def is_reported(self) -> bool:
        return self.kind in {Kind.NEW, Kind.CORRECTION}


def template() -> str:
    """A file with the heading alone, which `read` takes back."""
    return "".join(csv_lines([Column(name, name) for name in (*COLUMNS, GROUP)], []))


def read(file: BinaryIO, *, file_name: str, encoding: str) -> list[dict[str, Any]]:
    """The rows of the file as they are kept: number, cells by column, and a cell that no value can be read from."""
    try:
        table = open_table(file, file_name=file_name, encoding=encoding, most_rows=MOST_ROWS)
        places = {
            column.name: column.position
            for column in table.exactly((*COLUMNS, GROUP) if GROUP in table.heading else COLUMNS)
        }
        return [_kept(row, places) for row in table.rows()]
    except FileRefused as refused:
        raise Unprocessable(refused.code, refused.message, fields={"file": [refused.message]}) from refused


def judged(rows: Iterable[Mapping[str, Any]], *, user: User, reason: str) -> list[Judged]:
    """Every row as it stands now: new, a correction, known, or refused with its reason."""
    rows = list(rows)
    judge = _Judge(user, {row["cells"]["kpi"] for row in rows})
    found = [judge.row(row) for row in rows]
    stored = newest_revisions(row.moment for row in found if row.moment)
    return list(_sorted(found, stored, has_reason=bool(reason)))


def _kept(row: Row, places: Mapping[str, int]) -> dict[str, Any]:
    kept: dict[str, Any] = {"number": row.number, "cells": {}}
    for name, position in places.items():
        try:
            text = row.day_text(position) if name == "period" else row.text(position)
        except DomainError as error:
            text = row.cells[position]
            kept["unread"] = {"column": name, "code": error.code}
        kept["cells"][name] = text.strip()
    return kept


def _sorted(rows: Sequence[Judged], stored: Mapping[Moment, Stored], *, has_reason: bool) -> Iterator[Judged]:
    seen: dict[Moment, Measured] = {}
    for row in rows:
        if row.moment is None or row.measured is None:
            yield row
            continue
        earlier, before = stored.get(row.moment), seen.setdefault(row.moment, row.measured)
        if before is not row.measured and before != row.measured:
            yield _refused(row, "conflict", _("This file gives two values for this period."))
        elif before is not row.measured or (earlier and earlier.measured == row.measured):
            yield replace(row, kind=Kind.SAME)
        elif earlier and not has_reason:
            yield _refused(row, "reason.required", _("Say why the earlier value is corrected."))
        else:
            yield replace(row, kind=Kind.CORRECTION if earlier else Kind.NEW, earlier=earlier)


def _refused(row: Judged, code: str, reason: Text) -> Judged:
    return Judged(row.number, row.cells, Kind.REFUSED, kpi=row.kpi, column="value", code=code, reason=reason)


class _Judge:
    """Judges the rows of one file for one person; its KPIs are read together. All are of the first one's department."""

    def __init__(self, user: User, references: Collection[str]) -> None:
        self.user = user
        self.department: int | None = None
        kpis = Kpi.objects.visible_to(user).select_related("project__department", "definition")
        self._kpis = {kpi.reference: kpi for kpi in kpis.filter(reference__in=references)}
        self._series = running_series(self._kpis.values())
        self._open_from = open_from_of([series.pk for series in self._series.values()])
        self._may_type: dict[tuple[bool, int], Answer] = {}

    def row(self, kept: Mapping[str, Any]) -> Judged:
        cells: Mapping[str, str] = kept["cells"]
        column, kpi = "kpi", None
        try:
            if "unread" in kept:
                column = kept["unread"]["column"]
                raise InvalidInput(kept["unread"]["code"], _("This cell holds a formula or an error, not a value."))
            kpi, series, opens = self._kpi(cells["kpi"])
            column = "period"
            start = period_of(kpi, series, cells["period"], open_from=opens)
            column = GROUP
            cell = cell_of(series, cells.get(GROUP, ""))
            parts: dict[str, Decimal | None] = {}
            for column in PARTS:
                parts[column] = _number(cells[column])
            column = "numerator" if series.definition.is_ratio else "value"
            result = measured_of(series, **parts)
        except DomainError as error:
            return Judged(
                kept["number"], cells, Kind.REFUSED, kpi=kpi, column=column, code=error.code, reason=error.message
            )
        return Judged(kept["number"], cells, Kind.NEW, kpi=kpi, moment=Moment(series.pk, start, cell), measured=result)

    def _kpi(self, reference: str) -> tuple[Kpi, Series, date]:
        kpi = self._kpis.get(reference)
        if kpi is None:
            raise InvalidInput("choice.invalid", _("There is no such KPI."))
        standing = policies.standing_to(self.user, kpi)
        if standing not in self._may_type:
            self._may_type[standing] = policies.can_type_reading(self.user, kpi)
        self._may_type[standing].or_raise()
        self.department = self.department or kpi.project.department_id
        if kpi.project.department_id != self.department:
            raise Unprocessable("file.department", _("A file holds the readings of one department."))
        series = self._series[kpi.pk]
        return kpi, series, self._open_from.get(series.pk, date.min)


def _number(text: str) -> Decimal | None:
    try:
        return number(text) if text else None
    except Refused as refused:
        raise InvalidInput(refused.code, refusal_sentence(refused.code)) from refused
