"""Files of ours, edited and brought back: exactly the edited cells change (TRUST T34, T25, EX-01 to EX-13)."""

import csv
import io
import zipfile

from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
import openpyxl
import pytest

from core.errors import DomainError
from core.models import LedgerEntry
from core.tabular import Tally, as_typed, inert
from core.text import clean_line, clean_text, is_blank
from projects import exports, selectors
from projects.importing import import_file
from projects.models import Channel, Procedure, Project, Stage
from tests.factories.projects import ProcedureFactory, ProjectFactory

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1", "''=1", "'plain", '=HYPERLINK("http://x","y")']
HOSTILE = [*FORMULAS, 'say "so", he', "第一行，第二行", "a,b;c", "N/A", "not stated", "_x000D_", "0012", "1e5", "TRUE"]
LINES = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=40))
TEXTS = st.one_of(LINES, st.builds("\n".join, st.lists(LINES, min_size=2, max_size=3)))


def stored(text, clean):
    """The text as a page would store it, or None where the page would refuse it."""
    try:
        found = clean(text.strip())
    except DomainError:
        return None
    return None if is_blank(found) else found


def sheet(export, file_format):
    target = io.BytesIO()
    export.write(file_format, target, Tally())
    return target.getvalue()


def release(answer):
    """Close the file behind an answer, and not the database with it as `close` does."""
    for close in answer._resource_closers:
        close()


def projects_of(user):
    return exports.projects(selectors.project_rows(user))


def bring_back(content, user, *, file_format, kind="projects", **more):
    name = f"sheet.{file_format}"
    return import_file(io.BytesIO(content), file_name=name, actor=user, source="own sheet", kind=kind, **more)


def counts(batch):
    return {name: count for name, count in batch.summary["verdicts"].items() if count}


@pytest.fixture
def project(world):
    return ProjectFactory(department=world.a, stage=Stage.IDEA, gate_passed_on=None, title_zh_hans="项目")


@given(title=LINES, chinese=LINES, summary=TEXTS, technique=st.one_of(st.just(""), LINES))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_file_brought_back_changes_nothing(world, file_format, title, chinese, summary, technique):
    texts = (stored(title, clean_line), stored(chinese, clean_line), stored(summary, clean_text))
    if None in texts:
        return
    found = ProjectFactory(
        department=world.a,
        stage="",
        gate_passed_on=None,
        title_en=texts[0],
        title_zh_hant=texts[1],
        summary_en=texts[2],
        technique=stored(technique, clean_line) or "",
    )
    before = Project.objects.values().get(pk=found.pk)

    batch = bring_back(sheet(projects_of(world["applicant"]), file_format), world["applicant"], file_format=file_format)

    assert set(counts(batch)) == {"same"}, list(batch.rows.values_list("changes", "faults"))
    assert Project.objects.values().get(pk=found.pk) == before


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_headings_map_by_themselves_in_every_language(world, project, language, file_format):
    ProjectFactory(department=world.a, stage=Stage.LIVE, is_public_facing=True, yearly_volume=1200, visibility="high")
    with translation.override(language):
        content = sheet(projects_of(world["applicant"]), file_format)

    batch = bring_back(content, world["applicant"], file_format=file_format)

    assert counts(batch) == {"same": 2}
    assert len(batch.mapping["columns"]) == len(exports.PROJECT_COLUMNS)


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_edited_cell_is_one_changed_field(world, project, file_format):
    content = edited(sheet(projects_of(world["applicant"]), file_format), "technique", "=vision", file_format)

    batch = bring_back(content, world["applicant"], file_format=file_format)

    row = batch.rows.get()
    assert (row.verdict, row.changes) == ("changed", {"technique": ["Optical character recognition", "=vision"]})
    project.refresh_from_db()
    assert (project.technique, project.version) == ("=vision", 2)
    assert LedgerEntry.objects.filter(action="import.confirmed").count() == 1


def test_a_stale_sheet_is_refused_row_by_row(world, project):
    other = ProjectFactory(department=world.a, stage="", gate_passed_on=None)
    content = sheet(projects_of(world["applicant"]), "csv")
    Project.objects.filter(pk=project.pk).update(version=2, technique="typed meanwhile")
    content = edited(content, "technique", "from the sheet", "csv")

    batch = bring_back(content, world["applicant"], file_format="csv", leave_refused=True)

    stale = batch.rows.get(verdict="refused")
    assert (stale.project_id, stale.faults[0]["code"]) == (project.pk, "version.stale")
    project.refresh_from_db()
    other.refresh_from_db()
    assert (project.technique, other.technique) == ("typed meanwhile", "from the sheet")


def test_a_sheet_of_another_department_is_refused_and_changes_nothing(world, project, b_applicant):
    content = edited(sheet(projects_of(b_applicant), "csv"), "title_en", "Taken over", "csv")

    batch = bring_back(content, b_applicant, file_format="csv", leave_refused=True)

    assert batch.rows.get().faults[0]["code"] == "department.other"
    assert Project.objects.get(pk=project.pk).title_en == project.title_en


def test_what_is_worked_out_cannot_be_brought_by_a_file(world, applicant, rule):
    procedure = ProcedureFactory(department=world.a)
    content = sheet(exports.own_sheet(applicant, "procedures"), "csv")
    for column in ("claimed", "verified", "in_use"):
        content = edited(content, column, "True", "csv")

    batch = bring_back(content, applicant, file_format="csv", kind="procedures")

    assert counts(batch) == {"same": 1}
    assert any("in_use" in name for name in batch.summary["unmapped"])
    assert Procedure.objects.get(pk=procedure.pk).is_claimed is False


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_procedures_come_back_with_their_descriptive_fields(world, applicant, rule, file_format):
    procedure = ProcedureFactory(
        department=world.a, channel=Channel.COUNTER, handling_minutes="12.50", waiting_days="3", planned_on="2026-12-01"
    )
    content = sheet(exports.own_sheet(applicant, "procedures"), file_format)
    assert counts(bring_back(content, applicant, file_format=file_format, kind="procedures")) == {"same": 1}

    changed = edited(content, "waiting_days", "2.5", file_format)
    batch = bring_back(changed, applicant, file_format=file_format, kind="procedures")

    assert batch.rows.get().changes == {"waiting_days": ["3.00", "2.50"]}
    procedure.refresh_from_db()
    assert str(procedure.waiting_days) == "2.50"


def test_five_hundred_payloads_make_no_formula_cell(world, applicant):
    payloads = [f"{start}{n}{rest}" for n in range(25) for start in "=+-@" for rest in ("", "|x", "!A1", "(1)", "&1")]
    assert len(payloads) == 500
    Project.objects.bulk_create(
        ProjectFactory.build(department=world.a, title_en=text, summary_en=f"\t{text}", stage="") for text in payloads
    )

    rows = list(csv.reader(io.StringIO(sheet(projects_of(applicant), "csv").decode("utf-8-sig"))))
    book = zipfile.ZipFile(io.BytesIO(sheet(projects_of(applicant), "xlsx")))

    assert len(rows) == 501
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row if cell)
    assert not any(b"<f>" in book.read(name) or b"<f " in book.read(name) for name in book.namelist())


@given(st.text(max_size=30))
def test_text_made_inert_is_read_back_as_it_was(text):
    assert as_typed(inert(text)) == text
    assert inert(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_the_same_moment_makes_the_same_bytes(world, project, applicant, at):
    with at("2026-03-05"):
        first, second = (sheet(projects_of(applicant), "xlsx") for _n in range(2))

    assert first == second


def test_a_workbook_says_its_filter_its_moment_and_its_mark(client, world, project, report_staff, at):
    client.force_login(report_staff)
    with at("2026-03-05"):
        answer = client.get("/projects/export/?format=xlsx&stage=idea")
        content = b"".join(answer.streaming_content)
        release(answer)
    book = openpyxl.load_workbook(io.BytesIO(content))
    about = {row[0].value: row[1].value for row in book["About"].rows}

    assert about["As at"] == "2026-03-05 12:00:00 HKT"
    assert (about["Stage"], about["Rows"], about["Classification"]) == ("idea", "1", "For use within the government")
    assert book.worksheets[0].freeze_panes == "A2"
    assert [row[0].value for row in book["Data dictionary"].rows][:3] == ["reference", "version", "department"]
    assert answer["Content-Disposition"] == 'attachment; filename="projects_stage-idea_as-at-2026-03-05-1200.xlsx"'
    assert answer["X-Export-Filter"] == "stage=idea"


def test_a_draft_marks_the_whole_file(world, applicant):
    ProjectFactory(department=world.a, draft=True, stage="", gate_passed_on=None)

    assert exports.own_sheet(applicant, "projects").headers("csv")["X-Export-Classification"] == "restricted"


def test_characters_no_cell_can_hold_are_left_out_and_counted(world, applicant):
    ProjectFactory(department=world.a, title_en="a\x0bb\ufffe", stage="", gate_passed_on=None)

    book = openpyxl.load_workbook(io.BytesIO(sheet(projects_of(applicant), "xlsx")))

    assert book.worksheets[0]["D2"].value == "ab"
    assert {row[0].value: row[1].value for row in book["About"].rows}["Characters left out"] == "2"


def edited(content, column, text, file_format):
    """The file with every cell of one column changed, as a person would in a spreadsheet."""
    if file_format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        names = [row[0].value for row in book["Data dictionary"].rows]
        for row in book.worksheets[0].iter_rows(min_row=2):
            cell = row[names.index(column)]
            cell.value = text
            cell.data_type = "s"
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    place = next(place for place, name in enumerate(rows[0]) if name.endswith(f"[{column}]"))
    for row in rows[1:]:
        row[place] = text
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()
