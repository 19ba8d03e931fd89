"""JSON as strict as the records it becomes (TRUST 4.0): one meaning, bounded depth and size, showable text."""

from collections.abc import Mapping
import json
import math
from typing import IO, Any

from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import BaseParser

from core.errors import InvalidInput, TooLarge
from core.limits import LARGEST_API_BODY, LONGEST_LIST

DEEPEST = 32


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        raw = stream.read(LARGEST_API_BODY + 1)
        if len(raw) > LARGEST_API_BODY:
            raise TooLarge("body.max", _("The body is larger than 1 MB."))
        return loads(raw)


def loads(raw: bytes) -> Any:
    """Read one JSON document, or raise `json.malformed`, `json.depth`, `json.duplicate_key`, `text.control`."""
    try:
        document = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_finite
        )
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:  # not UTF-8, not JSON, or a number of thousands of digits
        raise _malformed() from error
    _inspect(document, depth=1)
    return document


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise InvalidInput("json.duplicate_key", _("A name appears twice in the same JSON object."))
    return found


def _no_constant(name: str) -> Any:
    raise _malformed()


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _malformed()
    return number


def _inspect(value: Any, *, depth: int) -> None:
    """Depth, length of lists, and characters that no record may hold, anywhere in the document."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise InvalidInput("text.control", _("The text contains a character that cannot be shown."))
    elif isinstance(value, list | dict):
        if depth > DEEPEST:
            raise _too_deep()
        if len(value) > LONGEST_LIST:
            raise TooLarge("bulk.limit", _("At most 10,000 entries can be sent at once."))
        for inner in value:
            _inspect(inner, depth=depth + 1)
        if isinstance(value, dict):
            for inner in value.values():
                _inspect(inner, depth=depth + 1)


def _malformed() -> InvalidInput:
    return InvalidInput("json.malformed", _("The body is not well-formed JSON."))


def _too_deep() -> InvalidInput:
    return InvalidInput("json.depth", _("The JSON is nested too deeply."))
