"""TRUST 4.3, 4.4 and 4.10 at the edges: hostile tables offered for import, hostile documents added to a project."""

from pathlib import Path
import re

from django.core.files.uploadedfile import SimpleUploadedFile
import pytest

from core.limits import LARGEST_FILE_BODY
from core.models import SecurityRefusal
from tests.bad_input.conftest import counts
from tests.factories.work import DocumentFactory
from tests.plugins.files import (
    EICAR,
    SHEET,
    changed,
    docx,
    million_rows,
    old_office,
    pdf,
    pdf_with,
    workbook,
)

GOOD = workbook(["title", "amount"], ["Signals", 1.5])
DOCUMENTS = "/projects/AA-2026-001/documents/"
SAID = {"title_en": "Paper", "kind": "paper", "classification": "restricted"}

ENTITY = '<!DOCTYPE s [<!ENTITY a "x">]><sst><si><t>&a;</t></si></sst>'

TABLES = [
    ("CS-02", "r.csv", "title\n甲\n".encode("utf-16"), 422, "csv.encoding"),
    ("CS-03", "r.csv", "title\n智能\n".encode("big5"), 422, "csv.encoding"),
    ("CS-07", "r.csv", b"title;amount\nx;1\n", 422, "csv.header_missing"),
    ("CS-15", "r.csv", b"", 422, "csv.empty"),
    ("XL-01", "r.xlsx", b"title,amount\nx,1\n", 422, "file.type"),
    ("XL-02", "r.xlsx", None, 422, "xlsx.too_large"),
    (
        "XL-03",
        "r.xlsx",
        changed(
            GOOD, "xl/sharedStrings.xml", lambda _old: '<!DOCTYPE s [<!ENTITY a "x">]><sst><si><t>&a;</t></si></sst>'
        ),
        422,
        "xlsx.xml",
    ),
    ("XL-04", "r.xlsx", changed(GOOD, "xl/vbaProject.bin", lambda _old: "x"), 422, "xlsx.macros"),
    ("XL-06", "r.xlsx", changed(GOOD, "xl/externalLinks/e.xml", lambda _old: "<x/>"), 422, "xlsx.external"),
    ("XL-10", "r.xlsx", old_office(encrypted=True), 422, "xlsx.encrypted"),
    ("XL-11", "r.xlsx", changed(GOOD, "../../x", lambda _old: "x"), 422, "file.type"),
    ("XL-12", "r.xlsx", workbook(["", "amount"], ["x", 1], merged="A1:B1"), 422, "xlsx.header"),
    ("bomb", "r.xlsx", changed(GOOD, SHEET, lambda _old: "x" * (40 << 20)), 422, "xlsx.too_large"),
]
FILES = [
    ("UP-01", "paper.pdf", b"<html><script>alert(1)</script></html>", 422),
    ("UP-04", "drawing.svg", b"<svg onload='alert(1)'/>", 422),
    ("UP-05 script", "a.pdf", pdf_with(b"<</S/JavaScript/JS(app.alert(1))>>"), 422),
    ("UP-05 program", "a.pdf", pdf_with(b"<</S/Launch/F(calc.exe)>>"), 422),
    ("UP-06", "a.pdf", b"", 422),
]


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def add(client, content, name="a.pdf", **more):
    return client.post(f"{DOCUMENTS}new/", SAID | {"file": SimpleUploadedFile(name, content)} | more)


@pytest.mark.parametrize(("name", "content", "status", "code"), [row[1:] for row in TABLES], ids=[r[0] for r in TABLES])
def test_a_hostile_table_is_refused_when_it_is_offered(bad_world, folder, name, content, status, code):
    client, before = bad_world.client("applicant"), counts()

    sent = {"file": SimpleUploadedFile(name, million_rows() if content is None else content), "source": "A return"}
    answer = client.post("/api/v1/imports/", sent)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert counts() == before
    assert kept_in(folder) == []
    assert client.get("/api/v1/imports/").status_code == 200


@pytest.mark.parametrize(("name", "content", "status"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_a_hostile_document_is_refused_on_the_page(bad_world, folder, name, content, status):
    client, before = bad_world.client("applicant"), counts()

    answer = add(client, content, name)

    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    assert counts() == before
    assert kept_in(folder) == []


@pytest.mark.parametrize("name", ["../../../a.pdf", "x" * 500 + "\u202efdp.pdf"])
def test_up02_up09_up12_a_strange_name_and_a_polyglot_come_back_inert(bad_world, folder, name):
    client, polyglot = bad_world.client("applicant"), pdf() + docx()

    assert add(client, polyglot, name).status_code == 302

    stored = kept_in(folder)
    assert len(stored) == 1
    assert re.fullmatch(r"[0-9a-f]{32}(\.\w+)?", stored[0].name)
    reference = client.get(DOCUMENTS).content.decode().partition(DOCUMENTS + "DOC-")[2].partition("/")[0]
    answer = client.get(f"{DOCUMENTS}DOC-{reference}/versions/1/")
    assert b"".join(answer.streaming_content) == polyglot
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\u202e" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert not answer.cookies


def test_up03_a_file_of_25_mb_is_refused_by_its_announced_length(bad_world, folder):
    client, before = bad_world.client("applicant"), counts()

    answer = client.generic(
        "POST", f"{DOCUMENTS}new/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(25 << 20)
    )

    assert 20 << 20 < LARGEST_FILE_BODY < 25 << 20
    assert answer.status_code == 413
    assert counts() == before


def test_up07_a_hundred_and_one_files_are_refused(bad_world, folder):
    before = counts()
    files = {f"file{n}": SimpleUploadedFile("a.pdf", pdf()) for n in range(101)}

    answer = bad_world.client("applicant").post(f"{DOCUMENTS}new/", SAID | files)

    assert answer.status_code == 400
    assert counts() == before
    assert kept_in(folder) == []


def test_up08_what_the_scanner_names_is_refused_and_kept_for_the_auditor(bad_world, folder, monkeypatch, settings):
    settings.CLAMD_ADDRESS = "/run/clamd"
    monkeypatch.setattr("core.uploads.scanning._ask", lambda file: b"stream: Win.Test.EICAR_HDB-1 FOUND")
    before = counts()

    answer = add(bad_world.client("applicant"), EICAR, "a.txt")

    assert answer.status_code == 422
    assert SecurityRefusal.objects.filter(rule="file.malware").count() == 1
    assert counts() == before
    assert kept_in(folder) == []


def test_up10_an_attachment_of_a_is_not_there_for_b(bad_world, folder):
    document = DocumentFactory(subject=bad_world.scene.project, classification="restricted")
    address = f"{DOCUMENTS}{document.reference}/versions/1/"
    own = bad_world.client("applicant").get(address)

    assert b"".join(own.streaming_content).startswith(b"Minutes")
    assert bad_world.client("b_applicant").get(address).status_code == 404


def test_up11_a_full_quota_is_said_and_nothing_is_kept(bad_world, folder, monkeypatch):
    before = counts()
    monkeypatch.setattr("work.services.quota_used", lambda kind, pk: 500 << 20)

    answer = add(bad_world.client("applicant"), pdf())

    assert answer.status_code == 413
    assert counts() == before
    assert kept_in(folder) == []
