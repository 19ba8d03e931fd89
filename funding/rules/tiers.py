"""Which tier decides an amount (DESIGN 4). The lines and the side of each edge are data; this is the one reading."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

DEPARTMENT = "department"
WORKING_GROUP = "working_group"
LEGCO = "legco"
TIERS = (DEPARTMENT, WORKING_GROUP, LEGCO)
NO_FREE_HEAD = "no_free_head"


@dataclass(frozen=True, slots=True)
class TierLine:
    """A tier decides up to `upper` HK$; an amount of exactly `upper` is its own only if `upper_included`."""

    tier: str
    upper: Decimal | None
    upper_included: bool = False

    def reaches(self, amount: Decimal) -> bool:
        if self.upper is None:
            return True
        return amount <= self.upper if self.upper_included else amount < self.upper


@dataclass(frozen=True, slots=True)
class Band:
    """The amounts of one tier, HK$: above nothing or `lower`, up to `upper` or without end."""

    tier: str
    lower: Decimal | None
    lower_included: bool
    upper: Decimal | None
    upper_included: bool


@dataclass(frozen=True, slots=True)
class RelatedAmount:
    """Another request of the group. `why` is the nearest link; `reference` is empty where the reader may not see it."""

    reference: str
    amount: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Route:
    """Who decides and why: the tier of `assessed` = `own` + `related`, or a higher one for the reason in `raised`."""

    tier: str
    own: Decimal
    assessed: Decimal
    line: Band
    related: tuple[RelatedAmount, ...] = ()
    raised: str = ""


def bands(lines: Iterable[TierLine]) -> tuple[Band, ...]:
    """The tiers from the smallest amounts up, each beginning where the one before it ends.

    Exactly one line has no upper end; without it some amount would belong to nobody.
    """
    ordered = sorted(lines, key=lambda line: (line.upper is None, line.upper or Decimal(0)))
    if not ordered or ordered[-1].upper is not None or any(line.upper is None for line in ordered[:-1]):
        raise ValueError("Exactly one tier has no upper end.")
    found = []
    lower, lower_included = None, False
    for line in ordered:
        found.append(Band(line.tier, lower, lower_included, line.upper, line.upper_included))
        lower, lower_included = line.upper, not line.upper_included
    return tuple(found)


def fault(lines: Iterable[TierLine]) -> str:
    """What is wrong with lines that somebody proposes, as a code; nothing when every amount has one tier.

    Every tier has one line, the department's is the lowest, each line is above the one before it, and the
    last tier alone has no upper end. So no amount is left over and none belongs to two tiers.
    """
    ordered = sorted(lines, key=lambda line: TIERS.index(line.tier))
    if tuple(line.tier for line in ordered) != TIERS:
        return "tiers.each_once"
    *below, top = ordered
    if top.upper is not None or any(line.upper is None for line in below):
        return "tiers.top_open"
    uppers = [line.upper for line in below if line.upper is not None]
    if any(not higher > lower for lower, higher in pairwise((Decimal(0), *uppers))):
        return "tiers.rising"
    return ""


def tier_for(amount: Decimal, lines: Iterable[TierLine]) -> Band:
    """The one band that holds `amount`. An amount of nothing has no tier."""
    if not amount > 0:
        raise ValueError("Only an amount over zero has a tier.")
    for band in bands(lines):
        if TierLine(band.tier, band.upper, band.upper_included).reaches(amount):
            return band
    raise AssertionError("The last band has no upper end.")


def raise_above_department(route: Route) -> Route:
    """A department whose heads are all conflicted cannot decide: the working group does, and the route says why."""
    return replace(route, tier=WORKING_GROUP, raised=NO_FREE_HEAD) if route.tier == DEPARTMENT else route


def is_higher(tier: str, than: str) -> bool:
    return TIERS.index(tier) > TIERS.index(than)
