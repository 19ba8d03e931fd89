"""Page, PDF and Word of a report say the same figures in both languages, whatever was written into the records."""

from datetime import timedelta
import io
import re
from xml.etree import ElementTree
import zipfile

from django.utils.translation import override
from pypdf import PdfReader
import pytest

from core import clock
from reports import blocks, services
from reports.house import FORMS
from reports.models import Report
from reports.render import document, pdf, word
from reports.rules import periods
from reports.services import Asked
from tests.factories.projects import ProcedureFactory

LANGUAGES = ("en", "zh-hant")


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def pdf_of(report: Report, language: str) -> PdfReader:
    with override(language):
        return PdfReader(io.BytesIO(pdf.as_paper(document.told(report)).pdf()))


def text_of(made: PdfReader) -> str:
    return squeezed("\n".join(page.extract_text() for page in made.pages))


def told_values(report: Report, language: str) -> list[str]:
    with override(language):
        return blocks.values(document.told(report).sections)


def test_both_languages_say_the_same_figures(issued):
    english, chinese = (told_values(issued, language) for language in LANGUAGES)

    assert english == chinese
    assert any(re.search("[0-9]", value) for value in english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_holds_every_figure_number_and_digest(issued, language):
    made = pdf_of(issued, language)
    text = text_of(made)

    assert [value for value in told_values(issued, language) if squeezed(value) not in text] == []
    assert issued.reference in text
    assert issued.digest in text
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "\ufffd" not in text


def test_the_brief_has_two_pages(issued):
    assert [len(pdf_of(issued, language).pages) for language in LANGUAGES] == [2, 2]


def test_the_same_report_is_the_same_pdf_years_later(issued):
    with override("en"):
        first, again = (pdf.as_paper(document.told(Report.objects.get(pk=issued.pk))).pdf() for _time in range(2))

    assert first == again


HOSTILE = [
    '<script>alert(1)</script><img src="http://127.0.0.1:9/"/>',
    '<font color="[[1]]">x</font>',
    '#import "@preview/cetz:0.3.0" #read("/etc/passwd") $x^2$ \\ \\u{41} `raw` <label> @ref',
    "]]> &amp; <w:p/> %(name)s {number} {{ 7|add:7 }}",
    "衞 鰂 𨋢 着嘅啲哋 计综",
]


def whole_text(language: str, report: Report) -> str:
    with override(language):
        package = zipfile.ZipFile(io.BytesIO(word.as_word(document.told(report))))
    assert package.testzip() is None
    for name in package.namelist():
        ElementTree.fromstring(package.read(name))
    root = ElementTree.fromstring(package.read("word/document.xml"))
    return squeezed("".join(one.text or "" for one in root.iter(f"{{{word.W}}}t")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_titles_are_printed_as_text_in_pdf_and_word(programme, report_staff, language):
    for place, words in enumerate(HOSTILE):
        long_ago = clock.today() - timedelta(days=100 + place)
        ProcedureFactory(department=programme.a, planned_on=long_ago, name_en=words, name_zh_hant=words)
    report = services.draft_report(actor=report_staff, form="programme_month", period=f"{clock.today():%Y-%m}")

    printed, written = text_of(pdf_of(report, language)), whole_text(language, report)

    assert [words for words in HOSTILE if squeezed(words) not in printed] == []
    assert [words for words in HOSTILE if squeezed(words) not in written] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_of_any_size_and_character_stays_whole(programme, report_staff, language):
    asked = Asked("CB(1)1/2026", "long " * 8_000 + "\v end <b>", "長" * 40_000 + "\v 完 <b>")
    report = services.draft_report(
        actor=report_staff, form="legco_answer", period=clock.today().isoformat(), asked=asked
    )

    printed, written = text_of(pdf_of(report, language)), whole_text(language, report)

    ends = "<b>"
    for text in (printed, written):
        assert text.count("長" if language == "zh-hant" else "long") >= 8_000
        assert ends in text
        assert "[U+000B]" in text


def test_word_says_every_figure(issued):
    for language in LANGUAGES:
        written = whole_text(language, issued)
        assert [value for value in told_values(issued, language) if squeezed(value) not in written] == []


@pytest.mark.parametrize("form", list(FORMS))
def test_every_form_says_the_same_figures_in_both_languages_and_on_paper(programme, report_staff, form):
    house = FORMS[form]
    report = services.draft_report(
        actor=report_staff,
        form=form,
        period=periods.last_over(house.period, clock.today()).written,
        department=programme.a if house.is_of_department else None,
        asked=Asked("1", "How many?", "多少？") if house.asks_question else Asked(),
    )

    assert told_values(report, "en") == told_values(report, "zh-hant")
    for language in LANGUAGES:
        text = text_of(pdf_of(report, language))
        assert [value for value in told_values(report, language) if squeezed(value) not in text] == []
