"""A workbook written as a stream: each cell judged for itself, however often its text comes again."""

import io

from django.utils.translation import override
import openpyxl
import pytest

from core.tabular import Column, Tally
from core.workbooks import MOST_LABELS, write_xlsx
from exports.lists import Wanted
from projects.models import Project
from tests.factories.projects import ProjectFactory

COLUMNS = [Column("a", "A"), Column("b", "B")]


def written(rows):
    target, tally = io.BytesIO(), Tally()
    write_xlsx(target, sheet="S", columns=COLUMNS, rows=rows, tally=tally)
    sheet = openpyxl.load_workbook(target).worksheets[0]
    return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2)], tally


def test_a_text_that_comes_again_is_counted_again():
    rows, tally = written([("a\x0bb", "x" * 40_000)] * 3)

    assert [row[0][0] for row in rows] == ["ab"] * 3
    assert (tally.removed, tally.cut) == (3, 3)


def test_a_label_and_a_number_that_look_alike_stay_apart():
    rows, _tally = written([("1", 1), ("1", 1), (1, "1"), (True, "True"), ("=1+1", "=1+1")])

    assert rows[0] == rows[1] == [("1", "s"), (1, "n")]
    assert rows[2] == [(1, "n"), ("1", "s")]
    assert rows[3] == [(True, "b"), ("True", "s")]
    assert rows[4] == [("=1+1", "s")] * 2


def test_more_different_texts_than_are_kept_are_all_written():
    texts = [f"text {number} <&>" for number in range(MOST_LABELS + 100)] * 2

    rows, _tally = written((text, " ") for text in texts)

    assert [row[0][0] for row in rows] == texts


def test_signs_of_markup_and_spaces_at_the_ends_are_kept():
    texts = ["a&b", "<a>", " a", "a ", " ", "a_x", "&amp;", "衞<"]

    rows, _tally = written((text, text) for text in texts)

    assert [row[0][0] for row in rows] == texts


@pytest.mark.parametrize(
    "names", [("in_use",), ("record_status", "stage", "reference"), ("lead", "own_rating", "title_en")]
)
def test_chosen_columns_are_the_same_cells_as_among_all(world, official, names):
    ProjectFactory.create_batch(2)
    whole = Wanted("projects", "", "xlsx").build(official)
    places = [[column.name for column in whole.columns].index(name) for name in names]

    fewer = Wanted("projects", "", "xlsx", names).build(official)

    assert list(fewer.rows()) == [tuple(row[place] for place in places) for row in whole.rows()]
    assert [column.name for column in fewer.columns] == list(names)


def test_labels_of_a_file_are_in_the_language_of_its_reader(world, official):
    ProjectFactory(stage="pilot", category="permit")
    project = Project.objects.get()

    columns = ("stage", "category", "department", "record_status")
    for language in ("en", "zh-hant"):
        with override(language):
            export = Wanted("projects", "", "xlsx", columns).build(official)
            said = [
                project.get_stage_display(),
                project.get_category_display(),
                project.department.code,
                project.get_status_display(),
            ]
            assert [list(row) for row in export.rows()] == [said]
