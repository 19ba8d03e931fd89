"""The importer against the real file and against bad ones (TRUST 4.3, issue 2 "Bad input")."""

import csv
import hashlib
import io
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
import pytest

from accounts.models import Department
from core.errors import InvalidInput
from core.models import LedgerEntry
from projects.importing import FileRefused, RowsRefused, import_file, load_departments
from projects.importing.departments import safe_code
from projects.models import ImportBatch, ImportRow, Procedure, ProcedureFact, Project, ReportedResult

HK_FILE = Path(settings.BASE_DIR) / "data" / "hk_ai_projects.csv"
COLUMNS = HK_FILE.read_text(encoding="utf-8").splitlines()[0].split(",")
HEADING = ",".join(COLUMNS)
GOOD = {
    "department_code": "TD",
    "project_title": "Signals",
    "procedure_name": "Signal control",
    "category": "data_analysis",
    "status": "live",
    "start_or_launch_date": "2025-09",
    "funding_hkd": "499999.99",
}


def csv_of(*rows, heading=COLUMNS):
    text = io.StringIO()
    writer = csv.DictWriter(text, heading)
    writer.writeheader()
    writer.writerows(GOOD | {"project_title": f"Signals {n}"} | row for n, row in enumerate(rows, start=1))
    return text.getvalue()


def file_of(text):
    return io.BytesIO(text if isinstance(text, bytes) else text.encode())


def import_text(text, **more):
    return import_file(file_of(text), file_name="register.csv", **more)


def assert_nothing_stored():
    for model in (Project, Procedure, ImportBatch, ImportRow, ReportedResult, LedgerEntry):
        assert not model.objects.exists(), model


@pytest.fixture
def departments(db):
    load_departments()


@pytest.fixture
def hk_file(departments):
    with HK_FILE.open("rb") as file:
        return import_file(file, file_name=HK_FILE.name)


@pytest.mark.django_db
def test_departments_are_loaded_once_with_their_bureaux_and_distinct_safe_codes():
    assert load_departments() == 88
    assert load_departments() == 0

    assert Department.objects.get(code="ImmD").parent.code == "SB"
    assert {d.code: d.safe_code for d in Department.objects.filter(code__in=["C&SD", "CSD", "C&ED", "ImmD"])} == {
        "C&SD": "CNSD",
        "CSD": "CSD",
        "C&ED": "CNED",
        "ImmD": "IMMD",
    }
    assert Department.objects.get(code="HHB").name_zh_hans == "医务卫生局"


def test_a_safe_code_is_fit_for_a_reference():
    assert safe_code("Govt-Lab 2") == "GOVTLAB2"


def test_the_real_file_is_stored_whole_and_keeps_what_it_does_not_say(hk_file):
    assert (Project.objects.count(), ReportedResult.objects.count()) == (79, 32)
    assert not ProcedureFact.objects.exists()
    statistics = Project.objects.get(title_en="AI and data science in 2026 and 2031 population censuses")
    assert statistics.reference.startswith("CNSD-")
    assert (str(statistics.started_on), statistics.started_precision) == ("2026-01-01", "year")
    assert (str(statistics.source_on), statistics.source_precision) == ("2025-09-01", "month")
    assert (statistics.title_zh_hant, statistics.stage, statistics.was_already_running) == ("", "idea", False)
    assert Project.objects.filter(stage="").count() == 3
    assert Project.objects.filter(started_precision="").count() == 35
    assert Project.objects.filter(was_already_running=True).count() == 42


def test_a_procedure_named_twice_in_a_department_is_one(hk_file):
    inspection = Procedure.objects.get(department__code="HyD", name_en="Road inspection")

    assert inspection.projects.count() == 2
    assert Procedure.objects.count() == 76


def test_an_import_is_one_ledger_entry_with_its_count_and_digest(hk_file):
    entry = LedgerEntry.objects.get()

    assert entry.action == "import.confirmed"
    assert b'"new":79' in bytes(entry.payload)
    assert hashlib.sha256(HK_FILE.read_bytes()).hexdigest().encode() in bytes(entry.payload)


def test_importing_the_same_file_again_changes_nothing(hk_file):
    before = list(Project.objects.values())
    with HK_FILE.open("rb") as file:
        again = import_file(file, file_name="other name.csv")

    assert list(Project.objects.values()) == before
    assert (Procedure.objects.count(), ReportedResult.objects.count()) == (76, 32)
    assert set(again.rows.values_list("verdict", flat=True)) == {"same"}


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        (csv_of({}, {}) + 'TD,"open', "csv.malformed", 3),
        (csv_of({}).encode("utf-16"), "csv.encoding", None),
        (csv_of({}).encode("utf-16-le"), "csv.encoding", None),
        (csv_of({"project_title_zh": "智能交通"}).encode("big5"), "csv.encoding", None),
        (f"{HEADING},category\n", "csv.header_duplicate", None),
        (csv_of({}) + "one,column,short\n", "csv.columns", 2),
        (csv_of({}).rstrip("\r\n") + ",more\r\n", "csv.columns", 1),
        (csv_of({}).replace(",", ";"), "csv.header_missing", None),
        (csv_of({"description": "x" * 40_000}), "csv.field_too_long", 1),
        (csv_of({"description": "x" * 200_000}), "csv.field_too_long", 1),
        ("", "csv.empty", None),
        (f"{HEADING}\n", "csv.empty", None),
        (f"{HEADING}\n\n,,,,,,,,,,,,,,,,,\n", "csv.empty", None),
    ],
)
def test_a_file_that_is_not_such_a_table_is_refused(departments, text, code, row):
    with pytest.raises(FileRefused) as refused:
        import_text(text)

    assert (refused.value.code, refused.value.row) == (code, row)
    assert_nothing_stored()


def test_a_wrong_encoding_names_the_wanted_one(departments):
    with pytest.raises(FileRefused, match="UTF-8"):
        import_text(csv_of({"project_title_zh": "智能交通"}).encode("big5"))


def test_a_file_whose_needed_columns_nobody_mapped_is_refused(departments):
    with pytest.raises(InvalidInput) as refused:
        import_text("name of it,who\nSignals,TD\n")

    assert refused.value.code == "mapping.missing"
    assert_nothing_stored()


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"department_code": "XYZ"}, "department_code", "department.unknown"),
        ({"department_code": "csd "}, "department_code", "department.unknown"),
        ({"project_title": " \u200b"}, "project_title", "blank"),
        ({"project_title": "x" * 301}, "project_title", "max_length"),
        ({"description": "a\x00b"}, "description", "text.control"),
        ({"category": "magic"}, "category", "choice.invalid"),
        ({"status": "deployed"}, "status", "choice.invalid"),
        ({"start_or_launch_date": "2025-13"}, "start_or_launch_date", "date.format"),
        ({"start_or_launch_date": "2026-02-30"}, "start_or_launch_date", "date.format"),
        ({"start_or_launch_date": "Q3 2025"}, "start_or_launch_date", "date.format"),
        ({"start_or_launch_date": "1889"}, "start_or_launch_date", "date.range"),
        ({"source_date": "22/11/2026"}, "source_date", "date.format"),
        ({"funding_hkd": "HK$1.2m"}, "funding_hkd", "amount.format"),
        ({"funding_hkd": "500,00"}, "funding_hkd", "amount.format"),
        ({"funding_hkd": "1e5"}, "funding_hkd", "amount.format"),
        ({"funding_hkd": "１００"}, "funding_hkd", "amount.format"),
        ({"funding_hkd": "-1"}, "funding_hkd", "amount.min"),
        ({"funding_hkd": "499999.995"}, "funding_hkd", "amount.precision"),
        ({"funding_hkd": "1000000000000"}, "funding_hkd", "amount.max"),
        ({"source_url": "javascript:alert(1)"}, "source_url", "address.format"),
    ],
)
def test_a_bad_cell_is_refused_with_its_row_and_column_and_nothing_is_stored(departments, cells, column, code):
    with pytest.raises(RowsRefused) as refused:
        import_text(csv_of({}, cells, {}))

    assert [(fault.row, fault.column, fault.code) for fault in refused.value.faults] == [(2, column, code)]
    assert_nothing_stored()


def test_two_rows_about_one_project_are_both_named(departments):
    with pytest.raises(RowsRefused) as refused:
        import_text(csv_of({"project_title": "Same"}, {}, {"project_title": "SAME"}))

    assert [(fault.row, fault.code) for fault in refused.value.faults] == [(1, "row.duplicate"), (3, "row.duplicate")]
    assert "Row 1 and row 3" in str(refused.value.faults[0].message)
    assert_nothing_stored()


def test_a_project_registered_before_is_not_changed_by_a_file(departments):
    import_text(csv_of({}))
    with pytest.raises(RowsRefused) as refused:
        import_text(csv_of({"funding_hkd": "1.00"}))

    assert [(fault.row, fault.code) for fault in refused.value.faults] == [(1, "row.registered")]
    assert Project.objects.get().reported_funding.to_eng_string() == "499999.99"


def test_refused_rows_are_left_out_only_when_the_person_says_so(departments):
    batch = import_text(csv_of({}, {"funding_hkd": "HK$1.2m"}, {}), leave_refused=True)

    assert Project.objects.count() == 2
    refused = batch.rows.get(verdict="refused")
    assert (refused.number, refused.project, refused.faults[0]["code"]) == (2, None, "amount.format")


def test_a_byte_order_mark_is_welcome_and_formula_text_stays_text(departments):
    import_text(b"\xef\xbb\xbf" + csv_of({"description": "=cmd|' /C calc'!A0"}).encode())

    assert Project.objects.get().summary_en == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("amount", ["499999.99", "500000.00", "20000000.00", "20000000.01"])
def test_an_amount_at_a_tier_edge_is_stored_to_the_cent(departments, amount):
    import_text(csv_of({"funding_hkd": amount}))

    assert str(Project.objects.get().reported_funding) == amount


def test_the_command_reports_and_stores_nothing_on_a_dry_run(departments, capsys):
    call_command("import_register", str(HK_FILE), "--dry-run")

    assert "79 new, 0 changed, 0 already there, 0 refused" in capsys.readouterr().out
    assert_nothing_stored()


def test_the_command_names_file_row_column_and_reason_and_stops(departments, tmp_path, capsys):
    file = tmp_path / "register.csv"
    file.write_text(csv_of({}, {"funding_hkd": "HK$1.2m"}))

    with pytest.raises(CommandError, match="Nothing was stored"):
        call_command("import_register", str(file))

    assert "register.csv: row 2, column funding_hkd: amount.format: Write the amount" in capsys.readouterr().out
    assert_nothing_stored()
    call_command("import_register", str(file), "--leave-refused")
    assert Project.objects.count() == 1


def test_the_command_says_in_one_sentence_that_a_file_cannot_be_read(departments, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_register", str(tmp_path / "none.csv"))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("C-SD,Other,另,department,", "department.safe_code"),
        ("NEW,New,新,department,NONE", "department.unknown"),
        ("NEW,New,新,ministry,", "choice.invalid"),
        ("NEW,,新,department,", "blank"),
    ],
)
def test_a_bad_department_file_is_refused_whole(departments, row, code):
    from projects.importing.departments import store_departments

    with pytest.raises(RowsRefused) as refused:
        store_departments(file_of(f"code,name_en,name_zh,kind,parent_bureau_code\nOK1,Ok,好,department,\n{row}\n"))

    assert [fault.code for fault in refused.value.faults] == [code]
    assert not Department.objects.filter(code="OK1").exists()
