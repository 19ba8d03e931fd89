"""Every address, by every persona, on own, other and draft records, against DESIGN 8 worked out by itself."""

from collections.abc import Iterator
import random
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
import pytest

from tests.access import table
from tests.access.visibility import PERSONAS, Thing, make_things
from tests.access.walking import LISTS, SEARCHED, Step, about, shown, steps, take

WORDS_NOT_SEARCHED = ("comment", "risk", "reading", "paper", "tag", "document", "text")


@pytest.fixture
def things(walk: Any, settings: Any, tmp_path: Any) -> Iterator[list[Thing]]:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    with transaction.atomic():
        walk.clients["team"] = Client(raise_request_exception=False)  # its session goes with the transaction
        walk.clients["team"].force_login(walk["team"], backend="accounts.backends.DatedRolesBackend")
        yield make_things(walk)
        transaction.set_rollback(True)


@pytest.mark.prove("access")
def test_nobody_is_shown_what_is_not_theirs_and_everybody_what_is(walk, things, proof):
    every = steps(walk, things)
    count = proof.size(gate=700, full=len(every))
    chosen = every if count == len(every) else random.Random(proof.seed).sample(every, count)

    wrong = [fault for step in chosen for fault in _faults(step, walk, things)]

    proof.figure("endpoints", len({(step.row.name, step.row.method) for step in every}))
    proof.figure("personas", len(PERSONAS))
    proof.figure("states", len({(thing.kind, thing.state) for thing in things}))
    proof.figure("wrong", len(wrong))
    assert wrong == []


def test_the_walk_leaves_no_page_and_no_operation_out(walk, things):
    walked = {step.row.name for step in steps(walk, things)}
    readable = {row.name for row in table.rows() if row.method == "GET"}

    assert readable - walked == {"account_logout", "readyz"}


def test_the_walk_would_see_a_leak(walk, things, monkeypatch):
    """The twin: with rows for everybody, the same walk finds what is wrong."""
    from projects.querysets import ProjectQuerySet

    monkeypatch.setattr(ProjectQuerySet, "visible_to", lambda self, user: self.all())
    row = next(row for row in table.rows() if row.name == "GET /api/v1/projects/")

    assert _faults(Step(row, "outsider"), walk, things)


def _faults(step: Step, world: Any, things: list[Thing]) -> list[str]:
    """What is wrong with one answer: shown though hidden, hidden though listed, or found though not to be found."""
    status, text = _answer(step, world, things)
    asked = set(step.query.values())
    found = {thing for thing in shown(text, things) if thing.word not in asked}
    faults = [f"{step}: shows {thing.word}" for thing in found if not _may_read(step, thing)]
    if status >= 500:
        faults.append(f"{step}: {status}")
    if step.about is not None:
        faults += _faults_of_page(step, status)
    elif step.row.name in LISTS and status == 200:
        kind = LISTS[step.row.name]
        wanted = {thing for thing in things if thing.kind == kind and step.persona in thing.readers}
        faults += [f"{step}: lacks {thing.word}" for thing in wanted if not _is_listed(thing, text)]
    elif step.row.name in SEARCHED[:2] and status == 200:
        faults += _faults_of_search(step, text, things)
    return faults


def _may_read(step: Step, thing: Thing) -> bool:
    """Whoever records a leaving reads the reference of all that is handed over, and no more (FEATURES N7)."""
    is_handed_over = step.row.name == "people:leaving" and step.persona == "administrator" and thing.kind == "kpi"
    return is_handed_over or step.persona in thing.readers


def _faults_of_page(step: Step, status: int) -> list[str]:
    assert step.about is not None
    is_hidden = step.persona not in step.about.readers
    if is_hidden and status not in (404, 405):
        return [f"{step}: {status} instead of 404"]
    is_whole = step.row.method == "GET" and step.row.name.endswith(("-detail", "/{reference}/"))
    if is_whole and not is_hidden and status != 200:
        return [f"{step}: {status} instead of 200"]
    return []


def _faults_of_search(step: Step, text: str, things: list[Thing]) -> list[str]:
    """A search for a title finds the record for whoever may see it, and says its reference to nobody else."""
    sought = [thing for thing in things if thing.word in step.query.values() and thing.kind in ("project", "procedure")]
    faults = []
    for thing in sought:
        is_found = thing.reference in text
        if is_found != (step.persona in thing.readers):
            faults.append(f"{step}: {'finds' if is_found else 'does not find'} {thing.reference}")
    return faults


def _is_listed(thing: Thing, text: str) -> bool:
    return thing.reference in text or thing.word in text


def _answer(step: Step, world: Any, things: list[Thing]) -> tuple[int, str]:
    """The answer, with its effects undone, so that steps do not depend on each other."""
    client = world.clients[step.persona]
    cookies = client.cookies.copy()
    cache.clear()
    try:
        with transaction.atomic():
            found = take(step, world, client, things)
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
    return found


def test_addresses_about_records_are_recognised():
    by_name = {row.name: row for row in table.rows()}

    assert about(by_name["projects:project-detail"]) == "project"
    assert about(by_name["projects:project-list"]) == ""
    assert about(by_name["GET /api/v1/requests/{reference}/"]) == "request"
