"""The one reading of an amount with its group under a set of lines, for services, imports, impact and what-if alike."""

from collections.abc import Sequence
from decimal import Decimal

from funding.rules import group, tiers
from funding.rules.group import Related
from funding.rules.tiers import Route, TierLine


def route(lines: Sequence[TierLine], *, own: Decimal, related: Sequence[Related]) -> Route:
    """Which tier decides one's own amount together with what its group counts for."""
    assessed = group.total(own, related)
    line = tiers.tier_for(assessed, lines)
    return Route(tier=line.tier, own=own, assessed=assessed, line=line)
