"""Papers as PDF: the same bytes for the same words, every word as text, every glyph there (TRUST EX-05)."""

from datetime import UTC, datetime
import io

from django.utils.translation import override
from pypdf import PdfReader
import pytest

from core.paper import Contents, Facts, Heading, Items, NewPage, Paper, Table, Text, in_language

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOSTILE = [
    '#import "@preview/cetz:0.3.0"',
    '#read("/etc/passwd")',
    "*bold* _under_ $x^2$ `raw` <label> @ref \\ // /* */ [[ ]] #{1+1}",
    '<img src="http://127.0.0.1:9/"/>',
    "{number} {count}",
    "%PDF-1.7 endobj",
]
RARE = "衞鰂𨋢着嘅啲哋 计综 é ü ł — “ ” €"


def paper(*parts, title="Title", proof=()):
    return Paper(title=title, reference="FR-2026-0001", mark="Internal", at=AT, parts=parts, proof=proof)


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("place", ["title", "heading", "text", "facts", "table", "items", "proof"])
def test_whatever_is_written_comes_out_as_text(words, place):
    parts = {
        "heading": Heading(words),
        "text": Text(words),
        "facts": Facts([(words, words)]),
        "table": Table(["Head"], [[words]]),
        "items": Items([words]),
    }
    more = {"title": words} if place == "title" else {"proof": [words]} if place == "proof" else {}

    made = paper(*([parts[place]] if place in parts else []), **more).pdf()

    assert squeezed(words) in squeezed(text_of(made))


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_every_glyph_is_there_in_every_language(language):
    with in_language(language):
        made = paper(Text(RARE), Text(RARE, "strong")).pdf()

    assert squeezed(text_of(made)).count(squeezed(RARE)) == 2
    assert "\ufffd" not in text_of(made)


def test_a_character_no_font_has_is_written_as_its_code_point():
    said = text_of(paper(Text("before 😀 \u0628 after"), title="\u0e01").pdf())

    assert "[U+1F600]" in said
    assert "[U+0628]" in said
    assert "[U+0E01]" in said


def test_the_same_words_are_the_same_bytes_and_other_words_others():
    first, again = paper(Text("One.")).pdf(), paper(Text("One.")).pdf()

    assert first == again
    assert first != paper(Text("Two.")).pdf()


def test_it_is_tagged_with_title_language_and_bookmarks():
    with override("zh-hant"):
        parts = Heading("一"), Heading("二", 2), Contents("目錄"), NewPage(), Heading("三")
        made = PdfReader(io.BytesIO(paper(*parts, title="標題").pdf()))

    assert made.metadata.title == "標題"
    assert made.trailer["/Root"]["/Lang"].startswith("zh")
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert [entry["/Title"] for entry in _flat(made.outline)] == ["標題", "一", "二", "三"]
    assert len(made.pages) == 2
    assert "第 2 頁，共 2 頁" in made.pages[1].extract_text()


def test_a_word_without_an_end_stays_on_the_page_and_is_not_cut():
    made = paper(Text("a" * 10_000), Table(["A", "B"], [["b" * 500, "c" * 500]])).pdf()

    assert squeezed(text_of(made)).count("a") >= 10_000
    assert squeezed(text_of(made)).count("c") >= 500


def test_a_language_nobody_has_leaves_the_readers_own():
    with override("zh-hant"), in_language("fr"):
        made = paper(Text("x")).pdf()

    assert "第 1 頁，共 1 頁" in text_of(made)


def _flat(outline: list) -> list:
    return [one for entry in outline for one in (_flat(entry) if isinstance(entry, list) else [entry])]
