"""TRUST 4.7, row by row, over HTTP: EX-01 to EX-13 but for those of whole texts, in `test_hostile_texts`."""

import csv
from datetime import timedelta
import io
import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
import openpyxl
from pypdf import PdfReader
import pytest

from accounts.models import RoleGrant
from core import clock
from exports import lists, services
from exports.models import ExportJob, State
from projects.models import Project
from tests.factories.accounts import DepartmentFactory
from tests.factories.projects import ProjectFactory

FILE = "/exports/of/projects/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def sign(client):
    def as_person(user):
        client.force_login(user)
        return client

    return as_person


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))


def book_of(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.getvalue()))


@pytest.fixture
def made(official, monkeypatch, django_capture_on_commit_callbacks):
    """A job that a worker has carried out."""

    def make(user=official, file_format="csv", query="", columns=()):
        job = services.ask(actor=user, wanted=lists.Wanted("projects", query, file_format, columns))
        services.make(job.pk)
        job.refresh_from_db()
        return job

    return make


def test_ex_01_a_title_that_is_a_formula_is_text(world, sign, official):
    title = '=HYPERLINK("http://x","y")'
    ProjectFactory(title_en=title)

    line = rows_of(sign(official).get(FILE))[1]
    cells = list(book_of(sign(official).get(FILE, {"format": "xlsx"})).worksheets[0].iter_rows())[1]

    assert f"'{title}" in line
    assert [cell.data_type for cell in cells if cell.value == title] == ["s"]
    assert not any(cell.data_type == "f" for cell in cells)


def test_ex_02_line_ends_quotes_and_commas_keep_one_row_each(world, sign, official):
    for title in ("a\r\nb", 'c "d"', "e,f", "g\nh"):
        ProjectFactory(title_en=title)

    assert len(rows_of(sign(official).get(FILE))) == Project.objects.count() + 1


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_ex_03_a_vertical_tab_is_removed_counted_and_logged(world, sign, official, file_format):
    ProjectFactory(title_en="a\x0bb")

    sign(official).get(FILE, {"format": file_format}).getvalue()

    job = ExportJob.objects.get()
    assert (job.state, job.removed, job.done) == (State.DONE, 1, 1)


def test_ex_04_a_long_text_is_cut_with_a_mark_and_whole_in_csv(world, sign, official):
    Project.objects.filter(pk=ProjectFactory().pk).update(summary_en="x" * 40_000)

    sheet = book_of(sign(official).get(FILE, {"format": "xlsx", "columns": "summary_en"})).worksheets[0]
    line = rows_of(sign(official).get(FILE, {"columns": "summary_en"}))[1]

    assert sheet["A2"].value.endswith("(cut, see CSV)")
    assert line == ["x" * 40_000]
    assert ExportJob.objects.get(file_format="xlsx").cut == 1


@pytest.mark.parametrize("title", ['<img src="http://127.0.0.1:9/">', '<font color="[[...]]">', '#read("/etc/passwd")'])
def test_ex_05_markup_on_paper_is_text(world, sign, official, title):
    ProjectFactory(title_en=title)

    answer = sign(official).get(FILE, {"format": "pdf", "columns": "reference,title_en"})

    assert answer.status_code == 200
    text = PdfReader(io.BytesIO(answer.getvalue())).pages[0].extract_text()
    assert "".join(title.split()) in "".join(text.replace("\u200b", "").split())


def test_ex_06_everything_is_what_the_person_sees(world, sign, official):
    ProjectFactory.create_batch(3)
    ProjectFactory(draft=True, department=DepartmentFactory())

    rows = rows_of(sign(official).get(FILE))

    visible = set(Project.objects.visible_to(official).values_list("reference", flat=True))
    assert {row[0] for row in rows[1:]} == visible
    assert len(visible) == 3


def test_ex_07_another_account_finds_nothing(world, sign, made, report_staff):
    job = made()

    for address in (f"/exports/{job.reference}/", f"/exports/{job.reference}/file/"):
        assert sign(report_staff).get(address).status_code == 404
    assert sign(report_staff).get(f"/api/v1/exports/{job.reference}/file/").status_code == 404


def test_ex_08_after_24_hours_the_file_is_gone(world, sign, official, made):
    job = made()
    address = f"/exports/{job.reference}/file/"
    assert sign(official).get(address).getvalue()

    ExportJob.objects.update(expires_at=clock.now())

    assert sign(official).get(address).status_code == 410
    assert sign(official).get(f"/api/v1/exports/{job.reference}/file/").status_code == 410
    assert (services.sweep(), services.sweep()) == (1, 0)
    assert sign(official).get(address).status_code == 410
    assert abs(job.expires_at - job.finished_at - timedelta(hours=24)) < timedelta(seconds=5)


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json", "pdf"])
def test_ex_09_a_long_list_is_202_and_a_job(world, sign, official, monkeypatch, file_format):
    ProjectFactory.create_batch(3)
    monkeypatch.setattr(lists, "MOST_COPIED", 2)
    monkeypatch.setattr(lists, "MOST_AT_ONCE", dict.fromkeys(lists.MOST_AT_ONCE, 2))

    answer = sign(official).get(FILE, {"format": file_format, "columns": "reference,title_en"})
    [job_id] = services.take_up()
    assert services.make(job_id)

    job = ExportJob.objects.get()
    fetched = sign(official).get(f"/exports/{job.reference}/file/")
    assert (answer.status_code, answer["Location"]) == (202, f"/exports/{job.reference}/")
    assert (job.done, job.total, job.size) == (3, 3, len(fetched.getvalue()))
    assert job.reference in sign(official).get("/my-work/").content.decode()


def test_ex_09_the_limit_is_200_000_rows_where_the_database_writes():
    assert lists.MOST_COPIED + 1 == 200_000


@pytest.mark.parametrize("name", ["../../x.csv", "x\r\nSet-Cookie: a=b", '"; filename="y'])
def test_ex_10_the_name_of_a_file_is_ours(world, sign, official, name):
    answer = sign(official).get(FILE, {"filename": name, "q": name.replace("\r", "").replace("\n", " ")})

    said = answer["Content-Disposition"]
    assert answer.status_code == 200
    assert said.startswith('attachment; filename="projects_')
    assert said.count('"') == 2
    assert not set("\r\n/\\") & set(said)


@pytest.mark.parametrize("query", [{"format": "exe"}, {"columns": "password"}, {"columns": "title_en,title_en"}])
def test_ex_11_an_unknown_format_or_column_is_refused(world, sign, official, query):
    answer = sign(official).get(FILE, query)

    assert answer.status_code == 400
    assert not ExportJob.objects.exists()


def test_ex_12_one_changed_byte_is_found(world, sign, official, made):
    job = made()
    whole = sign(official).get(f"/exports/{job.reference}/file/").getvalue()
    changed = whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:]

    valid, invalid = (
        sign(official).post("/exports/check/", {"file": SimpleUploadedFile("x.csv", content)})
        for content in (whole, changed)
    )

    assert (valid.context["found"], invalid.context["found"]) == (job, None)
    assert "No file with this content was exported here." not in valid.content.decode()
    assert "No file with this content was exported here." in invalid.content.decode()


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json", "pdf"])
def test_ex_13_the_same_moment_makes_the_same_file(world, sign, official, made, file_format):
    ProjectFactory()
    at = clock.now().isoformat()
    first = made(file_format=file_format, query=f"as_at={at.replace('+', '%2B')}")
    ProjectFactory()

    second = made(file_format=file_format, query=f"as_at={at.replace('+', '%2B')}")

    assert first.state == State.DONE
    assert first.sha256 == second.sha256 != ""
    assert first.done == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path')")
        assert "known_then" not in cursor.fetchone()[0]


def test_t23_a_right_lost_between_asking_and_making_gives_nothing(world, official):
    job = services.ask(actor=official, wanted=lists.Wanted("projects", "", "csv"))
    RoleGrant.objects.filter(person=official.person).update(ends_at=clock.now())

    assert not services.make(job.pk)

    job.refresh_from_db()
    assert (job.state, job.trouble["code"], job.stored_as) == (State.REFUSED, "duty.export", "")


def test_t23_a_record_hidden_between_making_and_fetching_gives_nothing(world, sign, head, made):
    draft = ProjectFactory(draft=True, department=world.a)
    job = made(head)
    assert job.classification == "restricted"

    Project.objects.filter(pk=draft.pk).update(department=world.b)

    answer = sign(head).get(f"/exports/{job.reference}/file/")
    assert answer.status_code == 403
    assert json.loads(sign(head).get(f"/api/v1/exports/{job.reference}/file/").content)["code"] == "export.rights"


def test_a_wide_list_is_printed_across_with_whole_references_and_plain_words(world, sign, official):
    project = ProjectFactory(title_en="Vehicle-borne inspection of all trunk roads " * 3)

    page = PdfReader(io.BytesIO(sign(official).get(FILE, {"format": "pdf"}).getvalue())).pages[0]

    text = page.extract_text()
    assert page.mediabox.width > page.mediabox.height
    assert project.reference in text
    assert "False" not in text
