"""The pages of an import: offered, mapped, looked at, confirmed; busy ones polled, and found again."""

import pytest

from core.models import LedgerEntry
from projects.importing import batches
from projects.models import ImportBatch, Project
from tests.factories.projects import ProjectFactory
from tests.projects.importing.conftest import upload, work_off

LIST = "/projects/import/"
TEXT = "id,title,department,stage\nX1,Reading visa papers,A&A,idea\nX2,=cmd|' /C calc'!A0,A&A,\n"


@pytest.fixture
def page(client, applicant):
    client.force_login(applicant)
    return client


def offer(page, text=TEXT, **more):
    name = more.pop("name", "register.csv")
    sent = {"kind": "projects", "source": "return", "encoding": "utf-8", "file": upload(text, name)} | more
    return page.post(LIST, sent)


def columns(batch):
    return {f"column_{name}": place for name, place in batch.mapping["columns"].items()} | {"days": "iso"}


def mapped(page, text=TEXT, **more):
    address = offer(page, text)["Location"]
    batch = ImportBatch.objects.latest("pk")
    page.post(f"{address}map/", columns(batch) | more)
    batch.refresh_from_db()
    return batch, address


def test_a_file_is_offered_mapped_looked_at_and_confirmed(page):
    answer = offer(page)
    batch = ImportBatch.objects.get()
    assert answer["Location"] == f"{LIST}{batch.reference}/"
    assert "What the columns mean" in page.get(answer["Location"]).content.decode()

    page.post(f"{answer['Location']}map/", columns(batch))
    looked = page.get(answer["Location"]).content.decode()
    assert "Reading visa papers" in looked
    assert not Project.objects.exists()

    page.post(f"{answer['Location']}confirm/", {})
    assert set(Project.objects.values_list("title_en", flat=True)) == {"Reading visa papers", "=cmd|' /C calc'!A0"}
    assert "stored" in page.get(answer["Location"]).content.decode()
    assert batch.reference in page.get(LIST).content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_every_state_has_its_page(page, language):
    page.cookies["django_language"] = language
    batch, address = mapped(page, TEXT + "X3,,A&A,moon\n")

    for status in ImportBatch.Status.values:
        ImportBatch.objects.filter(pk=batch.pk).update(status=status)
        answer = page.get(address)
        assert answer.status_code == 200, status
    assert page.get(f"{address}?verdict=new").status_code == 200
    assert page.get(f"{address}?verdict=moon").status_code == 400


def test_refused_rows_are_left_out_only_when_said(page):
    batch, address = mapped(page, TEXT + "X3,Third,BB,idea\n")

    refused = page.post(f"{address}confirm/", {})
    assert (refused.status_code, Project.objects.count()) == (422, 0)
    assert 'role="alert"' in refused.content.decode()

    page.post(f"{address}confirm/", {"leave_refused": "on"})
    batch.refresh_from_db()
    assert (batch.status, Project.objects.count()) == ("confirmed", 2)


def test_a_word_gets_its_meaning_on_the_page(page):
    batch, address = mapped(page, "id,title,department,stage\nX1,A,A&A,Deployed\n")
    assert "Words that are not known here" in page.get(address).content.decode()

    page.post(f"{address}words/", {"word_0": "live"})
    batch.refresh_from_db()

    assert batch.summary["verdicts"]["new"] == 1


def test_a_busy_import_moves_by_itself_and_is_found_again(page, monkeypatch):
    monkeypatch.setattr(batches, "READ_AT_ONCE", 0)
    monkeypatch.setattr(batches, "STORED_AT_ONCE", 0)
    batch, address = mapped(page)
    busy = page.get(address).content.decode()
    assert 'hx-trigger="every 2s"' in busy

    work_off()
    moved = page.get(address, headers={"HX-Request": "true"}).content.decode()
    assert moved.lstrip().startswith('<div id="import-state"')
    assert "hx-trigger" not in moved

    page.post(f"{address}confirm/", {})
    assert "hx-trigger" in page.get(address).content.decode()
    work_off()
    batch.refresh_from_db()
    assert (batch.status, Project.objects.count()) == ("confirmed", 2)
    assert LedgerEntry.objects.filter(action="import.confirmed").count() == 1


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("", "a.csv", "empty"),
        ("title;department\nA;B\n", "a.csv", "missing"),
        ("not a workbook", "a.xlsx", "name says"),
        (TEXT.encode("utf-16"), "a.csv", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_above_the_form(page, text, name, says):
    answer = offer(page, text, name=name)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "return" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_column_mapped_twice_is_said_above_the_form(page):
    address = offer(page)["Location"]
    batch = ImportBatch.objects.get()

    answer = page.post(f"{address}map/", columns(batch) | {"column_technique": "1"})

    assert (answer.status_code, batch.rows.count()) == (422, 0)
    assert "mapped twice" in answer.content.decode()


def test_an_import_of_somebody_else_is_not_there(page, client, b_applicant):
    address = offer(page)["Location"]
    client.force_login(b_applicant)

    assert client.get(address).status_code == 404
    assert client.post(f"{address}confirm/", {}).status_code == 404
    assert client.get(f"{address}rows.csv").status_code == 404


def test_the_department_s_sheet_holds_its_own_records_drafts_included(page, world):
    ProjectFactory(department=world.a, title_en="Own draft", draft=True, stage="", gate_passed_on=None)
    ProjectFactory(department=world.b, title_en="Theirs")

    text = b"".join(page.get(f"{LIST}sheet/?kind=projects&format=csv").streaming_content).decode()

    assert "Own draft" in text
    assert "Theirs" not in text
    assert page.get(f"{LIST}sheet/?format=exe").status_code == 400
    assert page.get(f"{LIST}sheet/?filename=../../x.csv").status_code == 400


def test_the_rows_of_an_import_take_the_same_queries_for_one_and_for_twenty(
    page, django_assert_num_queries, django_assert_max_num_queries
):
    _one, address = mapped(page, "id,title,department\nX,A,A&A\n")
    _many, other = mapped(page, "id,title,department\n" + "".join(f"Y{n},B{n},A&A\n" for n in range(20)))
    page.get(address)
    with django_assert_max_num_queries(12) as counted:
        page.get(address)
    with django_assert_num_queries(len(counted.captured_queries)):
        page.get(other)
