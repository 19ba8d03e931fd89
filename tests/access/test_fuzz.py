"""Schemathesis over every operation of the schema as four personas (TRUST G12): no failure, whatever is sent."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from core.api import authentication
from tests.access import table

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PERSONAS = ("applicant", "official", "secretary", "administrator")
UNTRIED = {"POST /api/v1/auth/token/"}  # guessing passwords 5 times gives 429: tests/core/test_tokens.py


def read_whole(application: Any) -> Any:
    """The application, its answers read to the end and closed: schemathesis leaves a streamed file open."""

    def answer(environ: Any, start_response: Any) -> list[bytes]:
        body = application(environ, start_response)
        try:
            return [b"".join(body)]
        finally:
            body.close()

    return answer


@cache
def described() -> Any:
    """The schema and the application it describes, once for all operations: making them takes seconds."""
    schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
    schema.app = read_whole(get_wsgi_application())
    return schema


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """Real requests end by closing their connection; these share the walk's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def tokens(walk: Any) -> dict[str, str]:
    return {persona: authentication.issue(walk[persona])[0] for persona in PERSONAS}


@pytest.mark.prove("api")
@pytest.mark.usefixtures("kept_connection")
@pytest.mark.parametrize("name", sorted(table.operations() - UNTRIED))
def test_an_operation_keeps_its_word_whatever_is_sent(walk, tokens, proof, name):
    """Each try as all four. Half of them go to records that are there, so that zero failures is not hollow."""
    method, path = name.split(" ", 1)
    operation = described()[path][method]
    known = [dict(row.at(walk) if callable(row.at) else row.at) for row in table.rows() if row.name == name]
    answered: Counter[str] = Counter()

    @seed(proof.seed)
    @settings(
        max_examples=proof.size(gate=2, full=200),
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), real=st.booleans())
    def attempt(case: Any, real: bool) -> None:
        if real and known and known[0]:
            case.path_parameters = known[0]
        for persona, token in tokens.items():
            with transaction.atomic():
                answer = case.call(headers={"Authorization": f"Bearer {token}"})
                transaction.set_rollback(True)
            assert answer.status_code != 401, persona
            answered[f"{answer.status_code // 100}xx"] += 1
            case.validate_response(answer, checks=CHECKS)

    attempt()
    proof.figure("answers", dict(answered))
