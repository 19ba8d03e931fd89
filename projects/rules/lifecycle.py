"""The life of a project as one table: which stage may follow which, and which gate lies between (FEATURES A3).

Plain values, no Django. Before the pilot a project moves freely; into the pilot and past go-live it goes
through a gate; past go-live it only moves on. Retiring is no move: a project leaves by an exit that two
people agree on, because its claims end or move with it.
"""

from enum import StrEnum

NOT_STATED = ""
BEFORE_PILOT = ("idea", "assessed", "approved")
PILOT = "pilot"
PAST_GATE = ("roll_out", "live")
RETIRED = "retired"
COURSE = (*BEFORE_PILOT, PILOT, *PAST_GATE)

MAY_FOLLOW: dict[str, tuple[str, ...]] = {
    NOT_STATED: (*BEFORE_PILOT, PILOT),
    "idea": ("assessed", "approved", PILOT),
    "assessed": ("idea", "approved", PILOT),
    "approved": ("idea", "assessed", PILOT),
    PILOT: (*BEFORE_PILOT, *PAST_GATE),
    "roll_out": ("live",),
    "live": (),
    RETIRED: (),
}


class Gate(StrEnum):
    """What stands between two stages; `REQUIRED` says what opens it."""

    PILOT = "pilot"
    GO_LIVE = "go_live"


class Need(StrEnum):
    """One thing that a gate asks for."""

    LEAD = "lead"
    HEAD_APPROVAL = "head_approval"
    BASELINE_NAMED = "baseline_named"
    PILOT_DECISION = "pilot_decision"
    BASELINES_LOCKED = "baselines_locked"


REQUIRED: dict[Gate, tuple[Need, ...]] = {
    Gate.PILOT: (Need.LEAD, Need.HEAD_APPROVAL, Need.BASELINE_NAMED),
    Gate.GO_LIVE: (Need.LEAD, Need.PILOT_DECISION, Need.BASELINES_LOCKED),
}


def may_move(stage: str, to: str) -> bool:
    """Whether a project at `stage` may go to `to`. Staying is always allowed."""
    return stage == to or to in MAY_FOLLOW[stage]


def gate_between(stage: str, to: str) -> Gate | None:
    """The gate that this move goes through; None for moves on one side of it."""
    if to == PILOT and stage != PILOT:
        return Gate.PILOT
    return Gate.GO_LIVE if to in PAST_GATE and stage not in PAST_GATE else None


def may_start_at(stage: str, *, was_already_running: bool) -> bool:
    """Where a new project may stand: before the pilot, or past go-live with the mark that it already ran."""
    return stage in PAST_GATE if was_already_running else stage in (NOT_STATED, *BEFORE_PILOT)


def next_stage(stage: str) -> str | None:
    """The stage that usually comes next; None at the end of the course."""
    if stage == NOT_STATED:
        return COURSE[0]
    if stage not in COURSE or stage == COURSE[-1]:
        return None
    return COURSE[COURSE.index(stage) + 1]
