"""What trying a source found, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import Text
from kpis.breakdown_wording import cell_words
from kpis.numbers import shown
from kpis.services import Tried
from kpis.wording import refusal_sentence


@dataclass(frozen=True, slots=True)
class ToldReading:
    kpi: str
    period: str
    group: str
    value: str
    refusal: Text
    detail: str


@dataclass(frozen=True, slots=True)
class ToldTry:
    """`sentence` says what a run would do; `is_good` whether it would store what it read."""

    is_good: bool
    sentence: str
    detail: str
    rows: tuple[ToldReading, ...]

    @property
    def has_groups(self) -> bool:
        return any(row.group for row in self.rows)


def told(tried: Tried) -> ToldTry:
    rows = tuple(
        ToldReading(
            row.kpi,
            row.period,
            cell_words(row.cell),
            "" if row.value is None else shown(row.value),
            refusal_sentence(row.code) if row.code else "",
            row.detail,
        )
        for row in tried.shown
    )
    return ToldTry(not tried.code, _sentence(tried), tried.detail, rows)


def _sentence(tried: Tried) -> str:
    if tried.code:
        return _("A run would store nothing. %(reason)s") % {"reason": refusal_sentence(tried.code)}
    counted = {"count": f"{tried.count:,}", "pages": tried.pages}
    return (
        ngettext(
            "A run would read %(count)s reading. Pages: %(pages)s.",
            "A run would read %(count)s readings. Pages: %(pages)s.",
            tried.count,
        )
        % counted
    )
