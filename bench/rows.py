"""The rows of SPEED that this batch has something to measure for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
import time
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import browser, charts, collector, exporting, ledger, readings, series, votes
from bench.measure import Figure, medians
from bench.serve import Reader, Server, Servers
from bench.world import Readers, session_of, signed_in
from projects.models import Project

ROUNDS = 40
SPOKEN_OF = 10_000
MOST_QUERIES = 12
EXPORTED = 100_000
FIRST_BYTE_MS = 500
GROWTH_KB = 30 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """An address of ours beside the address of the floor it is compared with."""

    row: str
    ours: str
    floor: str
    goal: float | None
    most_queries: int = MOST_QUERIES


def measure(size: int, readers: Readers, servers: Servers, *, only: str, seconds: float) -> Iterator[Figure]:
    """Every row at one size, as an ordinary lead and as an official."""
    for name, user in (("lead", readers.lead), ("official", readers.official)):
        session, counter = session_of(user), signed_in(user)
        ours, bare = servers.ours.reader(session), servers.bare.reader(session)
        for page in pages(size):
            row = f"{page.row}, {name}"
            if only in row:
                yield compared(row, page, size, ours, bare, counter, seconds)
    if only in "pages in a browser":
        yield from browser.figures(size, servers.ours, session_of(readers.official), seen_pages(size))
    if size == SPOKEN_OF and only in "six charts as JSON":
        yield charts.drawn(seconds)
    if size == EXPORTED and only in "CSV of 100,000 rows":
        yield exported(servers.ours, session_of(readers.writer), servers.bare.reader(""))
    if size >= SPOKEN_OF and only in "XLSX of every project":
        yield exporting.workbook(readers.writer, size)
    if size == SPOKEN_OF and only in "list of 50 while 20 files are made":
        official, bare = session_of(readers.official), servers.bare.reader(session_of(readers.official))
        yield exporting.pages_meanwhile(size, servers.ours.reader(official), bare, seconds)
    if only in "ledger append":
        yield ledger.appended(size, seconds)
    if size == EXPORTED and only in "ledger verify":
        yield ledger.verified()
    if size == SPOKEN_OF and only in "votes":
        yield from votes.figures(servers, seconds)
    if size == SPOKEN_OF and only in "push, pull and file of 1,000 readings":
        yield from readings.figures(readers, servers, seconds)
    if size == SPOKEN_OF and only in "worker collecting from 200 sources":
        yield collector.remembered()
    if size >= SPOKEN_OF and only in "overview and series over 10,000,000 readings":
        yield from series.figures(seconds)
        page = replace(*(page for page in pages(size) if page.row == "overview"), row="overview, 10,000,000 readings")
        session, counter = session_of(readers.official), signed_in(readers.official)
        ours, bare = servers.ours.reader(session), servers.bare.reader(session)
        yield compared(page.row, page, size, ours, bare, counter, seconds)


def seen_pages(size: int) -> dict[str, str]:
    """What is opened in a browser too."""
    return {page.row: page.ours for page in pages(size) if page.row in {"overview", "list of 50", "project page"}}


def pages(size: int) -> list[Page]:
    middle = Project.objects.order_by("reference").values_list("reference", flat=True)[size // 2]
    english, chinese = (f"?stage=pilot&q={quote(word)}" for word in ("Harbour", "衞生"))
    named = size >= SPOKEN_OF  # SPEED names goals for large registers; small ones show how times grow
    found = (1.5 if size < 100_000 else 0.5) if named else None
    return [
        Page("list of 50", "/projects/", "/list/", 2.0 if named else None),
        Page("list, filter and search", f"/projects/{english}", f"/search/{english}", found),
        Page("list, filter and 中文 search", f"/projects/{chinese}", f"/search/{chinese}", found),
        Page("API list of 50", "/api/v1/projects/", "/api/", 1.5 if named else None),
        Page("overview", "/", "/six/", 0.3 if size >= 100_000 else None, most_queries=25),
        Page("project page", f"/projects/{middle}/", f"/one/{middle}/", 12.0, most_queries=20),
    ]


def compared(row: str, page: Page, size: int, ours: Reader, bare: Reader, counter: Client, seconds: float) -> Figure:
    """One page of ours beside its floor over HTTP, and how many queries ours makes once it is warm."""
    counter.get(page.ours)
    with CaptureQueriesContext(connection) as captured:
        counter.get(page.ours)
    floor, taken = medians(lambda: bare.get(page.floor), lambda: ours.get(page.ours), rounds=ROUNDS, seconds=seconds)
    queries = len(captured)
    return Figure(row, size, floor, taken, page.goal, queries, holds=queries <= page.most_queries)


def exported(server: Server, session: str, bare: Reader) -> Figure:
    """The register as CSV beside COPY; first byte and growth of the web server's memory have goals of their own."""
    ours = server.reader(session)
    ours.get("/projects/export/?format=csv&department=B1")
    before, first_bytes = server.resident_kb(), []

    def ours_once() -> None:
        began = time.perf_counter()
        response = ours.open("/projects/export/?format=csv")
        response.read(1)
        first_bytes.append((time.perf_counter() - began) * 1_000)
        if response.status != 200:
            raise RuntimeError(f"The export answered {response.status}.")
        while response.read(1 << 20):
            pass

    floor, taken = medians(lambda: bare.get("/copy/"), ours_once, rounds=5, seconds=60)
    grown, first = server.resident_kb() - before, sorted(first_bytes)[len(first_bytes) // 2]
    note = (
        f"first byte {first:.0f} ms (goal ≤ {FIRST_BYTE_MS}), "
        f"memory +{grown / 1024:.1f} MB (goal ≤ {GROWTH_KB // 1024})"
    )
    holds = first <= FIRST_BYTE_MS and grown <= GROWTH_KB
    return Figure("CSV of 100,000 rows", EXPORTED, floor, taken, goal=3.0, note=note, holds=holds)
