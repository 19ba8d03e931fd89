"""Pictures of charts: the page's own series under its own rights and filters; and the page without scripts."""

from datetime import timedelta
from xml.etree import ElementTree

from django.urls import reverse
import pytest

from core import clock
from core.charts import pages
from projects.installation import install
from projects.models import Procedure
from tests.factories.projects import ProcedureFactory

SVG = "{http://www.w3.org/2000/svg}"
CURVE = "/?picture=in-use-curve.svg"


@pytest.fixture
def planned(db):
    """A programme of three procedures planned in the coming days, and the targets."""
    install()
    today = clock.today()
    for days in (1, 2, 3):
        procedure = ProcedureFactory()
        Procedure.objects.filter(pk=procedure.pk).update(planned_on=today + timedelta(days=days))


@pytest.fixture
def page(client, official, planned):
    client.force_login(official)
    return client


def test_the_picture_says_what_the_page_says_in_the_readers_language(page):
    page.cookies["django_language"] = "zh-hant"
    answer = page.get(CURVE)
    root = ElementTree.fromstring(answer.content)
    shown = page.get("/").content.decode()

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Disposition"] == 'attachment; filename="in-use-curve_zh-hant.svg"'
    assert root.find(f"{SVG}title").text in shown
    assert "計劃" in [one.text for one in root.iter(f"{SVG}text")]


def test_the_page_shows_its_chart_without_scripts_and_names_its_pictures(page):
    shown = page.get("/").content.decode()

    assert shown.split('class="chart-drawing">')[1].startswith("<svg xmlns")
    assert 'href="/?picture=in-use-curve.png"' in shown


def test_a_picture_keeps_the_filters_and_the_moment_of_its_page(rf):
    request = rf.get("/plan/?state=open&as_at=2026-10-31&picture=other.svg")

    assert pages.address(request, "plan", "png") == "/plan/?state=open&as_at=2026-10-31&picture=plan.png"


def test_the_png_is_a_png(page):
    answer = page.get("/?picture=in-use-curve.png")

    assert answer.content.startswith(b"\x89PNG")
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("picture=no-such-chart.svg", 404),
        ("picture=in-use-curve.gif", 400),
        ("picture=../secret.svg", 400),
        ("picture=", 400),
        ("picture=in-use-curve.svg&picture=in-use-curve.png", 400),
        ("picture=in-use-curve.svg&unknown=1", 400),
    ],
)
def test_a_picture_that_is_not_there_gets_a_clear_answer(page, query, status):
    assert page.get(f"/?{query}").status_code == status


def test_a_picture_asks_for_the_rights_of_its_page(client, planned):
    answer = client.get(CURVE)

    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]
