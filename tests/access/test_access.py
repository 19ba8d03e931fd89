"""Every page and API action answers every persona as the table says, and nothing is missing from the table."""

import json
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.urls import NoReverseMatch, reverse
import pytest

from tests.access import table

SIGNED_OUT_ADMIN = (302, 404)  # to its own sign-in page, or an object that is not there


def test_every_name_and_operation_is_listed():
    listed = {row.name for row in table.rows()}
    there = table.url_names() | table.operations()

    assert sorted(there - listed) == [], "not in any tests/access/rows_<area>.py"
    assert sorted(listed - there) == [], "listed, but no longer there"


@pytest.mark.parametrize("row", table.rows(), ids=str)
def test_each_persona_gets_the_listed_status(walk, row):
    expected = {persona: row.expected(persona) for persona in (table.ANONYMOUS, *table.PERSONAS)}

    got = {persona: _ask(walk, row, persona) for persona in expected}

    assert got == expected


def test_nobody_but_staff_gets_into_the_admin(walk):
    reached = set()
    for name in table.admin_names():
        try:
            path = reverse(name)
        except NoReverseMatch:
            continue
        reached.add(name)
        for persona in (table.ANONYMOUS, *table.PERSONAS):
            if name not in {"admin:login", "admin:jsi18n"}:
                assert walk.clients[persona].get(path).status_code in SIGNED_OUT_ADMIN, (name, persona)

    assert "admin:index" in reached


def _ask(world: Any, row: table.Row, persona: str) -> int:
    at, data, query, headers = (_of(given, world) for given in (row.at, row.data, row.query, row.headers))
    path = row.name.split(" ", 1)[1].format(**at) if row.is_api else reverse(row.name, kwargs=dict(at))
    client = world.clients[persona]
    cookies = client.cookies.copy()
    cache.clear()
    try:
        with transaction.atomic():
            if row.is_api:
                body = {} if row.method == "GET" else {"data": json.dumps(data), "content_type": "application/json"}
                call = client.generic(row.method, path, query_params=dict(query), headers=dict(headers), **body)
            else:
                send = client.get if row.method == "GET" else client.post
                call = send(path, dict(data if row.method == "POST" else query))
            transaction.set_rollback(True)
        if call.streaming:
            call.getvalue()  # read to its end a file is closed
    finally:
        client.cookies = cookies
    return int(call.status_code)


def _of(given: table.Given, world: Any) -> Any:
    return given(world) if callable(given) else given
