"""A source's answer page by page, in either format. All pages or none: a run that breaks off stores nothing.

Every further address is judged like the first and lies on the same scheme, host and port, so that what a source
writes into an answer leads nowhere else, and a secret goes nowhere else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
import hashlib
from typing import Any, TypeAlias
from urllib.parse import urlencode, urljoin, urlsplit

import jmespath
from jmespath.exceptions import JMESPathError

from kpis.collector import parse
from kpis.collector.client import Allowed
from kpis.rules.refusal import Refused, quoted

MOST_PAGES = 100
NEXT, NUMBER = "next", "number"
CSV = "csv"

Call: TypeAlias = Callable[[str, Allowed], bytes]


@dataclass(frozen=True, slots=True)
class Asked:
    """What two people agreed to ask: where, in which format, and how pages follow each other."""

    url: str
    allowed: Allowed
    format: str
    items_path: str
    paging: str
    page_key: str


@dataclass(slots=True)
class Answer:
    """Everything a source said in one run; `digest` is the SHA-256 of the bodies, in their order."""

    items: list[Any] = field(default_factory=list)
    pages: int = 0
    digest: str = ""


def collect(asked: Asked, call: Call) -> Answer:
    """All items of all pages. Raises what the call raises, and `Refused` where the pages break a rule."""
    answer, digest = Answer(), hashlib.sha256()
    for body, items in _pages(asked, call):
        answer.items += items
        answer.pages += 1
        digest.update(body)
        if len(answer.items) > parse.MOST_ITEMS:
            raise Refused("size", str(len(answer.items)))
    answer.digest = digest.hexdigest()
    return answer


def _pages(asked: Asked, call: Call) -> Iterator[tuple[bytes, list[Any]]]:
    url, called = _first(asked), set[str]()
    while url:
        if url in called:
            raise Refused("page.loop", quoted(url))
        if len(called) == MOST_PAGES:
            raise Refused("page.many", str(MOST_PAGES))
        called.add(url)
        body = call(url, asked.allowed)
        document, items = _read(asked, body)
        yield body, items
        url = _following(asked, url, document, items, number=len(called) + 1)


def _first(asked: Asked) -> str:
    return numbered(asked.url, asked.page_key, 1) if asked.paging == NUMBER else asked.url


def _read(asked: Asked, body: bytes) -> tuple[Any, list[Any]]:
    if asked.format == CSV:
        return None, parse.csv_items(body)
    document = parse.json_document(body)
    return document, list(parse.items_of(document, asked.items_path))


def _following(asked: Asked, here: str, document: Any, items: list[Any], *, number: int) -> str:
    """The address of the next page; empty after the last one."""
    if asked.paging == NUMBER:
        return numbered(asked.url, asked.page_key, number) if items else ""
    if asked.paging != NEXT:
        return ""
    try:
        named = jmespath.search(asked.page_key, document)
    except JMESPathError as error:
        raise Refused("schema", quoted(asked.page_key)) from error
    if named is None or named == "":
        return ""
    if not isinstance(named, str) or isinstance(named, parse.Number):
        raise Refused("schema", quoted(named))
    found = urljoin(here, named)
    if urlsplit(found)[:2] != urlsplit(asked.url)[:2]:
        raise Refused("page.elsewhere", quoted(found))
    return found


def numbered(url: str, parameter: str, number: int) -> str:
    """The address with the page's number as its last parameter."""
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode({parameter: number})}"
