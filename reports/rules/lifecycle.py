"""The life of a report: move -> (states it starts from, state it leads to)."""

from enum import StrEnum


class Status(StrEnum):
    DRAFT = "draft"
    CLEARED = "cleared"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


MOVES: dict[str, tuple[frozenset[str], Status]] = {
    "clear": (frozenset({Status.DRAFT}), Status.CLEARED),
    "issue": (frozenset({Status.CLEARED}), Status.ISSUED),
    "withdraw": (frozenset({Status.DRAFT, Status.CLEARED}), Status.WITHDRAWN),
}


def may_move(move: str, status: str) -> bool:
    return status in MOVES[move][0]


def erratum_reference(reference: str) -> str:
    """`RPT-2026-0001` is followed by `RPT-2026-0001-E1`, that one by `-E2`."""
    root, _mark, number = reference.partition("-E")
    return f"{root}-E{int(number or 0) + 1}"
