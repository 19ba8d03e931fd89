"""The government's bureaux and departments, from `data/hk_departments.csv`."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from core.errors import DomainError
from core.simplified import simplified
from projects.importing import values
from projects.importing.faults import Fault, RowsRefused
from projects.importing.table import Row, read

FILE = Path(settings.BASE_DIR) / "data" / "hk_departments.csv"
COLUMNS = ("code", "name_en", "name_zh", "kind", "parent_bureau_code")
KINDS = {str(kind): kind for kind in Department.Kind.values}
READERS: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("code", "code", lambda text: values.needed_line(text, longest=16)),
    ("name_en", "name_en", lambda text: values.needed_line(text, longest=200)),
    ("name_zh", "name_zh_hant", lambda text: values.line(text, longest=200)),
    ("kind", "kind", lambda text: values.word(text, KINDS)),
)


def safe_code(code: str) -> str:
    """The form of a code that stands in references and addresses: capitals and digits, `&` read as N (for "and").

    Leaving `&` out would make `C&SD` (Census and Statistics) the same as `CSD` (Correctional Services);
    see docs/decisions/0004-safe-department-codes.md.
    """
    return "".join(letter for letter in code.upper().replace("&", "N") if letter.isascii() and letter.isalnum())


def load_departments(path: Path = FILE) -> int:
    """Enter every department of the file that is not there yet, with its bureau; returns how many were new."""
    with path.open("rb") as file:
        return store_departments(file)


@transaction.atomic
def store_departments(file: BinaryIO) -> int:
    """As `load_departments`, for an open file. Refuses the whole file at any fault in any row."""
    rows = list(read(file, columns=COLUMNS))
    known = {department.code: department for department in Department.objects.all()}
    faults: list[Fault] = []
    made = [_department(row, faults) for row in rows]
    faults += _faults_of_codes(rows, made, known)
    if faults:
        raise RowsRefused(faults)
    new = [department for department in made if department.code not in known]
    Department.objects.bulk_create(new)
    _join_to_parents(rows, {department.code for department in new})
    return len(new)


def _department(row: Row, faults: list[Fault]) -> Department:
    """The row as a department; what cannot be read stays empty and is among the faults."""
    made = Department()
    for column, name, reader in READERS:
        try:
            setattr(made, name, reader(row.cells[column]))
        except DomainError as error:
            faults.append(Fault(row.number, column, error.code, error.message))
    made.safe_code = safe_code(made.code)
    made.name_zh_hans = simplified(made.name_zh_hant)
    return made


def _faults_of_codes(rows: list[Row], made: list[Department], known: dict[str, Department]) -> list[Fault]:
    """Codes used twice, safe codes that would be shared, and bureaux that are not there."""
    faults: list[Fault] = []
    taken = {department.safe_code: department.code for department in known.values()}
    codes = {department.code for department in made} | known.keys()
    seen: dict[str, int] = {}
    for row, department in zip(rows, made, strict=True):
        if department.code in seen:
            message = _("Row %(row)s and row %(others)s have the same code.") % {
                "row": row.number,
                "others": seen[department.code],
            }
            faults.append(Fault(row.number, "code", "row.duplicate", message))
        elif taken.get(department.safe_code, department.code) != department.code:
            message = _("“%(code)s” and “%(other)s” would look the same in references.") % {
                "code": department.code,
                "other": taken[department.safe_code],
            }
            faults.append(Fault(row.number, "code", "department.safe_code", message))
        seen.setdefault(department.code, row.number)
        taken.setdefault(department.safe_code, department.code)
        parent = row.cells["parent_bureau_code"].strip()
        if parent and parent not in codes:
            message = _("No department has the code “%(code)s”.") % {"code": parent[:40]}
            faults.append(Fault(row.number, "parent_bureau_code", "department.unknown", message))
    return faults


def _join_to_parents(rows: list[Row], new: set[str]) -> None:
    by_code = {department.code: department for department in Department.objects.all()}
    joined = []
    for row in rows:
        code, parent = row.cells["code"].strip(), row.cells["parent_bureau_code"].strip()
        if parent and code in new:
            by_code[code].parent = by_code[parent]
            joined.append(by_code[code])
    Department.objects.bulk_update(joined, ["parent"])
