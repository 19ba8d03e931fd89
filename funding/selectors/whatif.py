"""What the what-if page shows of a run or of a note."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock
from core.policy import in_force
from funding import figures
from funding.forms import whatif as forms
from funding.models import FundingPolicy, Tier, WhatIfNote
from funding.policy_words import range_words
from funding.rules import tiers, whatif
from funding.rules.whatif import Figures, Placed
from funding.services.whatif import Run


@dataclass(frozen=True, slots=True)
class BenchPage:
    """One run as the page shows it: the assumption in words, every figure, and the requests behind one number."""

    run: Run
    figures: Figures
    says: Sequence[tuple[str, str]]
    moves: Sequence[tuple[str, str, whatif.Move]]
    sees: Sequence[tuple[str, whatif.TierFigures]]
    sentence: str
    chart: dict[str, Any] | None
    table: dict[str, Any]
    address: str
    behind: Sequence[Placed]
    show: str


def bench_page(run: Run, *, show: str, base: str) -> BenchPage:
    found = whatif.figures(run.placed)
    return BenchPage(
        run=run,
        figures=found,
        says=[(_label(band.tier), range_words(band)) for band in tiers.bands(run.assumed.lines)],
        moves=[(_label(move.before), _label(move.after), move) for move in found.moves],
        sees=[(_label(one.tier), one) for one in found.tiers],
        sentence=sentence(found),
        chart=figures.load_figure(found.loads),
        table=figures.load_table(found.loads),
        address=f"{base}?{urlencode(forms.typed_as(run.assumed))}&show=" if base else "?show=",
        behind=whatif.behind(run.placed, show),
        show=show,
    )


def sentence(found: Figures) -> str:
    """The finding: `3 of 20 requests would be decided by another body: 1 rises, 2 escape to a lower one.`"""
    if not found.moved:
        return _("No request would be decided by another body.")
    frame = ngettext(
        "%(moved)s of %(all)s request would be decided by another body: %(rise)s would rise, %(escape)s would escape"
        " to a lower one.",
        "%(moved)s of %(all)s requests would be decided by another body: %(rise)s would rise, %(escape)s would escape"
        " to a lower one.",
        found.requests,
    )
    return frame % {"moved": found.moved, "all": found.requests, "rise": found.rise, "escape": found.escape}


def policy_now() -> FundingPolicy:
    return in_force(FundingPolicy.objects.prefetch_related("lines"), clock.today())


def notes(user: User) -> Any:
    return WhatIfNote.objects.visible_to(user).select_related("author")


def _label(tier: str) -> str:
    return str(Tier(tier).label)
