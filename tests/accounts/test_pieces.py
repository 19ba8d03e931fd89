"""The pieces that pages are built from: what they show, and that no page breaks the content policy."""

from pathlib import Path
import re

from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
import pytest

from core.templatetags.interface import icon, page_numbers

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))


def piece(name: str, **inputs: object) -> str:
    return re.sub(r"\s+", " ", render_to_string(f"components/{name}.html", inputs))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(settings.BASE_DIR)))
def test_no_template_carries_script_or_style_of_its_own(file: Path):
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:|\|safe\b", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_every_icon_that_a_template_names_is_fetched():
    wanted = {name for file in TEMPLATES for name in re.findall(r"{% icon \"([^\"]+)\"", file.read_text("utf-8"))}
    fetched = set(
        re.search(r'ICONS = """(.*?)"""', (settings.BASE_DIR / "dev").read_text("utf-8"), re.DOTALL)[1].split()
    )
    assert wanted - fetched == set()


def test_an_icon_is_never_a_path():
    with pytest.raises(TemplateSyntaxError):
        icon("../../etc/passwd")


@pytest.mark.parametrize(
    ("tone", "sign"), [("good", "✓"), ("warning", "!"), ("bad", "✕"), ("waiting", "…"), (None, "–")]
)
def test_a_state_has_a_sign_and_words(tone, sign):
    assert words(piece("status_badge", label="lapsed", tone=tone)) == f"{sign} lapsed"


def test_a_figure_opens_its_records_with_its_date():
    shown = piece("figure_card", label="In use", figure="62", href="/procedures/?state=in_use", as_at="22 Nov 2026")
    assert 'href="/procedures/?state=in_use"' in shown
    assert "As at 22 Nov 2026" in words(shown)


def test_no_data_is_a_dash_with_its_reason_and_nought_is_a_figure():
    assert "— No data No reading since May" in words(
        piece("figure_card", label="KPI", figure=None, reason="No reading since May")
    )
    assert "—" not in piece("figure_card", label="Waiting", figure=0)


def test_text_from_people_is_escaped_in_a_chart():
    trace = {"type": "scatter", "name": "</script><script>alert(1)</script>", "x": [1], "y": [2]}
    figure = {"data": [trace], "layout": {}}
    shown = piece("chart", chart_id="c", title="T", summary="S", figure=figure, table={"headings": [], "rows": []})
    assert "<script>alert" not in shown


def test_a_chart_without_figure_says_why():
    assert "Not measured yet" in words(
        piece("chart", chart_id="c", title="T", summary="S", figure=None, reason="Not measured yet")
    )


def test_a_chart_keeps_its_numbers_as_a_table():
    shown = piece(
        "chart",
        chart_id="c",
        title="T",
        summary="S",
        figure={"data": [], "layout": {}},
        table={"headings": ["Day", "In use"], "rows": [["1 Nov", 62], ["2 Nov", None]]},
    )
    assert "Day In use 1 Nov 62 2 Nov —" in words(shown)


def test_long_lists_show_a_gap():
    assert page_numbers(Paginator(range(200), 10), 10) == [1, None, 8, 9, 10, 11, 12, None, 20]


def test_pages_keep_the_filters_of_the_address(rf, db):
    page = Paginator(range(30), 10).page(2)
    shown = render_to_string("components/pagination.html", {"page": page}, rf.get("/projects/?stage=pilot&page=2"))
    assert 'href="?stage=pilot&amp;page=3"' in shown


def test_the_error_summary_leads_to_each_field():
    from core.forms import LineField, TrackerForm

    class Sample(TrackerForm):
        title = LineField(label="Title")

    shown = piece("error_summary", form=Sample({"title": ""}))
    assert '<a href="#id_title">Title: This field is required.</a>' in shown


def test_a_field_names_its_help_and_its_error_to_a_screen_reader():
    from core.forms import LineField, TrackerForm

    class Sample(TrackerForm):
        title = LineField(label="Title", help_text="As the body reads it.")

    shown = piece("field", field=Sample({"title": ""})["title"])
    assert 'aria-describedby="id_title_helptext id_title_error"' in shown
    assert 'id="id_title_helptext"' in shown
    assert 'id="id_title_error"' in shown
    assert 'aria-invalid="true"' in shown


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("name", ["400", "403", "404", "429", "500", "503", "csrf"])
def test_error_pages_need_no_database_and_speak_every_language(language, name):
    from django.utils import translation

    with translation.override(language):
        page = render_to_string(f"errors/{name}.html", {"kept": [("title", "<b>typed</b>")]})
    assert f'lang="{language}"' in page
    assert "&lt;b&gt;typed&lt;/b&gt;" in page
    assert language == "en" or not re.search(r"<h1>[A-Za-z ]+</h1>", page)


def test_a_page_names_the_reader_s_part_by_the_longest_address(rf):
    request = rf.get("/funding/rounds/")
    shown = Template("{% load interface %}{% main_navigation %}").render(Context({"request": request}))
    assert len(re.findall('aria-current="page"', shown)) <= 1
