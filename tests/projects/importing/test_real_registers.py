"""Registers of other governments as they are: their dirt neither invents a fact nor loses a row without a reason."""

import csv
import resource
import time

from django.db.models import Count
import pytest

from projects.importing import import_file
from projects.models import Claim, ImportRow, ProcedureFact, Project

US_2024 = "us_ai_inventory_2024_v2.csv"


def taken(path, *, encoding="utf-8", actor="system"):
    with path.open("rb") as file:
        return import_file(
            file,
            file_name=path.name,
            source=path.stem,
            encoding=encoding,
            department="DPO",
            leave_refused=True,
            actor=actor,
        )


def cells(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def us_2024(departments, real):
    return taken(real(US_2024), encoding="windows-1252")


def test_the_2024_inventory_is_taken_and_counts_nothing(us_2024, real):
    verdicts = us_2024.summary["verdicts"]

    assert sum(verdicts.values()) == len(cells(real(US_2024), "windows-1252")) - 1
    assert verdicts["refused"] == sum(us_2024.summary["faults"].values())
    assert set(us_2024.summary["faults"]) == {"max_length"}
    assert not ProcedureFact.objects.exists()
    assert not Claim.objects.exists()
    assert not Project.objects.filter(gate_passed_on__isnull=False).exists()


def test_no_row_is_live_that_its_own_cells_do_not_support(us_2024, real):
    heading, *rows = cells(real(US_2024), "windows-1252")
    stage, retired = heading.index("Stage of Development"), heading.index("Date Retired")
    running = {"Operation and Maintenance", "In production"}
    supported = [n for n, row in enumerate(rows, start=1) if " ".join(row[stage].split()) in running]
    blank = [n for n, row in enumerate(rows, start=1) if not row[stage].strip()]
    live = set(us_2024.rows.filter(project__stage="live").values_list("number", flat=True))

    assert live <= set(supported)
    assert all("1905" not in rows[n - 1][retired] for n in live)
    assert blank
    assert set(us_2024.rows.filter(number__in=blank).values_list("project__stage", flat=True)) == {""}


def test_a_year_that_became_a_day_is_a_year_and_a_lost_date_is_not_stated(us_2024):
    def started(text):
        found = us_2024.rows.filter(cells__started_on=text, project__isnull=False).first()
        return (
            found.project.started_on and str(found.project.started_on),
            found.project.started_precision,
            found.notes[0]["code"],
        )

    assert started("7/15/1905") == ("2023-01-01", "year", "date.repaired")
    assert started("22-Jul") == (None, "", "cell.left")
    assert not Project.objects.filter(started_on__year__lt=1990).exists()


def test_equal_headings_that_nobody_wants_are_no_fault_and_are_named(us_2024):
    assert sum(name.startswith("If Other, please explain.") for name in us_2024.summary["unmapped"]) == 9


def test_the_source_s_own_body_is_kept_as_text(us_2024):
    found = Project.objects.get(import_rows__batch=us_2024, import_rows__number=1)

    assert "Agency: " in found.summary_en
    assert found.department.code == "DPO"


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        (US_2024, "windows-1252"),
        ("us_ai_inventory_2023.csv", "utf-8"),
        ("uk_atrs_records.csv", "utf-8"),
        ("uk_gmpp_construction_2013-2024.csv", "utf-8"),
    ],
)
def test_the_same_register_again_changes_nothing(departments, real, name, encoding):
    first = taken(real(name), encoding=encoding)
    before = (Project.objects.count(), ImportRow.objects.filter(project__isnull=False, verdict="new").count())
    stored = list(Project.objects.order_by("pk").values("title_en", "stage", "version"))

    again = taken(real(name), encoding=encoding)

    assert first.summary["verdicts"]["new"] == before[0]
    assert (again.summary["verdicts"]["new"], again.summary["verdicts"]["changed"]) == (0, 0)
    assert Project.objects.count() == before[0]
    assert list(Project.objects.order_by("pk").values("title_en", "stage", "version")) == stored


def test_a_wrong_encoding_is_refused_and_not_guessed(departments, real):
    from projects.importing import FileRefused

    with pytest.raises(FileRefused, match="UTF-8") as refused:
        taken(real(US_2024))
    assert refused.value.code == "csv.encoding"


def test_a_stage_that_only_the_2023_inventory_knows_is_not_stated(departments, real):
    batch = taken(real("us_ai_inventory_2023.csv"))

    blank = batch.rows.exclude(cells__has_key="stage").count()
    assert blank == 321
    assert not batch.rows.exclude(cells__has_key="stage").exclude(project__stage="").exists()
    assert {row.project.stage for row in batch.rows.filter(notes__0__column="Development_Stage")} == {""}


def test_a_section_of_an_act_is_withheld_and_never_an_amount(departments, real):
    batch = taken(real("uk_gmpp_construction_2013-2024.csv"))
    kept = list(batch.rows.filter(project__isnull=False).values_list("project__summary_en", flat=True))

    assert any("WLC_Baseline_GBPm: withheld" in text for text in kept)
    assert not any("GBPm: 43.0" in text or "GBPm: 22.0" in text for text in kept)
    assert not Project.objects.filter(reported_funding__isnull=False).exists()


def test_of_yearly_returns_the_latest_stands_and_the_others_are_named(departments, real):
    batch = taken(real("uk_gmpp_construction_2013-2024.csv"))

    assert set(batch.summary["faults"]) == {"row.superseded"}
    repeated = Project.objects.values("title_en").annotate(times=Count("pk")).filter(times__gt=1)
    assert all("GMPP" not in row["title_en"] for row in repeated)


@pytest.mark.prove("imports")
def test_the_2133_rows_of_the_2024_inventory_in_figures(departments, real, proof):
    proof.figures["n"] = 2133
    started = time.monotonic()
    first = taken(real(US_2024), encoding="windows-1252")
    proof.figure("first_seconds", round(time.monotonic() - started, 1))
    again = taken(real(US_2024), encoding="windows-1252")
    proof.figure("peak_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    proof.figure("first", first.summary["verdicts"])
    proof.figure("refused_by_reason", first.summary["faults"])
    proof.figure("noted_by_reason", first.summary["notes"])
    proof.figure("again", again.summary["verdicts"])

    assert (again.summary["verdicts"]["new"], again.summary["verdicts"]["changed"]) == (0, 0)
