"""How pages look and answer: WCAG 2.2 AA, both widths, three languages, and one whole path by keyboard alone."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from fontTools.ttLib import TTFont
import pytest

from tests.access import table
from tests.access.conftest import outside_member
from tests.factories.accounts import PASSWORD
from tests.journeys import screens
from tests.journeys.conftest import DESKTOP, PHONE

ROLES = ("official", "secretary", "administrator", "applicant", "head", "chair", "verifier", "finance", "auditor")
LANGUAGES = ("en", "zh-hant", "zh-hans")
FEW = ("dashboards:money-board", "dashboards:decision-board")
OPENED = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
MOST_TABS = 150


@pytest.mark.prove("look", gate=False)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_meets_wcag_at_both_widths_and_overflows_in_no_language(
    visitor, live_app, live_world, violations, proof, role
):
    """Every page of the access table that this role may open, with everything on it unfolded, menu included."""
    someone = visitor()
    known = _everything(live_world)
    _enter(someone, live_app, known[role])
    faults, pages = [], 0
    for name, path in _pages(known, role):
        pages += 1
        for language in LANGUAGES:
            _speak(someone, live_app, language)
            someone.page.set_viewport_size(DESKTOP)
            page = someone.open(path)
            page.evaluate(OPENED)
            faults += _faults(page, name, language, violations if language == "en" else None)
    proof.figure("pages", pages)
    proof.figure("faults", len(faults))
    assert "\n".join(faults) == ""


def _faults(page: Any, name: str, language: str, violations: Any) -> Iterator[str]:
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        width = viewport["width"]
        if over := screens.sideways(page):
            yield f"{name} {language} {width}: {over} px too wide"
        if violations is not None:
            menu = page.locator(".navbar-toggler")
            if menu.is_visible():
                menu.click()
            yield from (f"{name} {language} {width}: {found}" for found in violations(page))


def _everything(world: Any) -> Any:
    """The world of the access table: what every area needs for its rows."""
    world.things = {}
    for name in ("member", "chair"):
        world.users.setdefault(name, outside_member(name))
    with transaction.atomic():  # some areas lock rows as they prepare
        for area in table.areas():
            getattr(area, "prepare", lambda world: None)(world)
    return world


def _pages(world: Any, role: str) -> Iterator[tuple[str, str]]:
    """Pages that answer this role with HTML."""
    client = Client()
    client.force_login(world[role], backend="accounts.backends.DatedRolesBackend")
    for row in table.rows():
        if row.is_api or row.method != "GET" or row.expected(role) != 200:
            continue
        at, query = (given(world) if callable(given) else given for given in (row.at, row.query))
        path = reverse(row.name, kwargs=dict(at))
        answer = client.get(path, dict(query))
        if answer.streaming:
            answer.getvalue()  # read to its end a file is closed
        elif answer.status_code == 200 and b"<main" in answer.content:
            yield row.name, f"{path}?{answer.wsgi_request.GET.urlencode()}"


def _enter(someone: Any, address: str, user: Any) -> None:
    client = Client()
    client.force_login(user, backend="accounts.backends.DatedRolesBackend")
    _cookie(someone, address, settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)


def _speak(someone: Any, address: str, language: str) -> None:
    _cookie(someone, address, settings.LANGUAGE_COOKIE_NAME, language)


def _cookie(someone: Any, address: str, name: str, value: str) -> None:
    someone.context.add_cookies([{"name": name, "value": value, "url": address}])


def test_the_boards_overflow_in_no_language(visitor, live_app, live_world):
    someone = visitor()
    _enter(someone, live_app, live_world["official"])
    for language in LANGUAGES:
        _speak(someone, live_app, language)
        for name in FEW:
            page = someone.open(reverse(name))
            assert page.locator("html").get_attribute("lang") == language
            for viewport in (DESKTOP, PHONE):
                page.set_viewport_size(viewport)
                assert screens.sideways(page) == 0, (name, language, viewport)


@pytest.mark.parametrize(("name", "signs"), [("hk", "繁"), ("sc", "简体")])
def test_the_signs_of_the_languages_have_fonts_of_their_own_on_every_page(name, signs):
    css = (settings.BASE_DIR / "static" / "app.css").read_text("utf-8")
    (face,) = [face for face in css.split("@font-face") if f"signs/{name}.woff2" in face]
    ranges = ", ".join(f"U+{ord(sign):04X}" for sign in signs)
    assert f"unicode-range: {ranges};" in face

    file = settings.BASE_DIR / "build" / "vendor" / "fonts" / "signs" / f"{name}.woff2"
    assert file.stat().st_size < 4_000
    assert {ord(sign) for sign in signs} <= set(TTFont(file).getBestCmap())


def test_a_person_gets_from_sign_in_to_a_filtered_board_by_keyboard_alone(visitor, live_world):
    someone = visitor()
    page = someone.open("/accounts/login/")
    _tab_to(page, "#id_login")
    page.keyboard.type("official")
    _tab_to(page, "#id_password")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    _follow(page, reverse("projects:department-list"))
    _follow(page, reverse("dashboards:department-board"))
    _follow(page, reverse("dashboards:decision-board"))
    _tab_to(page, "select[name=age]")
    page.keyboard.press("End")
    _tab_to(page, ".filter-bar [type=submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "age=longer" in page.url
    assert page.locator("select[name=age]").input_value() == "longer"


def _follow(page: Any, address: str) -> None:
    """Reach a link by Tab, follow it with Enter."""
    _tab_to(page, f"a[href='{address}']")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _tab_to(page: Any, selector: str) -> None:
    """Press Tab until the thing has the focus, which must then be seen."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
            assert style != "none" or shadow != "none", f"the focus on {selector} cannot be seen"
            return
    raise AssertionError(f"no Tab reaches {selector}")
