"""The strict reading of JSON bodies."""

import pytest

from core.api.parsers import loads
from core.errors import DomainError


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"amount":', "json.malformed"),
        (b"[" * 100_000, "json.depth"),
        (b"[" * 33 + b"]" * 33, "json.depth"),
        (b'{"amount": NaN}', "json.malformed"),
        (b'{"amount": Infinity}', "json.malformed"),
        (b'{"amount": 1e999}', "json.malformed"),
        (b'{"n": ' + b"9" * 6000 + b"}", "json.malformed"),
        (b'{"amount":"1.00","amount":"9.00"}', "json.duplicate_key"),
        (b'{"x": {"y": "a\\u0000b"}}', "text.control"),
        (b'{"x": ["\\ud800"]}', "text.control"),
        (b'{"a\\u0000": 1}', "text.control"),
        (b'"\xff"', "json.malformed"),
        (b"\xef\xbb\xbf{}", "json.malformed"),
        (b"", "json.malformed"),
        (b"[" + b"1," * 10_000 + b"1]", "bulk.limit"),
    ],
)
def test_json_with_more_than_one_meaning_or_no_bound_is_refused(raw, code):
    with pytest.raises(DomainError) as refused:
        loads(raw)

    assert refused.value.code == code


def test_what_is_plain_is_read():
    assert loads(b"[" * 32 + b"]" * 32)
    assert loads('{"name": "政務", "n": [1, 2.5, true, null]}'.encode()) == {"name": "政務", "n": [1, 2.5, True, None]}
