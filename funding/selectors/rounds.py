"""What the round list and the round page show, and what they keep closed until the vote is over (DESIGN 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
import json
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotVisible
from funding.models import Choice, CostCategory, RollSeat, Round, RoundStatus, Seat, Vote


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat of the roll. `choice` and `reason` are filled only for readers who may see ballots."""

    number: int
    duty: str
    is_chair: bool
    holder: str
    alternate: str
    state: str
    ground: str
    is_mine: bool
    choice: str
    reason: str

    @property
    def state_words(self) -> str:
        return {
            "recused": _("recused"),
            "voted": _("has voted"),
            "absent": _("absent"),
            "waiting": _("has not voted"),
            "silent": _("did not vote"),
            "vacant": _("vacant"),
        }[self.state]

    @property
    def choice_words(self) -> str:
        return str(Choice(self.choice).label) if self.choice else ""

    @property
    def tone(self) -> str:
        """The tone of the badge: of the vote where it is shown, else of the state."""
        by_choice = {Choice.FOR: "good", Choice.AGAINST: "bad", Choice.ABSTAIN: "none"}
        if self.choice:
            return by_choice[Choice(self.choice)]
        return {"voted": "good", "recused": "warning", "waiting": "waiting"}.get(self.state, "none")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A cost line of the frozen paper; `financial_year` is the year it starts."""

    category: str
    description: str
    financial_year: int
    amount: Decimal


def for_page(user: User) -> "QuerySet[Round]":
    """As `for_list`, with everything the one screen and its policies read of a round."""
    rows = for_list(user).select_related(
        "request__project", "request__policy", "request__appeal__against", "request_version", "rule", "acting_chair"
    )
    return rows.prefetch_related("roll__holder", "roll__alternate", "recusals")


def one(user: User, key: int) -> Round:
    """The round with this key, as `for_page` reads it."""
    found = for_page(user).filter(pk=key).first() if key < 2**63 else None
    if found is None:
        raise NotVisible("round.none", _("There is no such round for you."))
    return found


def for_list(user: User) -> "QuerySet[Round]":
    return Round.objects.visible_to(user).select_related("request", "request__department", "body")


def standing_votes(round_: Round) -> dict[int, Vote]:
    """The last word of each roll seat, by its key."""
    return {vote.roll_seat_id: vote for vote in round_.votes.standing()}


def roll(round_: Round, *, viewer: User, votes: Mapping[int, Vote], ballots: bool) -> list[SeatRow]:
    """The seats as they stood at opening, with what has become of each. How anybody voted only if `ballots`."""
    grounds = _grounds(round_)
    rows = []
    for seat in round_.roll.all():
        vote = votes.get(seat.pk)
        rows.append(
            SeatRow(
                number=seat.number,
                duty=seat.get_duty_display(),
                is_chair=seat.duty == Seat.Duty.CHAIR,
                holder=str(seat.holder or ""),
                alternate=str(seat.alternate or ""),
                state=_state(seat, has_voted=vote is not None, is_open=round_.status == RoundStatus.OPEN),
                ground=grounds.get(seat.pk, ""),
                is_mine=viewer.person_id in (seat.holder_id, seat.alternate_id),
                choice=vote.choice if vote and ballots else "",
                reason=vote.reason if vote and ballots else "",
            )
        )
    return rows


def last_call_ends(round_: Round) -> datetime | None:
    """When the chair may close: the last call plus the seconds of the rule the round was opened under."""
    if round_.last_call_at is None or round_.status != RoundStatus.OPEN:
        return None
    return round_.last_call_at + timedelta(seconds=round_.rule.last_call_seconds)


def paper_title(content: dict[str, Any]) -> str:
    """The frozen title in the reader's language; English where it was not written in Chinese."""
    chinese = (get_language() or "en").startswith("zh")
    return str((chinese and content["title_zh_hant"]) or content["title_en"])


def paper_lines(content: dict[str, Any]) -> list[PaperLine]:
    return [
        PaperLine(
            category=str(CostCategory(line["category"]).label),
            description=line["description"],
            financial_year=line["financial_year"],
            amount=Decimal(line["amount"]),
        )
        for line in content["lines"]
    ]


def paper(round_: Round) -> dict[str, Any]:
    """The frozen paper the motion is about, exactly as it was submitted."""
    content: dict[str, Any] = json.loads(round_.request_version.content)
    return content


def _grounds(round_: Round) -> dict[int, str]:
    return {recusal.roll_seat_id: recusal.get_ground_display() for recusal in round_.recusals.all()}


def _state(seat: RollSeat, *, has_voted: bool, is_open: bool) -> str:
    if seat.is_recused:
        return "recused"
    if has_voted:
        return "voted"
    if seat.is_absent:
        return "absent"
    if seat.holder_id is None:
        return "vacant"
    return "waiting" if is_open else "silent"
