"""A real browser against the real app on loopback, with every other network closed.

Chromium is Debian's, found by `TEST_CHROMIUM` or at its usual places; without one these tests are skipped
with that reason, except where `CI` is set: there a missing browser is a failure.
"""

from collections.abc import Callable, Iterator
import os
from pathlib import Path
import shutil
import threading
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
import pytest

from tests.factories.accounts import PASSWORD
from tests.plugins.personas import World, make_world

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-features=OptimizationHints,MediaRouter,AutofillServerCommunication,CertificateTransparencyComponentUpdater",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
    "--proxy-server=127.0.0.1:9",  # a request that goes round the page's own routing dies here
    "--proxy-bypass-list=127.0.0.1",
]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NO_BROWSER = "no Chromium found: install Debian's “chromium” or set TEST_CHROMIUM"


def chromium() -> str | None:
    named = os.environ.get("TEST_CHROMIUM")
    return named or next((path for path in CHROMIUM if Path(path).exists()), shutil.which("chromium"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)  # the one allowed reason (STACK 5)
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """The test's own output says what happened."""


class PatientServer(ThreadedWSGIServer):
    """Ends only when every answer has been given, so that no connection outlives its test."""

    daemon_threads = False


class LiveApp:
    """The app served from this process by threads that each have connections of their own."""

    def __init__(self) -> None:
        self.server = PatientServer(("127.0.0.1", 0), QuietHandler, connections_override={})
        self.server.set_app(WSGIHandler())
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(timeout=10)


@pytest.fixture
def live_app(committed_db: None) -> Iterator[str]:
    """The address of the running app on a committed database."""
    app = LiveApp()
    yield app.address
    app.stop()
    connections.close_all()


@pytest.fixture
def live_world(live_app: str) -> World:
    """Every persona, committed, so that the app's own connections see them."""
    return make_world()


class Visitor:
    """One person's browser: opens pages of the app, and knows every address it tried to reach."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.outside: list[str] = []
        self.complaints: list[str] = []
        context.route("**/*", self._guard)
        self.page = context.new_page()
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _guard(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.scheme in {"data", "blob"} or url.hostname == "127.0.0.1":
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _listen(self, message: Any) -> None:
        # A refused form is a 4xx, which the console repeats; that is the answer and no fault of the page.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, username: str, password: str = PASSWORD) -> Page:
        """Through the sign-in page, as a person does."""
        self.open("/accounts/login/")
        self.page.locator("#id_login").fill(username)
        self.page.locator("#id_password").fill(password)
        self.page.locator("main button[type=submit]").click()
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)
        return self.page

    def speak(self, language: str) -> None:
        """Choose en, zh-hant or zh-hans in the bar, behind the menu on a small screen."""
        button = self.page.locator(f".language-switch button[value={language}]")
        if not button.is_visible():
            self.page.locator(".navbar-toggler").click()
            button.wait_for()
        with self.page.expect_navigation():
            button.click()


@pytest.fixture
def visitor(browser: Browser, live_app: str) -> Iterator[Callable[..., Visitor]]:
    """Makes a visitor with cookies of its own. At the end none may have asked for anything outside, nor complained."""
    visitors: list[Visitor] = []

    def make(viewport: dict[str, int] = DESKTOP, *, scripts: bool = True) -> Visitor:
        context = browser.new_context(
            viewport=viewport, reduced_motion="reduce", locale="en-GB", java_script_enabled=scripts
        )
        context.set_default_timeout(15_000)
        visitors.append(Visitor(context, live_app))
        return visitors[-1]

    yield make
    outside = [address for visitor in visitors for address in visitor.outside]
    complaints = [words for visitor in visitors for words in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert outside == [], "a page asked for something outside this machine"
    assert complaints == [], "the browser's console reported errors"


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe finds on a page under WCAG 2.2 AA, one line each."""
    axe = Axe()

    def find(page: Page) -> list[str]:
        result = axe.run(page, options={"runOnly": STANDARDS, "resultTypes": ["violations"]})
        return [
            f"{found['id']}: {node['html'][:120]} ({node.get('failureSummary', '')[:160]})"
            for found in result.response["violations"]
            for node in found["nodes"]
        ]

    return find


@pytest.fixture(autouse=True)
def _plain_cookies(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app answers on plain loopback here."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["127.0.0.1", "testserver"])
