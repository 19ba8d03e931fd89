"""Every life as one table: move -> (from where, to where or `STAYS`). Only services move."""

from collections.abc import Mapping
from typing import Final, TypeAlias

Moves: TypeAlias = Mapping[str, tuple[tuple[str, ...], str]]

WAITING = ("submitted", "endorsed", "screened", "deciding")
UNDECIDED = (*WAITING, "returned", "deferred")
STAYS = ""

REQUEST: Final[Moves] = {
    "edit": (("draft",), "draft"),
    "submit": (("draft",), "submitted"),
    "revise": (UNDECIDED, "submitted"),
    "withdraw": (("draft", *UNDECIDED), "withdrawn"),
    "endorse": (("submitted",), "endorsed"),
    "reclassify": (("submitted", "endorsed", "screened"), STAYS),
    "screen": (("submitted", "endorsed"), "screened"),
    "open_round": (("screened",), "deciding"),
    "end_round": (("deciding",), "screened"),
    "return": (WAITING, "returned"),
    "answer": (("returned",), "returned"),
    "defer": (("submitted", "screened", "deciding"), "deferred"),
    "bring_back": (("deferred",), "screened"),
    "bring_back_to_head": (("deferred",), "submitted"),
    "route_down": (("endorsed", "screened"), "submitted"),
    "decide_by_vote": (("deciding",), "decided"),
    "decide_in_department": (("submitted",), "decided"),
    "publish": (("decided",), "published"),
}

ROUND: Final[Moves] = {
    "vote": (("open",), "open"),
    "mark_absent": (("open",), "open"),
    "declare": (("open",), "open"),
    "ask": (("open",), "open"),
    "answer": (("open",), "open"),
    "call_last": (("open",), "open"),
    "close": (("open",), "closed"),
    "end": (("open",), "ended"),
    "publish": (("closed",), "published"),
}

CONDITION: Final[Moves] = {
    "assign": (("open",), "open"),
    "submit": (("open",), "submitted"),
    "return": (("submitted",), "open"),
    "discharge": (("submitted",), "discharged"),
    "propose_waiver": (("open", "submitted"), "waiving"),
    "refuse_waiver": (("waiving",), "open"),
    "waive": (("waiving",), "waived"),
}

FINANCE_COMMITTEE: Final[Moves] = {
    "set_papers": (("preparing",), "preparing"),
    "record": (("preparing",), "recorded"),
    "return": (("recorded",), "preparing"),
    "confirm": (("recorded",), "confirmed"),
    "publish": (("confirmed",), "published"),
}


def allows(moves: Moves, move: str, status: str) -> bool:
    return status in moves[move][0]


def target(moves: Moves, move: str, status: str) -> str:
    """Where `move` leads from `status`. Raises ValueError where the table has no such move."""
    sources, to = moves[move]
    if status not in sources:
        raise ValueError(f"No move “{move}” from “{status}”.")
    return to or status
