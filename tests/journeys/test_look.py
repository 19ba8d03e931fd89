"""How pages look and answer: WCAG 2.2 AA, both widths, three languages, and without scripts."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
import os
import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from fontTools.ttLib import TTFont
import pytest

from tests.access import table
from tests.access.conftest import outside_member
from tests.journeys import screens
from tests.journeys.conftest import DESKTOP, PHONE, QUIET, Visitor, chromium

ROLES = ("official", "secretary", "administrator", "applicant", "head", "chair", "verifier", "finance", "auditor")
LANGUAGES = ("en", "zh-hant", "zh-hans")
FEW = ("dashboards:money-board", "dashboards:decision-board")
NUMBER = re.compile(r"(?<![0-9:])[0-9][0-9,.]*(?![0-9:])")  # not the hour: a minute may pass between two looks
WORDS = """() => {
    const main = document.querySelector("main").cloneNode(true);
    main.querySelectorAll("script, .chart, .chart-legend, time").forEach((one) => one.remove());
    return main.textContent;
}"""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>"""
OPENED = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.mark.prove("look", gate=False)
@pytest.mark.timeout(7_200)
def test_every_page_meets_wcag_at_both_widths_and_overflows_in_no_language(
    visitor, live_app, live_world, violations, proof
):
    """Every page of the access table that a role may open, with everything on it unfolded, menu included.

    A page whose elements, classes and attributes are all those of a page that was looked at is not looked at again:
    most pages are the same for most roles.
    """
    known, seen = _everything(live_world), set[int]()
    faults, pages = [], Counter[str]()
    for role in ROLES:
        someone = visitor()
        _enter(someone, live_app, known[role])
        for name, path, built in _pages(known, role):
            pages["of all roles"] += 1
            if built not in seen:
                seen.add(built)
                pages["looked at"] += 1
                faults += [f"{role} {fault}" for fault in _looked_at(someone, live_app, violations, name, path)]
        someone.context.close()
    for what, count in pages.items():
        proof.figure(f"pages {what}", count)
    proof.figure("faults", len(faults))
    assert "\n".join(faults) == ""


def _looked_at(someone: Any, address: str, violations: Any, name: str, path: str) -> Iterator[str]:
    for language in LANGUAGES:
        _speak(someone, address, language)
        someone.page.set_viewport_size(DESKTOP)
        page = someone.open(path)
        page.evaluate(OPENED)
        yield from _faults(page, name, language, violations if language == "en" else None)


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


class Built(HTMLParser):
    """What a page is built of: every element with its classes and the names of its attributes, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = [f"{name}={value}" if name in {"class", "role", "type"} else name for name, value in attrs]
        self.parts.append(" ".join([tag, *told]))


def _pages(world: Any, role: str) -> Iterator[tuple[str, str, int]]:
    """Pages that answer this role with HTML, and a number that is the same for pages built alike."""
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
            built = Built()
            built.feed(answer.content.decode())
            yield row.name, f"{path}?{answer.wsgi_request.GET.urlencode()}", hash(tuple(built.parts))


def _enter(someone: Any, address: str, user: Any) -> None:
    client = Client()
    client.force_login(user, backend="accounts.backends.DatedRolesBackend")
    _cookie(someone, address, settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)


def _speak(someone: Any, address: str, language: str) -> None:
    _cookie(someone, address, settings.LANGUAGE_COOKIE_NAME, language)


def _cookie(someone: Any, address: str, name: str, value: str) -> None:
    someone.context.add_cookies([{"name": name, "value": value, "url": address}])


@pytest.mark.prove("look", gate=False)
def test_every_page_tells_its_figures_without_scripts(visitor, live_app, live_world, proof):
    """What is read on a page with its scripts is read without them: every number, and every chart as a drawing."""
    known = _everything(live_world)
    scripted, plain = visitor(), visitor(scripts=False)
    for someone in (scripted, plain):
        _enter(someone, live_app, known["official"])
    faults, pages = [], 0
    for name, path, _built in _pages(known, "official"):
        pages += 1
        told, numbers = (NUMBER.findall(_words(someone.open(path))) for someone in (plain, scripted))
        faults += [f"{name}: {number} is told by scripts alone" for number in Counter(numbers) - Counter(told)]
        faults += [
            f"{name}: a chart is not drawn"
            for chart in plain.page.locator(".chart").all()
            if not chart.locator("svg").first.is_visible()
        ]
    proof.figure("pages", pages)
    assert "\n".join(faults) == ""


def _words(page: Any) -> str:
    """What the page says outside its charts, whose drawings are looked at apart."""
    page.wait_for_load_state("networkidle")
    page.evaluate(OPENED)
    return str(page.evaluate(WORDS))


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


def test_a_machine_that_has_chinese_fonts_fetches_none(browser, live_app, live_world, tmp_path):
    """What a first view weighs in Chinese on such a machine is what it weighs in English, but for the words."""
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(FONTS % (settings.PAPER_FONTS, tmp_path), "utf-8")
    own = browser.browser_type.launch(
        executable_path=chromium(),
        args=[*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
    )
    someone, fetched = Visitor(own.new_context(viewport=DESKTOP), live_app), list[str]()
    someone.page.on("request", lambda request: fetched.append(request.url))
    _enter(someone, live_app, live_world["official"])
    for language in ("zh-hant", "zh-hans"):
        _speak(someone, live_app, language)
        someone.open("/").wait_for_load_state("networkidle")
    own.close()

    assert any("/inter/" in address for address in fetched)
    assert [address for address in fetched if "noto-sans" in address and address.endswith(".woff2")] == []


@pytest.mark.parametrize(("name", "signs"), [("hk", "繁"), ("sc", "简体")])
def test_the_signs_of_the_languages_have_fonts_of_their_own_on_every_page(name, signs):
    css = (settings.BASE_DIR / "static" / "app.css").read_text("utf-8")
    (face,) = [face for face in css.split("@font-face") if f"signs/{name}.woff2" in face]
    ranges = ", ".join(f"U+{ord(sign):04X}" for sign in signs)
    assert f"unicode-range: {ranges};" in face

    file = settings.BASE_DIR / "build" / "vendor" / "fonts" / "signs" / f"{name}.woff2"
    assert file.stat().st_size < 4_000
    assert {ord(sign) for sign in signs} <= set(TTFont(file).getBestCmap())
