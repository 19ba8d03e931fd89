"""A file judged row by row against itself and the register. Reads the database, writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
import hashlib
import json
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from projects.importing import hk_register, table
from projects.importing.faults import Fault
from projects.importing.hk_register import Reported
from projects.importing.table import Row
from projects.models import ImportRow, Project

NEW, SAME, REFUSED = ImportRow.Verdict.NEW, ImportRow.Verdict.SAME, ImportRow.Verdict.REFUSED


@dataclass(frozen=True, slots=True)
class Judged:
    """One row, what it would do, and the key it is known by: source, digest of its cells, occurrence."""

    row: Row
    key: str
    reported: Reported
    verdict: str


@dataclass(frozen=True, slots=True)
class Proposal:
    file_name: str
    digest: str
    rows: list[Judged]

    @property
    def faults(self) -> list[Fault]:
        return [fault for judged in self.rows for fault in judged.reported.faults]

    def count(self, verdict: str) -> int:
        return sum(judged.verdict == verdict for judged in self.rows)


def propose(file: BinaryIO, *, file_name: str) -> Proposal:
    """Read and judge a whole file. Raises `FileRefused` or `TooManyRows` when it is not a readable table."""
    found = table.digest(file)
    rows = list(table.read(file, columns=hk_register.COLUMNS))
    return Proposal(file_name, found, judge(rows))


def judge(rows: Iterable[Row]) -> list[Judged]:
    """Every row's verdict: refused with its faults, the same as one stored before, or new."""
    departments = {department.code: department for department in Department.objects.all()}
    keyed = list(_keyed(rows))
    stored = set(
        ImportRow.objects.filter(key__in=[key for _row, key in keyed], project__isnull=False).values_list(
            "key", flat=True
        )
    )
    understood = [(row, key, hk_register.understand(row, departments)) for row, key in keyed]
    _find_duplicates([reported for _row, _key, reported in understood])
    _find_registered([reported for _row, key, reported in understood if key not in stored])
    return [Judged(row, key, reported, _verdict(reported, key in stored)) for row, key, reported in understood]


def _verdict(reported: Reported, is_stored: bool) -> str:
    if reported.faults:
        return REFUSED
    return SAME if is_stored else NEW


def _keyed(rows: Iterable[Row]) -> Iterable[tuple[Row, str]]:
    """Rows without an identity of their own are known by what they say; the same words twice are two occurrences."""
    seen: Counter[str] = Counter()
    for row in rows:
        text = json.dumps([row.cells[column] for column in hk_register.COLUMNS], ensure_ascii=False)
        words = hashlib.sha256(text.encode()).hexdigest()
        seen[words] += 1
        yield row, f"{hk_register.SOURCE}:{words}:{seen[words]}"


def _find_duplicates(found: list[Reported]) -> None:
    """Two rows about one project: both are refused, each naming the other."""
    alike: dict[tuple[int | None, str], list[Reported]] = defaultdict(list)
    for reported in found:
        if reported.department is not None and reported.title_en:
            alike[reported.natural_key].append(reported)
    for twins in alike.values():
        for reported in twins if len(twins) > 1 else ():
            others = ", ".join(str(twin.row) for twin in twins if twin is not reported)
            message = _("Row %(row)s and row %(others)s are about the same project of the same department.") % {
                "row": reported.row,
                "others": others,
            }
            reported.faults.append(Fault(reported.row, "project_title", "row.duplicate", message))


def _find_registered(found: list[Reported]) -> None:
    """A project that is already registered is changed by a person in its own page, never by an import."""
    known = {
        (department, title.casefold()): reference
        for department, title, reference in Project.objects.filter(
            department__in={r.department.pk for r in found if r.department}
        ).values_list("department", "title_en", "reference")
    }
    for reported in found:
        reference = known.get((reported.natural_key[0] or 0, reported.natural_key[1]))
        if reference is not None:
            message = _("This project is already registered as %(reference)s.") % {"reference": reference}
            reported.faults.append(Fault(reported.row, "project_title", "row.registered", message))
