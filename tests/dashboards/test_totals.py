"""TRUST T24, I10, I12: overview, list, API and file agree with a recomputation apart, for any reader and time."""

import csv
import io
import random
import re
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
import pytest

from tests.dashboards import cases
from tests.dashboards.cases import Answer, Case, History

PAGES = {"projects": "/projects/", "procedures": "/procedures/", "requests": "/funding/"}
APIS = {"projects": "/api/v1/projects/", "procedures": "/api/v1/procedures/", "requests": "/api/v1/requests/"}
PARTS = 8
OF_ONE_HISTORY = 250


@pytest.fixture
def browsers(world):
    found = {}
    for reader in cases.READERS:
        found[reader] = Client()
        found[reader].force_login(world[reader])
    return found


@pytest.mark.prove("figures", parts=PARTS)
def test_every_surface_agrees_with_a_recomputation_from_plain_facts(world, browsers, proof, part):
    chance = random.Random(proof.seed * 100 + part)
    number, exported, done = proof.size(gate=24, full=10_000 // PARTS), 0, 0
    while done < number:
        with transaction.atomic():
            history = cases.make_history(world, chance)
            for case in [cases.ask(chance, history) for _ in range(min(OF_ONE_HISTORY, number - done))]:
                exported += agrees(browsers[case.reader], case, history)
                done += 1
            transaction.set_rollback(True)

    proof.figure("with_file", exported)
    assert exported > number / 4


def agrees(browser: Client, case: Case, history: History) -> bool:
    """Whether the reader could also have it as a file; what differs fails."""
    told, address = cases.expected(case, history), case.address(history)
    assert on_page(browser, case, address) == told, case
    assert by_api(browser, case, address) == told.references, case
    rows = by_file(browser, case, address)
    assert rows in (None, told.references), case
    assert on_overview(browser, address) == cases.expected_overview(case, history), case
    return rows is not None


@pytest.mark.prove("figures", parts=2)
def test_no_total_of_two_readers_tells_of_what_is_hidden_from_both_or_either(world, browsers, proof, part):
    """The attack: note every total, let hidden records come and change, note again: not one has moved."""
    chance = random.Random(proof.seed * 1_000 + part)
    history = cases.make_history(world, chance)
    number = proof.size(gate=4, full=500)
    seen = 0
    for _ in range(number):
        reader = chance.choice(["outsider", "applicant", "official", "report_staff"])
        asked = [case for case in (cases.ask(chance, history) for _ in range(40)) if case.reader == reader]
        asked += [Case(reader, name, {}, None) for name in PAGES]
        before = [totals(browsers[reader], case, history) for case in asked]

        cases.hide(history, chance, reader)
        cases.change(history, chance, hidden_from=reader)

        cache.clear()
        after = [totals(browsers[reader], case, history) for case in asked]
        assert before == after, reader
        seen += len(asked)

    proof.figure("totals", seen)


def test_the_attack_would_find_what_everybody_sees(world, browsers):
    """The twin: a record that the reader sees moves the total."""
    chance = random.Random(7)
    history = cases.make_history(world, chance)
    case = Case("outsider", "projects", {}, None)
    before = totals(browsers["outsider"], case, history)

    cases._new_project(history, chance, department="AA", status="registered")

    assert totals(browsers["outsider"], case, history) != before


def totals(browser: Client, case: Case, history: History) -> Any:
    address = case.address(history)
    page = on_page(browser, case, address)
    return len(page.references), page.amount, len(by_api(browser, case, address)), on_overview(browser, address)


def on_page(browser: Client, case: Case, address: dict[str, str]) -> Answer:
    answer = browser.get(PAGES[case.list_name], address | {"page_size": "200"})
    assert answer.status_code == 200, (case, answer.status_code)
    path = {"projects": "projects", "procedures": "procedures", "requests": "funding"}[case.list_name]
    found = set(re.findall(rf'href="/{path}/([A-Z]+-[A-Z0-9-]+)/', answer.content.decode()))
    amount = answer.context["totals"].asked if case.list_name == "requests" else 0
    return Answer(sorted(found), amount)


def by_api(browser: Client, case: Case, address: dict[str, str]) -> list[str]:
    answer = browser.get(APIS[case.list_name], address | {"page_size": "200"}).json()
    found = sorted(row["reference"] for row in answer["results"])
    assert answer["count"] == len(found)
    return found


def by_file(browser: Client, case: Case, address: dict[str, str]) -> list[str] | None:
    """None where the reader may not export."""
    answer = browser.get(f"/exports/of/{case.list_name}/", address | {"format": "csv"})
    if answer.status_code == 403:
        return None
    assert answer.status_code == 200, (case, answer.status_code)
    rows = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    return sorted(row["Reference [reference]"] for row in rows)


def on_overview(browser: Client, address: dict[str, str]) -> dict[str, Any]:
    asked = {"as_at": address["as_at"]} if "as_at" in address else {}
    told = browser.get("/api/v1/overview/", asked).json()
    stages = {row["stage"]: row["count"] for row in told["pipeline"] if row["stage"]}
    return {"stages": stages, **told["standing"], "decisions_waiting": told["decisions_waiting"]}
