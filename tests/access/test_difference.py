"""TRUST T24: no total, list, search or file of a person changes by one sign when something hidden comes to be."""

from difflib import unified_diff
import re
from typing import Any

from django.core.cache import cache
from django.db import transaction
import pytest
import time_machine

from core import clock
from tests.access import table
from tests.access.visibility import make_things
from tests.access.walking import LISTS, Step, take
from tests.factories.projects import ProjectFactory
from tests.factories.work import DocumentFactory, TaggingFactory

TOTALS = (
    "dashboards:overview",
    "GET /api/v1/overview/",
    "projects:department-list",
    "GET /api/v1/department-tree/",
    "projects:search",
    "GET /api/v1/search/",
)
STRANGERS = ("outsider", "member", "official", "secretary")  # of B, of a committee, of the Team's department
ONE_TIME = re.compile(r'name="(csrfmiddlewaretoken|form_token)" value="[^"]*"|"X-CSRFToken": "\w+"')


@pytest.fixture
def frozen(walk: Any, settings: Any, tmp_path: Any):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    with transaction.atomic(), time_machine.travel(clock.now(), tick=False):
        make_things(walk)
        yield walk
        transaction.set_rollback(True)


def test_what_a_person_may_not_see_changes_nothing_they_see(frozen):
    rows = {row.name: row for row in table.rows() if row.name in {*LISTS, *TOTALS}}
    before = _all_answers(frozen, rows)

    _make_hidden(frozen)

    assert _differences(before, _all_answers(frozen, rows)) == []


def test_the_attack_would_see_a_difference(frozen):
    """The twin: a registered project is everybody's, so the same comparison finds it on their totals."""
    rows = {name: row for row in table.rows() if (name := row.name) in TOTALS[:2]}
    before = _all_answers(frozen, rows)

    ProjectFactory(department=frozen.a)

    assert _differences(before, _all_answers(frozen, rows))


def _make_hidden(world: Any) -> None:
    """In department A: a draft with a document and a tag, a restricted document, and a request that is not sent."""
    draft = ProjectFactory(department=world.a, draft=True, lead=world["applicant"].person)
    DocumentFactory(subject=draft)
    TaggingFactory(subject=draft)
    DocumentFactory(subject=world.things["register"], classification="restricted")
    world.things["scene"].draft("300000.00")


def _all_answers(world: Any, rows: dict[str, table.Row]) -> dict[tuple[str, str], tuple[int, str]]:
    found = {}
    for name, row in rows.items():
        for persona in STRANGERS:
            query = row.query if isinstance(row.query, dict) else {}
            cache.clear()
            status, text = take(Step(row, persona, query=query), world, world.clients[persona], [])
            found[name, persona] = status, ONE_TIME.sub("", text)
    return found


def _differences(before: dict[Any, Any], after: dict[Any, Any]) -> list[Any]:
    """Which answers changed, and how."""
    found = []
    for key, (status, text) in before.items():
        if after[key] != (status, text):
            changed = unified_diff(text.splitlines(), after[key][1].splitlines(), lineterm="", n=0)
            found.append((key, status, after[key][0], [line[:200] for line in changed][2:8]))
    return found
