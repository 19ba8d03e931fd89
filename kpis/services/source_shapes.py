"""What a proposal may say about the answers of a source: paths, columns, pages, the header of its secret."""

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
import jmespath

from core.errors import InvalidInput
from kpis.collector import parse
from kpis.models import Source
from kpis.rules.refusal import Refused
from kpis.wording import refusal_sentence

if TYPE_CHECKING:
    from kpis.services.sources import Collected, Secret

LONGEST_WINDOW = 31 * 24 * 60
PARAMETER = re.compile(r"[A-Za-z0-9_.~-]{1,60}", re.ASCII)
HEADER = re.compile(r"[A-Za-z0-9-]{1,60}", re.ASCII)  # of the names RFC 9110 allows those that are used
SECRET = re.compile(r"[\x21-\x7e]([\x20-\x7e]{0,998}[\x21-\x7e])?", re.ASCII)
OUR_HEADERS = {
    *("accept", "accept-encoding", "connection", "content-length", "content-type", "expect", "host", "te"),
    *("trailer", "transfer-encoding", "upgrade", "user-agent"),
}


def refuse_shape(collected: "Collected", *, kpis: int) -> None:
    paths, answering = collected.paths, collected.answering
    if answering.format not in Source.Format.values or answering.paging not in Source.Paging.values:
        raise InvalidInput("choice", _("Choose one of the entries offered."))
    if not collected.is_table:
        for name, path in paths.named().items():
            _refuse_path(name, path)
    if bool(paths.items) == collected.is_table:
        sentence = _("Say where the items are found; the rows of a table are its items.")
        raise InvalidInput("path.required", sentence, fields={"items": [sentence]})
    if not paths.period or not (paths.value or (paths.numerator and paths.denominator)):
        sentence = _("Say where the period and the value are found.")
        raise InvalidInput("path.required", sentence, fields={"value": [sentence]})
    if not kpis or (kpis > 1 and not paths.kpi):
        sentence = _("Say where an item names its KPI.")
        raise InvalidInput("path.required", sentence, fields={"kpi": [sentence]})
    _refuse_paging(collected)
    if collected.secret:
        _refuse_secret(collected.secret)
    if not 1 <= collected.interval_minutes <= LONGEST_WINDOW:
        sentence = _("A window is between one minute and 31 days.")
        raise InvalidInput("interval.range", sentence, fields={"interval_minutes": [sentence]})


def _refuse_path(name: str, path: str) -> None:
    try:
        parse.check_path(path)
        if name != "items":
            first_name(path)
    except Refused as refused:
        sentence = refusal_sentence(refused.code)
        raise InvalidInput(refused.code, sentence, fields={name: [sentence]}) from refused


def _refuse_paging(collected: "Collected") -> None:
    paging, key = collected.answering.paging, collected.answering.page_key
    if paging == Source.Paging.NEXT and collected.is_table:
        sentence = _("A table names no next page. Number its pages, or let it answer once.")
        raise InvalidInput("paging.table", sentence, fields={"paging": [sentence]})
    if (paging == Source.Paging.NONE) != (key == ""):
        sentence = _("Say how pages are named, and nothing where there is only one answer.")
        raise InvalidInput("paging.key", sentence, fields={"page_key": [sentence]})
    if paging == Source.Paging.NEXT:
        _refuse_path("page_key", key)
    if paging == Source.Paging.NUMBER and not PARAMETER.fullmatch(key):
        sentence = _("A parameter is a name of letters, figures and the signs . _ ~ -")
        raise InvalidInput("paging.key", sentence, fields={"page_key": [sentence]})


def _refuse_secret(secret: "Secret") -> None:
    if not HEADER.fullmatch(secret.header) or secret.header.lower() in OUR_HEADERS:
        sentence = _("Name a header of the source, such as Authorization or X-API-Key.")
        raise InvalidInput("secret.header", sentence, fields={"secret_header": [sentence]})
    if not SECRET.fullmatch(secret.value):
        sentence = _("A secret is one line of at most 1,000 letters, figures and signs of ASCII.")
        raise InvalidInput("secret.value", sentence, fields={"secret": [sentence]})


def first_name(path: str) -> str:
    """The leftmost field a path reads; a path that starts with anything else is `Refused`."""
    node = jmespath.compile(path).parsed
    while node["type"] != "field":
        children = node.get("children")
        if not isinstance(children, list) or not children:
            raise Refused("path.format", path)
        node = children[0]
    return str(node["value"])
