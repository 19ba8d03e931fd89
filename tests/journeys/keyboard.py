"""Hands that have no mouse: everything is reached by Tab, and what has the focus must be seen to have it."""

from typing import Any

from playwright.sync_api import Page

from tests.factories.accounts import PASSWORD
from tests.journeys.conftest import Visitor
from tests.journeys.walk import Walk

MOST_TABS = 250
HAS_FOCUS = "(wanted) => document.activeElement.matches(wanted)"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the thing has the focus, which must then be seen."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(HAS_FOCUS, selector):
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
            assert style != "none" or shadow != "none", f"the focus on {selector} cannot be seen"
            return
    raise AssertionError(f"no Tab reaches {selector}")


def follow(page: Page, address: str) -> None:
    """Reach a link, follow it with Enter."""
    tab_to(page, f"a[href='{address}']")
    enter(page)


def enter(page: Page) -> None:
    """Press what has the focus, and wait for the page that comes."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fill(page: Page, selector: str, value: str) -> None:
    """Type over what stands there, choose from a list, or move along the choices of a group until one is taken."""
    tab_to(page, selector)
    kind = page.evaluate("document.activeElement.type")
    if kind == "radio":
        page.keyboard.press("Space")
        _arrow_down(page, "document.activeElement.checked && document.activeElement.value", value)
    elif kind == "select-one":
        page.keyboard.press("Home")
        _arrow_down(page, "document.activeElement.value", value)
    else:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(value)


def _arrow_down(page: Page, chosen: str, value: str) -> None:
    """Move along the choices until the wanted one is taken."""
    for _press in range(MOST_TABS):
        if page.evaluate(chosen) == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no arrow reaches {value}")


class KeyboardWalk(Walk):
    """A walk whose people sign in, fill and press by keyboard alone."""

    def of(self, username: str) -> Visitor:
        if username not in self.people:
            person = self.visitor()
            page = person.open("/accounts/login/")
            fill(page, "#id_login", username)
            fill(page, "#id_password", PASSWORD)
            enter(page)
            self.people[username] = person
        return self.people[username]

    def press(self, username: str, path: str, act: str, **fields: Any) -> Page:
        page = self.open(username, path)
        self.send(page, f"#act-{act}", fields)
        return page

    def send(self, page: Page, form: str, fields: dict[str, Any], button: str = "button[type=submit]") -> None:
        """Fill the fields of a form in the order in which Tab comes to them, and press its button."""
        for name, value in fields.items():
            fill(page, f"{form} [name={name}]", value)
        tab_to(page, f"{form} {button}")
        enter(page)
