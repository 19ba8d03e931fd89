"""Simplified Chinese proposed from the Traditional as Hong Kong writes it. A person may correct the proposal."""

from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    return OpenCC("hk2s")


def simplified(text: str) -> str:
    return _converter().convert(text) if text else ""
