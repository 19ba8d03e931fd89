"""Which acts of the ledger tell people something. An app registers its own from `AppConfig.ready`:

    listening.on("decision.published", "funding.notifications.published")

The function takes the entry and yields `work.notices.Message`s. Whoever acted is never told of their own act.
"""

from collections.abc import Callable, Iterable

from django.utils.module_loading import import_string

from core.models import LedgerEntry
from work.notices import Message

Teller = Callable[[LedgerEntry], Iterable[Message]]

_paths: dict[str, list[str]] = {}


def on(action: str, path: str) -> None:
    known = _paths.setdefault(action, [])
    if path not in known:
        known.append(path)


def actions() -> list[str]:
    return sorted(_paths)


def tellers(action: str) -> list[tuple[str, Teller]]:
    return [(path, import_string(path)) for path in _paths[action]]
