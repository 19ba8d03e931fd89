"""The requests there were, once more under another policy: event by event, in memory, nothing written (FEATURES G8)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from funding.rules import group, routes, tiers
from funding.rules.group import Member
from funding.rules.lifecycle import UNDECIDED
from funding.rules.tiers import TIERS, TierLine

DECIDING = "deciding"
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class Assumption:
    """The policy that is assumed: where each tier ends, and within how many months linked requests count together."""

    lines: tuple[TierLine, ...]
    months: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to one request: the state it came to, and a new version or outcome where it had one."""

    key: int
    status: str
    own: Decimal | None = None
    links: Member | None = None
    outcome: str = ""
    approved: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """One request with who decides it now and under the assumption. `days` is None while nothing was decided."""

    reference: str
    title: str
    month: str
    amount: Decimal
    before: str
    after: str
    days: int | None = None

    def at(self, side: str) -> str:
        return self.before if side == BEFORE else self.after


@dataclass(frozen=True, slots=True)
class Move:
    """Requests that another body would decide."""

    before: str
    after: str
    count: int
    amount: Decimal

    @property
    def rises(self) -> bool:
        return tiers.is_higher(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Load:
    """How many requests one body gets in one month, by the day they were first submitted."""

    month: str
    tier: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class TierFigures:
    """What one tier sees: requests, HK$ asked, and the median days from submission to decision where known."""

    tier: str
    before: int
    after: int
    money_before: Decimal
    money_after: Decimal
    days: Decimal | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What an assumption comes to. Days after: a request that moves takes the median of its new tier."""

    requests: int
    moves: tuple[Move, ...]
    loads: tuple[Load, ...]
    tiers: tuple[TierFigures, ...]
    days_before: Decimal | None
    days_after: Decimal | None

    @property
    def moved(self) -> int:
        return sum(move.count for move in self.moves)

    @property
    def rise(self) -> int:
        return sum(move.count for move in self.moves if move.rises)

    @property
    def escape(self) -> int:
        return self.moved - self.rise


@dataclass(slots=True)
class _Card:
    """One request as it stands in the replay."""

    links: Member
    status: str = ""
    own: Decimal = Decimal("0.00")
    outcome: str = ""
    approved: Decimal | None = None
    tier: str = ""
    assessed: Decimal = Decimal("0.00")

    @property
    def member(self) -> Member:
        counts = group.counted_amount(
            status=self.status, outcome=self.outcome, submitted=self.own, approved=self.approved
        )
        return replace(self.links, counts=counts)


def replay(
    steps: Iterable[Step],
    assumed: Assumption,
    *,
    families: Mapping[int, Collection[int]],
    without_free_head: Collection[int],
) -> dict[int, str]:
    """The tier at which each request ends, if every one had been filed under the assumption.

    `families` are the requests that hang together by links in any number of steps; only they can move each other.
    """
    cards: dict[int, _Card] = {}
    for step in steps:
        card = cards.get(step.key)
        if card is None:
            if step.links is None:
                continue
            card = cards[step.key] = _Card(step.links)
        _take(card, step)
        near = {key: cards[key] for key in families.get(step.key, ()) if key in cards} | {step.key: card}
        for key, one in near.items():
            if one.status in UNDECIDED:
                _settle(one, near, assumed, raised=key in without_free_head)
    return {key: card.tier for key, card in cards.items()}


def figures(placed: Sequence[Placed]) -> Figures:
    """Everything the bench says, counted from the requests it placed."""
    pairs = sorted({(one.before, one.after) for one in placed if one.before != one.after}, key=_pair_order)
    usual = {tier: _median(one.days for one in placed if one.before == tier) for tier in TIERS}
    loads = Counter((one.month, one.at(side), side) for one in placed for side in (BEFORE, AFTER))
    months = sorted({one.month for one in placed})
    return Figures(
        requests=len(placed),
        moves=tuple(_move(placed, *pair) for pair in pairs),
        loads=tuple(
            Load(month, tier, loads[month, tier, BEFORE], loads[month, tier, AFTER])
            for month in months
            for tier in TIERS
        ),
        tiers=tuple(_tier(placed, tier, usual[tier]) for tier in TIERS),
        days_before=_median(one.days for one in placed),
        days_after=_median(
            (one.days if one.before == one.after else usual[one.after]) for one in placed if one.days is not None
        ),
    )


def behind(placed: Sequence[Placed], show: str) -> list[Placed]:
    """The requests behind one number: `move.department.legco`, or `after.legco` with a month or without."""
    what, _dot, rest = show.partition(".")
    words = rest.split(".")
    if what == "move" and len(words) == 2:
        return [one for one in placed if [one.before, one.after] == words]
    if what in (BEFORE, AFTER) and len(words) in (1, 2):
        return [one for one in placed if one.at(what) == words[0] and one.month in (words[1:] or [one.month])]
    if what in ("rise", "escape") and not rest:
        up = what == "rise"
        return [one for one in placed if one.before != one.after and tiers.is_higher(one.after, one.before) is up]
    return []


def _take(card: _Card, step: Step) -> None:
    card.status = step.status
    if step.own is not None:
        card.own = step.own
    if step.links is not None:
        card.links = step.links
    if step.outcome:
        card.outcome, card.approved = step.outcome, step.approved


def _settle(card: _Card, near: Mapping[int, _Card], assumed: Assumption, *, raised: bool) -> None:
    """As a request is routed when it or its group changes; a sum that falls waits while a round is open."""
    others = [one.member for one in near.values() if one is not card]
    related = group.group(card.member, others, months=assumed.months)
    route = routes.route(assumed.lines, own=card.own, related=related)
    if raised:
        route = tiers.raise_above_department(route)
    if card.status == DECIDING and route.assessed < card.assessed:
        return
    card.tier, card.assessed = route.tier, route.assessed


def _move(placed: Sequence[Placed], before: str, after: str) -> Move:
    of_pair = [one for one in placed if (one.before, one.after) == (before, after)]
    return Move(before, after, len(of_pair), sum((one.amount for one in of_pair), Decimal("0.00")))


def _tier(placed: Sequence[Placed], tier: str, days: Decimal | None) -> TierFigures:
    sides = [[one.amount for one in placed if one.at(side) == tier] for side in (BEFORE, AFTER)]
    zero = Decimal("0.00")
    return TierFigures(tier, len(sides[0]), len(sides[1]), sum(sides[0], zero), sum(sides[1], zero), days)


def _pair_order(pair: tuple[str, str]) -> tuple[int, int]:
    return TIERS.index(pair[0]), TIERS.index(pair[1])


def _median(values: Iterable[Decimal | int | None]) -> Decimal | None:
    known = [Decimal(value) for value in values if value is not None]
    return median(known) if known else None
