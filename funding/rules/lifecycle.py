"""The life of a request and of a round, each as one table: move -> (from where, to where). Only services move."""

from collections.abc import Mapping
from typing import Final, TypeAlias

Moves: TypeAlias = Mapping[str, tuple[tuple[str, ...], str]]

WAITING = ("submitted", "endorsed", "screened", "deciding")

REQUEST: Final[Moves] = {
    "edit": (("draft",), "draft"),
    "submit": (("draft",), "submitted"),
    "revise": (WAITING, "submitted"),
    "withdraw": (("draft", *WAITING), "withdrawn"),
    "endorse": (("submitted",), "endorsed"),
    "screen": (("submitted", "endorsed"), "screened"),
    "open_round": (("screened",), "deciding"),
    "end_round": (("deciding",), "screened"),
    "route_down": (("endorsed", "screened"), "submitted"),
    "decide_by_vote": (("deciding",), "decided"),
    "decide_in_department": (("submitted",), "decided"),
    "publish": (("decided",), "published"),
}

ROUND: Final[Moves] = {
    "vote": (("open",), "open"),
    "mark_absent": (("open",), "open"),
    "declare": (("open",), "open"),
    "call_last": (("open",), "open"),
    "close": (("open",), "closed"),
    "end": (("open",), "ended"),
    "publish": (("closed",), "published"),
}


def allows(moves: Moves, move: str, status: str) -> bool:
    return status in moves[move][0]


def target(moves: Moves, move: str, status: str) -> str:
    """Where `move` leads from `status`. Raises ValueError where the table has no such move."""
    sources, to = moves[move]
    if status not in sources:
        raise ValueError(f"No move “{move}” from “{status}”.")
    return to
