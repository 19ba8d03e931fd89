"""Signing in and reading in one's own language, in a real browser."""

import pytest

from tests.journeys import screens
from tests.journeys.conftest import DESKTOP, PHONE

WELCOME = {"en": "Sign in", "zh-hant": "登入", "zh-hans": "登录"}


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_person_signs_in_and_reads_on_in_chinese(visitor, live_world, violations, viewport):
    someone = visitor(viewport)
    page = someone.open("/accounts/login/")
    assert violations(page) == []
    assert screens.sideways(page) == 0

    someone.sign_in("official")
    assert page.locator("html").get_attribute("lang") == "en"
    someone.speak("zh-hant")

    assert page.locator("html").get_attribute("lang") == "zh-hant"
    assert "概覽" in page.locator("body").inner_text() or "概覽" in page.title()
    assert violations(page) == []
    assert screens.sideways(page) == 0


def test_the_language_follows_the_account_to_another_browser(visitor, live_world):
    here, there = visitor(), visitor()
    here.sign_in("official")
    here.speak("zh-hans")

    page = there.sign_in("official")

    assert page.locator("html").get_attribute("lang") == "zh-hans"


@pytest.mark.parametrize("language", WELCOME)
def test_the_sign_in_page_speaks_every_language(visitor, live_world, language):
    someone = visitor()
    page = someone.open("/accounts/login/")
    someone.speak(language)
    assert page.locator("h1").inner_text() == WELCOME[language]


def test_a_wrong_password_says_so_beside_the_form_and_keeps_the_name(visitor, live_world, violations):
    someone = visitor()
    page = someone.open("/accounts/login/")
    page.locator("#id_login").fill("official")
    page.locator("#id_password").fill("not the password")
    page.locator("main button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    assert page.locator("#id_login").input_value() == "official"
    assert violations(page) == []


def test_signing_out_ends_the_session(visitor, live_world):
    someone = visitor()
    page = someone.sign_in("official")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
    someone.open("/")
    assert "/accounts/login/" in page.url


def test_the_keyboard_reaches_the_content_first(visitor, live_world):
    someone = visitor()
    page = someone.sign_in("official")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
