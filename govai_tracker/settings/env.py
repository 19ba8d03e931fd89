"""Typed readers of the environment that fail loudly. No other module reads it."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None or (value == "" and default is None):
        raise ImproperlyConfigured(f"Set {name} in the environment; .env.example says what it holds.")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value not in {"0", "1", "true", "false"}:
        raise ImproperlyConfigured(f"{name} is 1 or 0, not “{value}”.")
    return value in {"1", "true"}


def whole(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} is a whole number, not “{value}”.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list; blanks are dropped."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def ports(name: str) -> list[int]:
    try:
        return [int(word) for word in words(name)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is a list of port numbers.") from error


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default)
