"""The endpoints of the access table as steps of a walk: each address, by each persona, on each record of each state."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
import html
import re
from typing import Any

from django.test import Client
from django.urls import get_resolver, reverse

from tests.access import table
from tests.access.visibility import PERSONAS, Thing

ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")  # a letter as JSON may write it

# Which records an address is about, by the beginning of its name; the first that fits.
ABOUT = (
    ("projects:project-", "project"),
    ("projects:procedure-", "procedure"),
    ("projects:help-", "help"),
    ("funding:request-", "request"),
    ("kpis:kpi-", "kpi"),
    ("kpis:reading-", "kpi"),
    ("/api/v1/projects/", "project"),
    ("/api/v1/procedures/", "procedure"),
    ("/api/v1/help-requests/", "help"),
    ("/api/v1/requests/", "request"),
    ("/api/v1/kpis/", "kpi"),
)
LISTS = {
    "projects:project-list": "project",
    "projects:procedure-list": "procedure",
    "funding:request-list": "request",
    "projects:help-list": "help",
    "kpis:kpi-list": "kpi",
    "projects:project-export": "project",
    "projects:procedure-export": "procedure",
    "funding:request-export": "request",
    "GET /api/v1/projects/": "project",
    "GET /api/v1/procedures/": "procedure",
    "GET /api/v1/requests/": "request",
    "GET /api/v1/help-requests/": "help",
    "GET /api/v1/kpis/": "kpi",
}
SEARCHED = ("projects:search", "GET /api/v1/search/", "projects:project-similar", "GET /api/v1/projects/similar/")
SHOWS_WHOLE = ("-detail", "{reference}/")


@dataclass(frozen=True)
class Step:
    """One request: an address of the table, who asks, and the record it is about, if any."""

    row: table.Row
    persona: str
    about: Thing | None = None
    query: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        about = f" of {self.about.kind} {self.about.state}" if self.about else ""
        return f"{self.row}{about}{dict(self.query) or ''} as {self.persona}"


def steps(world: Any, things: list[Thing]) -> list[Step]:
    """Every step there is: pages and operations, lists and exports, searches for each word."""
    return list(_steps(world, things))


def _steps(world: Any, things: list[Thing]) -> Iterator[Step]:
    seen: set[tuple[str, str]] = set()
    for row in table.rows():
        if (row.name, row.method) in seen or row.name in NOT_WALKED:
            continue
        seen.add((row.name, row.method))
        kind = about(row)
        for persona in PERSONAS:
            if kind:
                yield from (Step(row, persona, thing) for thing in things if thing.kind == kind)
            elif row.method == "GET":
                yield Step(row, persona, query=_query(row, world))
            if row.name in SEARCHED:
                asked = next(iter(_query(row, world)))
                yield from (Step(row, persona, query={asked: thing.word}) for thing in things)


NOT_WALKED = frozenset({"account_logout", "readyz"})  # the first ends the session it walks with, the second waits


def about(row: table.Row) -> str:
    """The kind of record an address with a reference is about; empty for lists and for what has none here."""
    address = row.name.partition(" ")[2] if row.is_api else row.name
    has_reference = "{reference}" in address if row.is_api else "reference" in _parameters(row.name)
    return next((kind for start, kind in ABOUT if has_reference and address.startswith(start)), "")


def _parameters(name: str) -> set[str]:
    """What the address of this name has to be given."""
    space, _colon, short = name.rpartition(":")
    resolver = get_resolver()
    for part in filter(None, space.split(":")):
        resolver = resolver.namespace_dict[part][1]
    routes = [route for found, *_rest in resolver.reverse_dict.getlist(short) for route in found]
    return {parameter for _path, names in routes for parameter in names}


def _query(row: table.Row, world: Any) -> dict[str, str]:
    given = row.query(world) if callable(row.query) else row.query
    return {name: str(value) for name, value in given.items()}


def take(step: Step, world: Any, client: Client, things: list[Thing]) -> tuple[int, str]:
    """Make the request; its status and everything it shows, as text."""
    row = step.row
    at = dict(row.at(world) if callable(row.at) else row.at)
    if step.about is not None:
        at["reference"] = step.about.reference
        documents = [thing for thing in things if thing.kind == "document" and thing.subject == step.about.reference]
        if "document" in at and documents:
            at["document"] = documents[-1].reference
    path = row.name.partition(" ")[2].format(**at) if row.is_api else reverse(row.name, kwargs=at)
    query = {**step.query, "page_size": "100"} if row.name in LISTS and "export" not in row.name else dict(step.query)
    if row.method == "GET":
        answer = client.get(path, query)
    else:
        answer = client.generic(row.method, path, "{}" if row.is_api else "", content_type=_content_type(row))
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return int(answer.status_code), _readable(body)


def _content_type(row: table.Row) -> str:
    return "application/json" if row.is_api else "application/x-www-form-urlencoded"


def _readable(body: bytes) -> str:
    """The body as a reader has it: entities and escapes undone, thousands without commas."""
    text = html.unescape(body.decode("utf-8", errors="replace")).replace("86,421", "86421")
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def shown(text: str, things: Iterable[Thing]) -> set[Thing]:
    """The records whose word stands in an answer."""
    return {thing for thing in things if thing.word in text}
