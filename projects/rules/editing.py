"""Who may change which field of a project in which state of its life: one table (FEATURES N2). No Django.

A field that nobody may change in a state is fixed there. Being allowed to change the stage is not being
let through a gate: see `lifecycle`.
"""

from collections.abc import Collection
from enum import StrEnum

from projects.rules import lifecycle


class State(StrEnum):
    DRAFT = "draft"
    BEFORE_PILOT = "before_pilot"
    PILOT = "pilot"
    RUNNING = "running"
    LEFT = "left"


class Role(StrEnum):
    """What a person is to one project."""

    LEAD = "lead"
    DEPARTMENT = "department"
    HEAD = "head"
    TEAM = "team"


Row = dict[State, frozenset[Role]]

OWN = frozenset({Role.LEAD, Role.DEPARTMENT, Role.HEAD})
ANSWERABLE = frozenset({Role.LEAD, Role.HEAD})
TEAM = frozenset({Role.TEAM})
NOBODY: frozenset[Role] = frozenset()


def _row(*in_order: frozenset[Role]) -> Row:
    return dict(zip(State, in_order, strict=True))


WORDS = _row(OWN, OWN, OWN, OWN, NOBODY)
FIXED = _row(NOBODY, NOBODY, NOBODY, NOBODY, NOBODY)
HANDED_OVER = _row(OWN, OWN, ANSWERABLE, ANSWERABLE, NOBODY)

MAY_EDIT: dict[str, Row] = {
    # draft, before the pilot, pilot, running, left
    "reference": FIXED,
    "department": FIXED,
    "title_en": WORDS,
    "title_zh_hant": WORDS,
    "title_zh_hans": WORDS,
    "summary_en": WORDS,
    "summary_zh_hant": WORDS,
    "summary_zh_hans": WORDS,
    "category": WORDS,
    "technique": WORDS,
    "started_on": WORDS,
    "started_precision": WORDS,
    "reported_funding": WORDS,
    "source_url": WORDS,
    "source_on": WORDS,
    "source_precision": WORDS,
    "is_public_facing": HANDED_OVER,
    "yearly_volume": HANDED_OVER,
    "visibility": HANDED_OVER,
    "lead": HANDED_OVER,
    "stage": _row(OWN, OWN, OWN, ANSWERABLE, NOBODY),
    "was_already_running": _row(OWN, NOBODY, NOBODY, NOBODY, NOBODY),
    "is_flagship": _row(NOBODY, TEAM, TEAM, TEAM, NOBODY),
}


def state_of(*, is_draft: bool, stage: str) -> State:
    if is_draft:
        return State.DRAFT
    if stage == lifecycle.RETIRED:
        return State.LEFT
    if stage in lifecycle.PAST_GATE:
        return State.RUNNING
    return State.PILOT if stage == lifecycle.PILOT else State.BEFORE_PILOT


def may_edit(field: str, state: State, roles: Collection[Role]) -> bool:
    return not MAY_EDIT[field][state].isdisjoint(roles)
