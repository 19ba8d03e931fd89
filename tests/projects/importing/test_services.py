"""What an import may and may not bring, judged row by row by the rules of the pages (TRUST T34)."""

import csv
from dataclasses import replace
import io

import pytest

from core.errors import Conflict, DomainError, NotAllowed, NotVisible
from core.models import LedgerEntry
from projects.importing import FileRefused, RowsRefused, batches, import_file
from projects.importing.mapping import Mapping
from projects.importing.reports import REASONS, lines
from projects.models import Claim, ColumnMapping, ImportBatch, Procedure, ProcedureFact, Project, ProjectProcedure
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.projects.importing.conftest import file_of, text_of

HEADING = ("id", "title", "department", "stage", "category")
ROW = ("X1", "Reading visa papers", "A&A", "idea", "other")


def offered(actor, *rows, heading=HEADING, source="return"):
    text = text_of(*rows, heading=heading)
    return batches.offer(actor=actor, file=file_of(text), file_name="return.csv", source=source)


def previewed(actor, *rows, heading=HEADING, source="return", **options):
    batch = offered(actor, *rows, heading=heading, source=source)
    mapping = replace(Mapping.from_json(batch.mapping), **options)
    return batches.map_columns(actor=actor, batch_id=batch.pk, mapping=mapping)


def faults(batch):
    return [(row.number, fault["code"]) for row in batch.rows.exclude(faults=[]) for fault in row.faults]


def assert_nothing_stored():
    assert not Project.objects.exists()
    assert not LedgerEntry.objects.filter(action="import.confirmed").exists()


def test_a_file_waits_for_a_person_and_is_then_one_entry_in_the_ledger(applicant):
    batch = previewed(applicant, ROW, ("X2", "Sorting mail", "A&A", "", "other"))
    assert batch.summary["verdicts"] == {"new": 2, "changed": 0, "same": 0, "refused": 0}
    assert_nothing_stored()

    batches.confirm(actor=applicant, batch_id=batch.pk)

    assert list(Project.objects.values_list("title_en", "stage")) == [
        ("Reading visa papers", "idea"),
        ("Sorting mail", ""),
    ]
    [entry] = LedgerEntry.objects.filter(action="import.confirmed")
    assert b'"new":2' in bytes(entry.payload)
    assert batch.digest.encode() in bytes(entry.payload)


def test_records_of_another_department_are_refused_row_by_row(applicant):
    batch = previewed(applicant, ROW, ("X2", "Theirs", "BB", "idea", "other"))

    assert faults(batch) == [(2, "department.other")]
    with pytest.raises(RowsRefused):
        batches.confirm(actor=applicant, batch_id=batch.pk)
    assert_nothing_stored()
    batches.confirm(actor=applicant, batch_id=batch.pk, leave_refused=True)
    assert Project.objects.get().title_en == "Reading visa papers"


def test_the_team_brings_new_projects_for_all(team):
    batch = previewed(team, ROW, ("X2", "Theirs", "BB", "pilot", "other"))
    batches.confirm(actor=team, batch_id=batch.pk)

    assert set(Project.objects.values_list("department__code", "stage")) == {("A&A", "idea"), ("BB", "pilot")}


def test_a_record_is_changed_by_its_own_people_only(team, world):
    project = ProjectFactory(department=world.a, stage="", gate_passed_on=None)
    heading = ("reference", "version", "title")
    batch = previewed(team, (project.reference, "1", "Renamed"), heading=heading)

    assert faults(batch) == [(1, "department.other")]


@pytest.mark.parametrize("stage", ["pilot", "roll-out", "live"])
def test_a_file_passes_no_gate(applicant, world, stage):
    project = ProjectFactory(department=world.a, lead=applicant.person, stage="approved", gate_passed_on=None)
    heading = ("reference", "version", "stage")
    batch = previewed(applicant, (project.reference, "1", stage), heading=heading)

    assert len(faults(batch)) == 1
    with pytest.raises(RowsRefused):
        batches.confirm(actor=applicant, batch_id=batch.pk)
    project.refresh_from_db()
    assert (project.stage, project.gate_passed_on, project.version) == ("approved", None, 1)


def test_a_new_project_reaches_the_pilot_through_its_gate(applicant):
    strict = previewed(applicant, (*ROW[:3], "pilot", "other"))
    lenient = previewed(applicant, (*ROW[:3], "pilot", "other"), leaves_unreadable=True)

    assert faults(strict) == [(1, "gate.closed")]
    batches.confirm(actor=applicant, batch_id=lenient.pk)
    assert Project.objects.get().stage == ""


def test_what_already_runs_carries_the_mark_and_is_neither_claimed_nor_verified(applicant):
    heading = (*HEADING, "procedure")
    batch = previewed(applicant, (*ROW[:3], "live", "other", "Sorting visa papers"), heading=heading)
    batches.confirm(actor=applicant, batch_id=batch.pk)

    project = Project.objects.get()
    assert (project.stage, project.was_already_running, project.gate_passed_on) == ("live", True, None)
    assert (Procedure.objects.get().is_claimed, Claim.objects.count(), ProcedureFact.objects.count()) == (False, 0, 0)


@pytest.mark.parametrize("column", ["claimed", "verified", "in_use", "is_claimed", "verified_on", "gate_passed_on"])
def test_nobody_verifies_by_a_file(verifier, applicant, rule, world, column):
    procedure = ProcedureFactory(department=world.a, claimed=True)
    before = Procedure.objects.values().get(pk=procedure.pk)
    for actor in (applicant, verifier):
        batch = batches.offer(
            actor=actor,
            file=file_of(f"reference,version,{column}\n{procedure.reference},{procedure.version},TRUE\n"),
            file_name="verify.csv",
            source="own",
            kind="procedures",
        )
        batches.map_columns(actor=actor, batch_id=batch.pk, mapping=Mapping.from_json(batch.mapping))
        batch.refresh_from_db()
        assert batch.summary["unmapped"] == [column]
        batches.confirm(actor=actor, batch_id=batch.pk)

    assert Procedure.objects.values().get(pk=procedure.pk) == before


def test_a_procedure_that_is_counted_is_not_said_to_be_live_twice(applicant, rule, world):
    procedure = ProcedureFactory(department=world.a, in_use=True)
    heading = (*HEADING, "procedure")
    batch = previewed(applicant, (*ROW[:3], "live", "other", procedure.name_en), heading=heading)

    assert faults(batch) == [(1, "procedure.counted")]
    assert procedure.claims.get().project.reference in batch.rows.get().faults[0]["message"]
    assert ProjectProcedure.objects.filter(procedure=procedure).count() == 1


def test_a_reference_that_is_hidden_and_one_that_is_missing_are_refused_in_the_same_words(applicant, world):
    hidden = ProjectFactory(department=world.b, draft=True)
    heading = ("reference", "version", "title")
    batch = previewed(applicant, (hidden.reference, "1", "Mine"), ("BB-2026-999", "1", "Mine"), heading=heading)

    first, second = (row.faults[0] for row in batch.rows.order_by("number"))
    assert first == second
    assert first["code"] == "reference.unknown"


def test_a_record_does_not_move_to_another_department(applicant, world):
    project = ProjectFactory(department=world.a, stage="", gate_passed_on=None)
    batch = previewed(applicant, (project.reference, "1", "BB"), heading=("reference", "version", "department"))

    assert faults(batch) == [(1, "department.fixed")]


def test_the_same_file_again_changes_nothing_and_an_edit_of_the_source_is_a_change(applicant):
    for expected in ("new", "same"):
        batch = previewed(applicant, ROW)
        assert batch.rows.get().verdict == expected
        batches.confirm(actor=applicant, batch_id=batch.pk)
    changed = previewed(applicant, ("X1", "Reading all papers", *ROW[2:]))

    assert changed.rows.get().changes == {"title_en": ["Reading visa papers", "Reading all papers"]}
    batches.confirm(actor=applicant, batch_id=changed.pk)
    assert Project.objects.get().title_en == "Reading all papers"


def test_what_people_typed_meanwhile_stays_when_the_source_says_what_it_said_before(applicant):
    batches.confirm(actor=applicant, batch_id=previewed(applicant, ROW).pk)
    Project.objects.update(title_en="As people call it", version=2)

    batch = previewed(applicant, ROW)

    assert batch.rows.get().verdict == "same"


def test_rows_without_identity_are_known_by_their_cells_and_their_occurrence(applicant):
    heading = ("title", "department")
    rows = [("Chat tool", "A&A"), ("Chat tool", "A&A")]
    twins = previewed(applicant, *rows, heading=heading)
    assert [code for _row, code in faults(twins)] == ["row.duplicate", "row.duplicate"]
    assert "Row 1 and row 2" in twins.rows.first().faults[0]["message"]

    for expected in ("new", "same"):
        batch = previewed(applicant, *rows, heading=heading, titles_repeat=True)
        assert set(batch.rows.values_list("verdict", flat=True)) == {expected}
        batches.confirm(actor=applicant, batch_id=batch.pk)
    assert Project.objects.count() == 2


def test_equal_headings_are_refused_only_when_one_is_mapped(applicant):
    heading = ("title", "department", "note", "note")
    batch = previewed(applicant, ("Chat tool", "A&A", "x", "y"), heading=heading)
    assert batch.status == ImportBatch.Status.PREVIEWED

    mapping = Mapping.from_json(batch.mapping)
    with pytest.raises(FileRefused) as refused:
        batches.map_columns(actor=applicant, batch_id=batch.pk, mapping=replace(mapping, kept=[3]))
    assert refused.value.code == "csv.header_duplicate"


def test_a_mapping_is_remembered_for_the_source_and_the_department(applicant, colleague, b_applicant):
    heading = ("Bezeichnung", "Amt")
    offered_ = offered(applicant, ("Chat tool", "A&A"), heading=heading)
    mapping = Mapping(columns={"title_en": 0, "department": 1})
    batches.map_columns(actor=applicant, batch_id=offered_.pk, mapping=mapping)
    batches.confirm(actor=applicant, batch_id=offered_.pk)

    again = offered(colleague, ("A&A", "Other tool"), heading=("Amt", "Bezeichnung"))
    elsewhere = offered(b_applicant, ("Chat tool", "A&A"), heading=heading)

    assert again.mapping["columns"] == {"title_en": 1, "department": 0}
    assert elsewhere.mapping["columns"] == {}
    assert ColumnMapping.objects.count() == 1


def test_a_word_is_given_its_meaning_once(applicant):
    batch = previewed(applicant, (*ROW[:3], "Deployed", "other"))
    assert (faults(batch), batch.summary["words"]) == ([(1, "choice.invalid")], [["stage", "deployed", 1]])

    batches.say_words(actor=applicant, batch_id=batch.pk, words={"stage": {"Deployed": "live"}})
    batches.confirm(actor=applicant, batch_id=batch.pk)

    assert Project.objects.get().stage == "live"
    assert offered(applicant, ROW).mapping["words"] == {"stage": {"deployed": "live"}}


@pytest.mark.parametrize("written", ["", " ", "\u00a0", "N/A", "NA", "N/A "])
def test_every_spelling_of_missing_is_not_stated(applicant, written):
    batch = previewed(applicant, (*ROW[:3], written, "other"))
    batches.confirm(actor=applicant, batch_id=batch.pk)

    assert Project.objects.get().stage == ""


def test_a_figure_that_names_a_section_of_an_act_is_withheld(applicant):
    heading = (*HEADING, "reported_funding", "remark")
    batch = previewed(
        applicant,
        (*ROW, "43.0", "Exempt under Section 43 of the Act"),
        ("X2", "B", *ROW[2:], "43.0", ""),
        heading=heading,
    )
    batches.confirm(actor=applicant, batch_id=batch.pk)

    funding = dict(Project.objects.values_list("title_en", "reported_funding"))
    assert funding["Reading visa papers"] is None
    assert str(funding["B"]) == "43.00"
    assert batch.rows.get(number=1).notes[0]["code"] == "amount.withheld"


def test_only_who_offered_a_file_acts_on_it(applicant, colleague, auditor):
    batch = previewed(applicant, ROW)

    for actor, error in ((colleague, NotVisible), (auditor, NotAllowed)):
        for work in (batches.confirm, batches.withdraw):
            with pytest.raises(error):
                work(actor=actor, batch_id=batch.pk)
    assert_nothing_stored()


def test_a_withdrawn_file_leaves_no_row_and_no_bytes(applicant, kept_files, django_capture_on_commit_callbacks):
    batch = previewed(applicant, ROW)
    with django_capture_on_commit_callbacks(execute=True):
        batches.withdraw(actor=applicant, batch_id=batch.pk)

    assert not batch.rows.exists()
    assert not [path for path in kept_files.rglob("*") if path.is_file()]
    with pytest.raises(Conflict):
        batches.confirm(actor=applicant, batch_id=batch.pk)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "csv.empty"), ("title;department\nA;B\n", "csv.header_missing"), (b"\xff\xfet\x00", "csv.encoding")],
)
def test_a_file_that_is_no_table_leaves_nothing_behind(applicant, kept_files, text, code):
    with pytest.raises(DomainError) as refused:
        batches.offer(actor=applicant, file=file_of(text), file_name="a.csv", source="s")

    assert refused.value.code == code
    assert not ImportBatch.objects.exists()
    assert not kept_files.exists()


def test_the_faults_are_a_file_with_row_column_code_and_sentence(applicant):
    batch = previewed(applicant, ROW, ("X2", "", "A&A", "moon", "other"))
    heading, *rows = csv.reader(io.StringIO("".join(lines(batch)).removeprefix("\ufeff")))

    assert heading[:4] == ["Row", "Result", "Column", "Code"]
    assert [row[:4] for row in rows] == [
        ["2", "refused", "title", "blank"],
        ["2", "refused", "stage", "choice.invalid"],
    ]
    assert {row[3] for row in rows} <= set(REASONS)


def test_a_registered_record_is_not_changed_by_the_command_line_alone(world):
    project = ProjectFactory(department=world.a, stage="", gate_passed_on=None)
    text = f"reference,version,title\n{project.reference},1,Renamed\n"

    with pytest.raises(RowsRefused) as refused:
        import_file(file_of(text), file_name="a.csv")
    assert [fault.code for fault in refused.value.faults] == ["import.person"]
