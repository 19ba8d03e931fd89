"""Everything the one screen of a round shows, gathered once, with closed what is closed to this reader."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from funding import policies, wording
from funding.models import Round, RoundStatus
from funding.selectors import rounds


@dataclass(frozen=True, slots=True)
class Standing:
    """Quorum in view of all while the round is open: counts of seats, never how anybody voted."""

    seats: int
    recused: int
    may_vote: int
    quorum: int
    voted: int

    @property
    def missing(self) -> int:
        return max(0, self.quorum - self.voted)

    @property
    def is_met(self) -> bool:
        return self.missing == 0


@dataclass(frozen=True, slots=True)
class RoundPage:
    """`sentence` is there once the round is closed and this reader may see its result."""

    paper: dict[str, Any]
    motion: str
    roll: list[rounds.SeatRow]
    standing: Standing
    sentence: str
    shows_ballots: bool
    receipt: rounds.Receipt | None
    last_call_ends: datetime | None
    is_open: bool


def round_page(user: User, round_: Round) -> RoundPage:
    votes = rounds.standing_votes(round_)
    ballots = bool(policies.can_see_ballots(user, round_))
    roll = rounds.roll(round_, viewer=user, votes=votes, ballots=ballots)
    may_see_result = round_.status != RoundStatus.OPEN and bool(policies.can_see_tally(user, round_))
    return RoundPage(
        paper=rounds.paper(round_),
        motion=wording.motion_text(round_),
        roll=roll,
        standing=_standing(round_, roll, votes),
        sentence=wording.result_sentence(round_.result) if may_see_result and round_.result else "",
        shows_ballots=ballots,
        receipt=rounds.receipt(round_, user, votes),
        last_call_ends=rounds.last_call_ends(round_),
        is_open=round_.status == RoundStatus.OPEN,
    )


def _standing(round_: Round, roll: list[rounds.SeatRow], votes: dict[int, Any]) -> Standing:
    recused = sum(row.state == "recused" for row in roll)
    may_vote = len(roll) - recused
    return Standing(len(roll), recused, may_vote, 0, len(votes))
