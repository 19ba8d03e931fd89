"""TRUST T24, I10, I12: overview, list, API and files agree with a recomputation apart, for any reader and time."""

import csv
from decimal import Decimal
import io
import random
import re
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
import openpyxl
from pypdf import PdfReader
import pytest

from tests.dashboards import cases
from tests.dashboards.cases import Answer, Case, History

PAGES = {"projects": "/projects/", "procedures": "/procedures/", "requests": "/funding/"}
APIS = {"projects": "/api/v1/projects/", "procedures": "/api/v1/procedures/", "requests": "/api/v1/requests/"}
PARTS = 8
OF_ONE_HISTORY = 250
ATTACKS_OF_ONE_HISTORY = 50  # each adds records, and a page of a list holds 200
PRINTED_EACH = 4  # of the lists that may be exported, one in so many is printed too
REFERENCE, ASKED = ("Reference", "reference"), ("Amount asked (HK$)", "own_amount")


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
    number, exported, printed, done = proof.size(gate=24, full=10_000 // PARTS), 0, 0, 0
    while done < number:
        with transaction.atomic():
            history = cases.make_history(world, chance)
            for case in [cases.ask(chance, history) for _ in range(min(OF_ONE_HISTORY, number - done))]:
                if agrees(browsers[case.reader], case, history):
                    if exported % PRINTED_EACH == 0:
                        on_paper_agrees(browsers[case.reader], case, history)
                        printed += 1
                    exported += 1
                done += 1
            transaction.set_rollback(True)

    proof.figure("with_csv_and_xlsx", exported)
    proof.figure("with_pdf", printed)
    assert exported > number / 4


def agrees(browser: Client, case: Case, history: History) -> bool:
    """Whether the reader could also have it as files; what differs fails."""
    told, address = cases.expected(case, history), case.address(history)
    assert on_page(browser, case, address) == told, case
    assert by_api(browser, case, address) == told.references, case
    assert on_overview(browser, address) == cases.expected_overview(case, history), case
    table = by_file(browser, case, address, "csv")
    book = by_file(browser, case, address, "xlsx")
    if table is None or book is None:
        assert table is book, case
        return False
    assert in_csv(table, case) == told, case
    assert in_workbook(book, case) == told, case
    return True


def on_paper_agrees(browser: Client, case: Case, history: History) -> None:
    """The PDF of the same list: exactly its references, and every amount as it is printed."""
    told = cases.expected(case, history)
    columns = "reference,own_amount" if case.list_name == "requests" else "reference"
    file = by_file(browser, case, case.address(history) | {"columns": columns}, "pdf")
    assert file is not None
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages).split())
    text = text.replace("\u200b", "")
    assert sorted(one for one in history.now[case.list_name] if one in text) == told.references, case
    facts = cases.facts_of(case, history)[case.list_name]
    amounts = [f"{facts[one]['amount']:,.2f}" for one in told.references if case.list_name == "requests"]
    assert [one for one in amounts if one not in text] == [], case


@pytest.mark.prove("figures", parts=4)
def test_no_total_of_two_readers_tells_of_what_is_hidden_from_both_or_either(world, browsers, proof, part):
    """The attack: note every total, let hidden records come and change, note again: not one has moved."""
    chance = random.Random(proof.seed * 1_000 + part)
    left, seen = proof.size(gate=4, full=250), 0
    while left > 0:
        with transaction.atomic():
            history = cases.make_history(world, chance)
            for _ in range(min(ATTACKS_OF_ONE_HISTORY, left)):
                seen += attacked(browsers, history, chance)
                left -= 1
            transaction.set_rollback(True)

    proof.figure("totals", seen)


def attacked(browsers: dict[str, Client], history: History, chance: random.Random) -> int:
    """One attack by one reader; how many totals were compared."""
    reader = chance.choice(["outsider", "applicant", "official", "report_staff"])
    asked = [case for case in (cases.ask(chance, history) for _ in range(40)) if case.reader == reader]
    asked += [Case(reader, name, {}, None) for name in PAGES]
    before = [totals(browsers[reader], case, history) for case in asked]

    cases.hide(history, chance, reader)
    cases.change(history, chance, hidden_from=reader)

    cache.clear()
    after = [totals(browsers[reader], case, history) for case in asked]
    assert before == after, reader
    return len(asked)


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


def by_file(browser: Client, case: Case, address: dict[str, str], file_format: str) -> bytes | None:
    """None where the reader may not export."""
    answer = browser.get(f"/exports/of/{case.list_name}/", address | {"format": file_format})
    if answer.status_code == 403:
        return None
    assert answer.status_code == 200, (case, answer.status_code)
    return bytes(answer.getvalue())


def in_csv(file: bytes, case: Case) -> Answer:
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    reference, asked = (f"{heading} [{name}]" for heading, name in (REFERENCE, ASKED))
    return _answer(case, [row[reference] for row in rows], [row.get(asked) for row in rows])


def in_workbook(file: bytes, case: Case) -> Answer:
    head, *rows = openpyxl.load_workbook(io.BytesIO(file), read_only=True).worksheets[0].values
    told = [dict(zip(head, row, strict=True)) for row in rows]
    return _answer(case, [row[REFERENCE[0]] for row in told], [row.get(ASKED[0]) for row in told])


def _answer(case: Case, references: list[str], amounts: list[Any]) -> Answer:
    """The sum is that of cells to the cent: a workbook keeps a number as a binary fraction."""
    if case.list_name != "requests":
        return Answer(sorted(references), Decimal(0))
    cents = Decimal("0.01")
    return Answer(sorted(references), sum((Decimal(str(one)).quantize(cents) for one in amounts), Decimal(0)))


def on_overview(browser: Client, address: dict[str, str]) -> dict[str, Any]:
    asked = {"as_at": address["as_at"]} if "as_at" in address else {}
    told = browser.get("/api/v1/overview/", asked).json()
    stages = {row["stage"]: row["count"] for row in told["pipeline"] if row["stage"]}
    return {"stages": stages, **told["standing"], "decisions_waiting": told["decisions_waiting"]}
