"""The CSV that PostgreSQL writes has the cells that the workbook has, in every language and for every awkward text."""

import csv
from datetime import date
import io

from django.utils import translation
import pytest

from core.copied import CONTROLS, csv_blocks
from core.tabular import csv_lines
from projects import exports, selectors
from projects.models import Project
from tests.factories.projects import ProcedureFactory, ProjectFactory

TEXTS = [
    "=1+1",
    "'=x",
    "-a",
    "@b",
    "+c",
    'a,b"c',
    "a\r\nd\te",
    "\tz",
    "plain",
    "'quoted",
    "",
    "衞生署",
    "a\x07b",
    "100%",
]


def cells(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_copied_cells_are_those_of_the_rows(world, official, applicant, language):
    for number, text in enumerate(TEXTS):
        project = ProjectFactory(
            title_en=text or "x",
            summary_en=text,
            technique=text,
            is_public_facing=[True, False, None][number % 3],
            reported_funding="12.50" if number % 2 else None,
            lead=applicant.person if number % 2 else None,
            started_on=date(2026, 1, 2) if number % 2 else None,
            started_precision="day" if number % 2 else "",
            stage=["", "pilot", "live"][number % 3],
        )
        if number % 4 == 0:
            ProcedureFactory(project=project)

    with translation.override(language):
        export = exports.projects(selectors.project_rows(official))
        copied = b"".join(csv_blocks(export.columns, export.cells())).decode()
        written = "".join(csv_lines(export.columns, export.rows()))

    assert len(cells(copied)) == len(TEXTS) + 1
    assert cells(copied) == cells(written)
    assert not any(chr(number) in copied.replace("\r\n", "") for number in CONTROLS)


def test_a_large_register_is_one_statement_whatever_its_size(world, official, django_assert_num_queries):
    Project.objects.bulk_create(
        ProjectFactory.build(reference=f"AA-2026-{n:03d}", department=world.a, lead=None) for n in range(40)
    )
    export = exports.projects(selectors.project_rows(official))

    with django_assert_num_queries(1):
        text = b"".join(csv_blocks(export.columns, export.cells())).decode()

    assert len(cells(text)) == 41
