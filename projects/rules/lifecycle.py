"""The life of a project as one table: which stage may follow which (FEATURES A3). Plain values, no Django.

Before the go-live gate a project moves freely; through the gate (roll-out, live) it only moves on.
Retiring is an act of its own (`stop_project`), because it ends the project's claims.
"""

NOT_STATED = ""
BEFORE_GATE = ("idea", "assessed", "approved", "pilot")
PAST_GATE = ("roll_out", "live")

MAY_FOLLOW: dict[str, tuple[str, ...]] = {
    NOT_STATED: (*BEFORE_GATE, *PAST_GATE),
    "idea": ("assessed", "approved", "pilot", *PAST_GATE),
    "assessed": ("idea", "approved", "pilot", *PAST_GATE),
    "approved": ("idea", "assessed", "pilot", *PAST_GATE),
    "pilot": ("idea", "assessed", "approved", *PAST_GATE),
    "roll_out": ("live",),
    "live": (),
    "retired": (),
}


def may_move(stage: str, to: str) -> bool:
    """Whether a project at `stage` may go to `to`. Staying is always allowed."""
    return stage == to or to in MAY_FOLLOW[stage]


def passes_gate(stage: str, to: str) -> bool:
    """Whether this move is the one through the go-live gate."""
    return stage not in PAST_GATE and to in PAST_GATE
