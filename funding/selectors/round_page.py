"""Everything the one screen of a round shows, gathered once, with closed what is closed to this reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from funding import facts, policies, wording
from funding.models import Round, RoundStatus
from funding.rules.tally import Tally
from funding.selectors import besides, paper_questions, receipts, rounds
from funding.selectors.besides import Besides
from funding.selectors.paper_questions import AskedRow


@dataclass(frozen=True, slots=True)
class RoundPage:
    """`standing` is shown as counts of seats, never how anybody voted.

    `sentence` is there once the round is closed and this reader may see its result.
    """

    paper: dict[str, Any]
    paper_title: str
    paper_lines: list[rounds.PaperLine]
    besides: Besides
    motion: str
    roll: list[rounds.SeatRow]
    standing: Tally
    questions: Sequence[AskedRow]
    sentence: str
    shows_ballots: bool
    receipt: receipts.Receipt | None
    last_call_ends: datetime | None
    is_open: bool


def round_page(user: User, round_: Round) -> RoundPage:
    paper = rounds.paper(round_)
    votes = rounds.standing_votes(round_)
    ballots = bool(policies.can_see_ballots(user, round_))
    roll = rounds.roll(round_, viewer=user, votes=votes, ballots=ballots)
    may_see_result = round_.status != RoundStatus.OPEN and bool(policies.can_see_tally(user, round_))
    return RoundPage(
        paper=paper,
        paper_title=rounds.paper_title(paper),
        paper_lines=rounds.paper_lines(paper),
        besides=besides.of_content(user, paper),
        motion=wording.motion_text(round_),
        roll=roll,
        standing=facts.tally_of(round_),
        questions=paper_questions.of_round(round_),
        sentence=wording.result_sentence(round_.result) if may_see_result and round_.result else "",
        shows_ballots=ballots,
        receipt=receipts.of_person(round_, user.person),
        last_call_ends=rounds.last_call_ends(round_),
        is_open=round_.status == RoundStatus.OPEN,
    )
