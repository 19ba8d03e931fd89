"""Tokens of programs, and the limits of guessing (TRUST HD-05, 4.12)."""

from datetime import timedelta

from django.core.cache import cache
import pytest

from core import clock
from core.api import authentication
from core.models import ApiToken, SecurityRefusal
from tests.factories.accounts import PASSWORD

URL = "/api/v1/auth/token/"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def ask(client, *, username="applicant", password=PASSWORD, **headers):
    body = {"username": username, "password": password}
    return client.post(URL, body, content_type="application/json", **headers)


def refusal(client, token):
    response = client.delete(URL, headers={"Authorization": f"Bearer {token}"})
    return response.status_code, response.content, response["WWW-Authenticate"]


def test_a_token_works_until_it_is_revoked(client, applicant):
    answer = ask(client)
    token = answer.json()["token"]

    assert answer.status_code == 201
    assert not ApiToken.objects.filter(digest=token).exists()
    assert client.delete(URL, headers={"Authorization": f"Bearer {token}"}).status_code == 204
    assert refusal(client, token)[0] == 401


def test_expired_cut_invented_and_disabled_tokens_are_refused_alike(client, applicant, colleague):
    cut, expired, disabled = (authentication.issue(user)[0] for user in (applicant, applicant, colleague))
    ApiToken.objects.filter(digest=authentication.digest_of(expired)).update(
        expires_at=clock.now() - timedelta(seconds=1)
    )
    colleague.is_active = False
    colleague.save(update_fields=["is_active"])

    answers = {refusal(client, token) for token in (cut[:-1], expired, disabled, "random", "", "two words", "é")}

    assert len(answers) == 1
    assert next(iter(answers))[0] == 401


def test_wrong_names_and_wrong_passwords_are_refused_alike(client, applicant):
    known, unknown = ask(client, password="wrong"), ask(client, username="nobody", password="wrong")

    assert known.status_code == unknown.status_code == 401
    assert known.content == unknown.content


@pytest.mark.parametrize("username", ["applicant", "nobody"])
def test_the_sixth_wrong_password_from_one_place_is_not_judged(client, applicant, username):
    answers = [ask(client, username=username, password="wrong").status_code for _ in range(6)]

    assert answers == [401] * 5 + [429]
    assert ask(client, username=username).status_code == 429
    assert SecurityRefusal.objects.filter(rule="login.limit").exists()


def test_a_person_is_never_locked_out_from_elsewhere(client, applicant):
    for _ in range(7):
        ask(client, password="wrong", REMOTE_ADDR="10.0.0.1")

    assert ask(client, REMOTE_ADDR="10.0.0.2").status_code == 201


def test_an_invented_forwarding_address_does_not_help_guessing(client, applicant):
    answers = [ask(client, password="wrong", headers={"X-Forwarded-For": f"10.1.1.{n}"}).status_code for n in range(6)]

    assert answers[-1] == 429


def test_the_page_counts_the_same_tries(client, applicant):
    for _ in range(5):
        ask(client, password="wrong")

    page = client.post("/accounts/login/", {"login": "applicant", "password": PASSWORD})

    assert page.status_code == 429
