"""TRUST EX-05 with a real listener: whoever wrote an address into a record is called by no file that we make."""

from collections.abc import Iterator
import io
import socket

from django.utils.translation import override
from pypdf import PdfReader
import pytest

from core import clock
from projects.models import Project
from reports import services
from reports.render import document, pdf, word
from tests.factories.projects import ProcedureFactory, ProjectFactory

MARKUP = (
    '<img src="http://127.0.0.1:{port}/a.png">',
    '#image("http://127.0.0.1:{port}/b.png")',
    '=IMPORTXML("http://127.0.0.1:{port}/c","//a")',
    '<?xml-stylesheet href="http://127.0.0.1:{port}/d.xsl"?>',
    '<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1:{port}/e">]>&b;',
    "http://127.0.0.1:{port}/f",
)


class Canary:
    """A listener that knows whether anybody called. The kernel takes the call, so native code is seen too."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.port = listener.getsockname()[1]

    def calls(self) -> int:
        found = 0
        while True:
            try:
                self._listener.accept()[0].close()
            except BlockingIOError:
                return found
            found += 1


@pytest.fixture
def canary() -> Iterator[Canary]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        yield Canary(listener)


@pytest.fixture
def planted(canary) -> list[str]:
    return [one.format(port=canary.port) for one in MARKUP]


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def printed(made: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))


def test_the_canary_hears_a_call(canary):
    with socket.create_connection(("127.0.0.1", canary.port)):
        pass

    assert canary.calls() == 1


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json", "pdf"])
def test_no_export_calls_an_address_that_stands_in_a_title(client, official, canary, planted, file_format):
    for title in planted:
        ProjectFactory(title_en=title, title_zh_hant=title)
    client.force_login(official)

    answer = client.get("/projects/export/", {"format": file_format, "columns": "reference,title_en"})

    made = answer.getvalue()
    assert answer.status_code == 200
    assert Project.objects.count() == len(MARKUP)
    if file_format == "pdf":
        assert [title for title in planted if squeezed(title) not in printed(made)] == []
        assert [page for page in PdfReader(io.BytesIO(made)).pages if "/Annots" in page] == []
    assert canary.calls() == 0


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_no_report_calls_an_address_that_stands_in_a_name(world, report_staff, canary, planted, language):
    for words in planted:
        ProcedureFactory(name_en=words, name_zh_hant=words, planned_on=clock.today().replace(year=2025))
    report = services.draft_report(actor=report_staff, form="programme_month", period=f"{clock.today():%Y-%m}")

    with override(language):
        told = document.told(report)
        paper, _written = pdf.as_paper(told).pdf(), word.as_word(told)

    assert [words for words in planted if squeezed(words) not in printed(paper)] == []
    assert canary.calls() == 0
