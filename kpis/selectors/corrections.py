"""Readings of periods that were corrected: every value that was ever given, as far as the reader may see it (T16)."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import Exists, OuterRef

from accounts.models import User
from kpis.models import Reading, Verdict
from kpis.numbers import shown
from kpis.rules import periods
from kpis.selectors.history import History


@dataclass(frozen=True, slots=True)
class Correction:
    """One period with all its revisions, oldest first; the last verified one stands."""

    period: str
    unit: str
    readings: tuple[Reading, ...]

    @property
    def standing(self) -> Reading | None:
        return next((one for one in reversed(self.readings) if one.state == Verdict.VERIFIED), None)

    @property
    def rows(self) -> list[tuple[Reading, str, str]]:
        """Each reading with its value in words, and whether it stands, was replaced, waits or was returned."""
        return [(one, shown(one.value, self.unit), self._place(one)) for one in self.readings]

    def _place(self, reading: Reading) -> str:
        if reading is self.standing:
            return "stands"
        if reading.state == Verdict.VERIFIED:
            return "replaced"
        return "returned" if reading.state == Verdict.RETURNED else "waits"

    @property
    def replaced(self) -> list[tuple[Reading, Decimal]]:
        """Values that were verified once and stand no more."""
        standing = self.standing
        verified = [one for one in self.readings if one.state == Verdict.VERIFIED and one is not standing]
        return [(one, one.value) for one in verified if one.value is not None]


def corrections_of(user: User, history: History) -> list[Correction]:
    """Newest period first."""
    kpi = history.kpi
    later = Reading.objects.filter(
        series=OuterRef("series"), period_start=OuterRef("period_start"), cell=OuterRef("cell"), revision__gt=1
    )
    seen = Reading.objects.visible_to(user).filter(Exists(later), series=history.series, cell="")
    rows = seen.select_related("person").order_by("-period_start", "revision")
    return [
        Correction(periods.label(start, kpi.frequency, kpi.year_kind), history.unit, tuple(readings))
        for start, readings in groupby(rows, key=lambda reading: reading.period_start)
    ]
