"""While the database is away, people read 503 with Retry-After, never 500."""

from contextlib import contextmanager

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
import pytest


@pytest.fixture
def away(monkeypatch, client, db):
    """Inside `with away():` every connection is refused; nothing the answer needs may ask for one."""
    client.raise_request_exception = False

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    @contextmanager
    def begin():
        with monkeypatch.context() as patch:
            patch.setattr(BaseDatabaseWrapper, "cursor", refuse)
            yield

    return begin


def test_a_page_says_try_again_and_keeps_what_was_typed(client, away):
    with away():
        response = client.post("/accounts/login/", {"login": "applicant", "password": "a secret"})

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "applicant" in response.content.decode()
    assert "a secret" not in response.content.decode()


def test_the_api_says_so_in_its_own_shape(client, away):
    with away():
        response = client.delete("/api/v1/auth/token/", headers={"Authorization": "Bearer abc"})

    assert response.status_code == 503
    assert response.json()["code"] == "system.away"


def test_a_session_that_cannot_be_read_is_no_error_either(client, applicant, away):
    client.force_login(applicant)

    with away():
        assert client.get("/accounts/password/").status_code == 503


def test_health_of_the_process_needs_no_database(client, away):
    with away():
        assert client.get("/healthz").json() == {"status": "ok"}


def test_readiness_names_the_part_that_is_away(client, away):
    with away():
        response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["database"] is False
