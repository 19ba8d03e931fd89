"""Who may write which field of a request in which state, and how: the one table (DESIGN 4, FEATURES N2).

The service asks it before it writes, the page shows it, and the tests walk every cell of it.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from funding.rules.lifecycle import UNDECIDED


class Way(StrEnum):
    """How a field can be written; later ones of the same cell never take away from earlier ones."""

    NO = "no"
    EDIT = "edit"
    REVISE = "revise"
    ADD = "add"  # by a revision, and only more: what was submitted stays
    RECLASSIFY = "reclassify"  # a line is counted under another category; its words and amount stay


class Role(StrEnum):
    """What somebody is to one request. A person may be several of these."""

    DEPARTMENT = "department"
    SECRETARY = "secretary"
    BODY = "body"
    OTHER = "other"


STATES: Final = ("draft", *UNDECIDED, "decided", "published", "withdrawn")
CONTENT: Final = (
    "title_en",
    "title_zh_hant",
    "justification",
    "lines",
    "benefits",
    "reuse",
    "attachments",
)
CLASSIFIED: Final = ("submitted", "endorsed", "screened")
CLASSIFICATION: Final = "classification"
LINKS: Final = ("procedures", "linked", "programme", "supplements")
WORKED_OUT: Final = (
    "reference",
    "project",
    "department",
    "applicant",
    "lead",
    "status",
    "outcome",
    "policy",
    "tier",
    "own_amount",
    "assessed_amount",
    "recurrent_amount",
)
FIELDS: Final = (*CONTENT, *LINKS, CLASSIFICATION, *WORKED_OUT)

TABLE: Final[dict[tuple[str, str, str], Way]] = {
    **{("draft", field, Role.DEPARTMENT): Way.EDIT for field in (*CONTENT, *LINKS)},
    **{(state, field, Role.DEPARTMENT): Way.REVISE for state in UNDECIDED for field in CONTENT},
    **{(state, field, Role.DEPARTMENT): Way.ADD for state in UNDECIDED for field in LINKS},
    **{(state, CLASSIFICATION, Role.SECRETARY): Way.RECLASSIFY for state in CLASSIFIED},
}
"""(state, field, role) -> way; a cell that is not here is `Way.NO`."""


def way(state: str, field: str, roles: Collection[str]) -> Way:
    """How somebody who is all of `roles` may write the field now."""
    if state not in STATES or field not in FIELDS:
        raise ValueError(f"No cell for “{field}” in “{state}”.")
    found = [TABLE[state, field, role] for role in roles if (state, field, role) in TABLE]
    return found[0] if found else Way.NO


def writers() -> frozenset[str]:
    """The roles that may ever write what a request says; to classify a line anew writes nothing of it."""
    return frozenset(role for (_state, _field, role), found in TABLE.items() if found is not Way.RECLASSIFY)
