"""Signing in and out, the demonstration's list of accounts, one's password and language."""

from django.conf import settings
from django.urls import reverse
import pytest

from accounts import demonstration
from core.models import Installation
from tests.factories.accounts import PASSWORD

NEW = "another long passphrase 42"


@pytest.fixture
def described(monkeypatch):
    """A demonstration that describes two accounts, one of which does not exist."""
    monkeypatch.setattr(demonstration, "_password", "")
    monkeypatch.setattr(demonstration, "_duties", {})
    demonstration.describe(password="shown to all", duties={"official": "sees the headline", "nobody": "is not there"})


def sign_in(client, name, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": name, "password": password, **more})


def test_a_person_signs_in_and_lands_where_they_wanted(client, official):
    assert sign_in(client, "official", next="/kpis/").headers["Location"] == "/kpis/"


def test_signing_in_never_leads_to_another_site(client, official):
    assert sign_in(client, "official", next="https://elsewhere.example/").headers["Location"] == "/"


@pytest.mark.parametrize("name", ["official", "unknown"])
def test_a_wrong_password_gets_the_same_words_for_known_and_unknown_names(client, official, name):
    answer = sign_in(client, name, "wrong")
    assert answer.status_code == 422
    assert "The username and/or password you specified are not correct." in answer.content.decode()


def test_a_disabled_account_does_not_sign_in(client, official):
    official.is_active = False
    official.save(update_fields=["is_active"])
    answer = client.get(sign_in(client, "official").headers["Location"])
    assert "This account has ended" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_out_takes_a_post(client, official):
    client.force_login(official)
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_a_real_installation_lists_no_accounts(client, official, described):
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": False})
    assert "shown to all" not in client.get(reverse("account_login")).content.decode()


def test_a_demonstration_lists_its_accounts_that_exist_with_their_password(client, official, described):
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    page = client.get(reverse("account_login")).content.decode()
    assert "shown to all" in page
    assert "sees the headline" in page
    assert "is not there" not in page


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_only_a_demonstration_is_marked_on_the_page(client, db, is_demonstration):
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": is_demonstration})
    page = client.get(reverse("account_login")).content.decode()
    assert ("demonstration-banner" in page) is is_demonstration


def test_a_chosen_language_is_kept_for_the_account(client, official):
    client.force_login(official)
    answer = client.post(reverse("set_language"), {"language": "zh-hant", "next": "/kpis/"})
    official.refresh_from_db()
    assert (official.language, answer.headers["Location"]) == ("zh-hant", "/kpis/")
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "zh-hant"


def test_a_language_we_do_not_have_changes_nothing(client, official):
    client.force_login(official)
    client.post(reverse("set_language"), {"language": "fr"})
    official.refresh_from_db()
    assert official.language == "en"


def test_the_account_s_language_comes_along_to_a_new_browser(client, official):
    official.language = "zh-hans"
    official.save(update_fields=["language"])
    assert sign_in(client, "official").cookies[settings.LANGUAGE_COOKIE_NAME].value == "zh-hans"


def test_a_language_chosen_in_this_browser_stands_when_signing_in(client, official):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hant"
    assert settings.LANGUAGE_COOKIE_NAME not in sign_in(client, "official").cookies


def test_a_person_changes_their_password_and_stays_signed_in(client, official):
    client.force_login(official)
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    official.refresh_from_db()
    assert answer.status_code == 302
    assert official.check_password(NEW)
    assert client.get(reverse("account_change_password")).status_code == 200


@pytest.mark.parametrize(
    ("old", "new"), [("wrong", NEW), (PASSWORD, "short"), (PASSWORD, "password1234")], ids=["old", "short", "common"]
)
def test_a_refused_password_is_not_changed(client, official, old, new):
    client.force_login(official)
    answer = client.post(reverse("account_change_password"), {"oldpassword": old, "password1": new, "password2": new})
    official.refresh_from_db()
    assert answer.status_code == 422
    assert official.check_password(PASSWORD)


def test_nobody_signs_up(client, db):
    assert client.get("/accounts/signup/").status_code == 404
