"""Several people at their browsers, each signed in through the sign-in page, doing the acts that their pages offer."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page
import pytest

from tests.journeys.conftest import Visitor

LANGUAGES = ("en", "zh-hant")


def walked_in(at_a_merge: str) -> list[Any]:
    """Both languages of a journey: the gate walks it in one, `./dev prove journeys` in both."""
    return [
        pytest.param(language, marks=pytest.mark.prove("journeys", gate=language == at_a_merge))
        for language in LANGUAGES
    ]


class Walk:
    """Everybody's browser, made when they are first needed, in one language."""

    def __init__(self, visitor: Callable[..., Visitor], language: str) -> None:
        self.visitor, self.language = visitor, language
        self.people: dict[str, Visitor] = {}

    def of(self, username: str) -> Visitor:
        if username not in self.people:
            person = self.visitor()
            person.sign_in(username)
            person.speak(self.language)
            self.people[username] = person
        return self.people[username]

    def open(self, username: str, path: str) -> Page:
        return self.of(username).open(path)

    def press(self, username: str, path: str, act: str, **fields: Any) -> Page:
        """Fill the form of one act and send it."""
        page = self.open(username, path)
        form = page.locator(f"#act-{act} form")
        for name, value in fields.items():
            fill(form.locator(f"[name={name}]"), value)
        with page.expect_navigation():
            form.locator("button[type=submit]").click()
        return page


def fill(control: Locator, value: Any) -> None:
    """Type, choose, tick or attach, as the control wants it."""
    kind = control.first.evaluate("one => one.type")
    if kind == "radio":
        control.and_(control.page.locator(f"[value={value}]")).check()
    elif kind == "select-one":
        control.select_option(value)
    elif kind == "file":
        control.set_input_files(value)
    else:
        control.fill(value)
