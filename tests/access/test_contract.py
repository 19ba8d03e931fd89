"""The promises of the API, operation by operation: sent once, changed as seen, read page by page.

Every act either takes an Idempotency-Key or stands below with the reason why it does not, and then refuses one. Every
record that is edited tells its version as ETag, and whoever names another one is refused with nothing stored.
"""

import json
from typing import Any

from django.core.cache import cache
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
import pytest

from core.models import LedgerEntry
from tests.access import table

SECRET = "its answer holds a secret, which is not kept"
ONCE = "twice is the same as once"
NOTHING = "nothing is stored"
NO_KEY = {
    "POST /api/v1/auth/token/": SECRET,
    "DELETE /api/v1/auth/token/": ONCE,
    "POST /api/v1/tokens/": SECRET,
    "POST /api/v1/webhooks/": SECRET,
    "POST /api/v1/webhooks/{reference}/renew-secret/": SECRET,
    "POST /api/v1/calendar/": SECRET,
    "DELETE /api/v1/calendar/": ONCE,
    "POST /api/v1/sources/{reference}/make-key/": SECRET,
    "POST /api/v1/sources/{reference}/push/": "webhook-id is its key",
    "POST /api/v1/sources/{reference}/try/": NOTHING,
    "POST /api/v1/sources/try-proposal/": NOTHING,
    "POST /api/v1/invitations/accept/": "the sender has no account yet, under which an answer could be kept",
    "DELETE /api/v1/follows/{id}/": ONCE,
    "DELETE /api/v1/saved-views/{id}/": ONCE,
    "PATCH /api/v1/notice-settings/": ONCE,
    "PATCH /api/v1/rounds/{id}/": "always refused: a round is changed by its acts",
}
NO_VERSION = {
    "PATCH /api/v1/notice-settings/": "one's own, and each sending is whole",
    "PATCH /api/v1/saved-views/{id}/": "one's own, and each sending is whole",
    "PATCH /api/v1/rounds/{id}/": "always refused: a round is changed by its acts",
}
ACTS = ("POST", "PUT", "PATCH", "DELETE")


def described():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return {f"{verb.upper()} {path}": found for path, item in schema["paths"].items() for verb, found in item.items()}


def named(operation, place):
    return {one["name"] for one in operation.get("parameters", ()) if one["in"] == place}


OPERATIONS: dict[str, Any] = described()
GUARDED = sorted(name for name, found in OPERATIONS.items() if "If-Match" in named(found, "header"))
PAGED = sorted(
    name
    for name, found in OPERATIONS.items()
    if name.startswith("GET ") and "{" in name and "page" in named(found, "query")
)


def test_every_act_takes_an_idempotency_key_or_is_named_here():
    acts = {name: found for name, found in OPERATIONS.items() if name.startswith(ACTS)}
    without = {name for name, found in acts.items() if "Idempotency-Key" not in named(found, "header")}

    assert without == set(NO_KEY)
    assert len(acts) - len(without) > 200


def test_every_edit_asks_for_the_version_or_is_named_here():
    edits = {name for name in OPERATIONS if name.startswith(("PATCH ", "PUT "))}

    assert edits - set(GUARDED) == set(NO_VERSION)
    read = {name.replace("PATCH ", "GET ") for name in edits & set(GUARDED)}
    assert read <= set(OPERATIONS)


@pytest.mark.parametrize("name", sorted(NO_KEY))
def test_an_act_that_keeps_no_answer_refuses_a_key(walk, name):
    answer = asked(walk, name, **{"Idempotency-Key": "once"})

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency.unsupported")


@pytest.mark.parametrize("name", GUARDED)
def test_a_version_that_is_not_the_last_changes_nothing(walk, name):
    stands = record_of(name)
    with transaction.atomic():
        before, entries = asked(walk, stands), LedgerEntry.objects.count()
        answers = [asked(walk, name, **match) for match in ({"If-Match": '"987654321"'}, {"If-Match": "*"}, {})]
        after = asked(walk, stands)
        stored = LedgerEntry.objects.count() - entries
        transaction.set_rollback(True)

    assert before.headers["ETag"].strip('"').isdigit()
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (412, "match.stale"),
        (428, "match.required"),
        (428, "match.required"),
    ]
    assert (after.headers["ETag"], after.content, stored) == (before.headers["ETag"], before.content, 0)


@pytest.mark.parametrize("name", PAGED)
def test_what_is_told_in_pages_has_pages(walk, name):
    for query in ({"page": "1", "page_size": "1"}, {"page_size": "200"}):
        answer = asked(walk, name, query=query)
        assert (answer.status_code, set(answer.json())) == (200, {"count", "next", "previous", "results"})


def record_of(name):
    """Reading the record that an act is about: the address up to its reference."""
    path = name.partition(" ")[2]
    return f"GET {path[: path.index('}') + 1]}/"


def asked(walk, name, query=None, **headers):
    """The operation by whoever may do it, on the record of its row in the access table, rolled back."""
    row = next(row for row in table.rows() if row.name == name)
    persona = next((one for one, status in row.but.items() if status < 300), "official")
    path = name.partition(" ")[2].format(**(row.at(walk) if callable(row.at) else row.at))
    data = row.data(walk) if callable(row.data) else row.data
    cache.clear()
    with transaction.atomic():
        if row.method == "GET":
            answer = walk.clients[persona].get(path, query or {}, headers=headers)
        else:
            sent = json.dumps(dict(data), default=str)
            answer = walk.clients[persona].generic(
                row.method, path, sent, content_type="application/json", headers=headers
            )
        transaction.set_rollback(True)
    return answer
