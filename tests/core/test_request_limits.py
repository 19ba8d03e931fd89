"""What no request may be (TRUST 4.8, 4.9), judged before any view runs."""

import pytest

from core.models import SecurityRefusal


def test_an_address_of_ten_thousand_characters_is_refused(client, db):
    assert client.get("/healthz?q=" + "x" * 10_000).status_code == 414
    assert client.get("/healthz?q=" + "x" * 8_000).status_code == 200


def test_a_header_longer_than_32_kb_is_refused(client, db):
    assert client.get("/healthz", headers={"X-Long": "x" * 32_769}).status_code == 431
    assert client.get("/healthz", headers={"X-Long": "x" * 32_768}).status_code == 200


@pytest.mark.parametrize(("path", "size"), [("/api/v1/auth/token/", 1024 * 1024 + 1), ("/healthz", 11 * 1024**2 + 1)])
def test_a_body_over_its_limit_is_refused_by_its_announced_length(client, db, path, size):
    response = client.post(path, b"{}", content_type="application/json", headers={"Content-Length": str(size)})

    assert response.status_code == 413


@pytest.mark.parametrize("method", ["TRACE", "FOO", "CONNECT"])
@pytest.mark.parametrize("path", ["/healthz", "/api/v1/auth/token/"])
def test_a_method_nobody_offers_is_refused_with_those_allowed(client, db, method, path):
    response = client.generic(method, path)

    assert response.status_code == 405
    assert "GET" in response["Allow"] and method not in response["Allow"]


def test_an_overriding_header_is_ignored(client, db):
    response = client.get("/healthz", headers={"X-HTTP-Method-Override": "DELETE"})

    assert response.status_code == 200


def test_nul_in_an_address_is_refused(client, db):
    assert client.get("/healthz?q=%00").status_code == 400
    assert client.get("/health%00z").status_code == 404


def test_a_parameter_given_twice_is_refused(client, db):
    response = client.get("/api/v1/auth/token/?a=1&a=2")

    assert response.status_code == 400
    assert response.json()["code"] == "param.repeated"


def test_a_host_we_do_not_know_is_refused(client, db):
    assert client.get("/api/schema/", headers={"Host": "evil.example"}).status_code == 400


def test_a_refusal_is_json_under_the_api_and_a_page_elsewhere(client, db):
    api, page = client.get("/api/v1/nothing/"), client.get("/nothing/")

    assert (api.status_code, page.status_code) == (404, 404)
    assert set(api.json()) == {"code", "message", "fields"}
    assert page["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "no such page"), ("zh-hant", "前往概覽"), ("zh-hans", "前往概览")]
)
def test_a_refusal_is_in_the_readers_language(client, db, language, words):
    client.cookies["django_language"] = language

    page = client.get("/nothing/")

    assert page["Content-Language"] == language
    assert words in page.content.decode()


def test_every_answer_names_its_request(client, db):
    made, kept = client.get("/healthz"), client.get("/healthz", headers={"X-Request-ID": "abcd-1234-efgh"})

    assert len(made["X-Request-ID"]) == 32
    assert kept["X-Request-ID"] == "abcd-1234-efgh"
    assert client.get("/healthz", headers={"X-Request-ID": "a b\n"})["X-Request-ID"] != "a b\n"


def test_a_form_without_its_token_is_refused_kept_and_remembered(applicant):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)

    response = client.post("/accounts/login/", {"login": "applicant", "password": "my secret"})

    assert response.status_code == 403
    assert "applicant" in response.content.decode()
    assert "my secret" not in response.content.decode()
    assert SecurityRefusal.objects.get().rule == "csrf.failed"
