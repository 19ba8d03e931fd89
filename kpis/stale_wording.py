"""What is said of a source without news, alike on its page, under what is due and in notices."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from kpis.models import StaleSpell
from kpis.rules import periods
from kpis.rules.freshness import GRACE
from work.notices import day


def facts_of(spell: StaleSpell) -> dict[str, str]:
    """What a sentence about it is made of, in no language."""
    kpi, start = spell.kpi, spell.period_start
    due_on = periods.last_day(start, kpi.frequency) + timedelta(days=GRACE[periods.Frequency(kpi.frequency)])
    return {
        "kpi": kpi.reference,
        "why": spell.why,
        "period": periods.label(start, kpi.frequency, kpi.year_kind),
        "due_on": due_on.isoformat(),
    }


def sentence(facts: Mapping[str, Any]) -> str:
    told = {"kpi": facts["kpi"], "period": facts["period"], "day": day(facts)}
    if facts["why"] == StaleSpell.Why.UNMOVED:
        return _("%(kpi)s: its value has been the same since %(period)s.") % told
    return _("%(kpi)s: no reading of %(period)s has come; it was due by %(day)s.") % told
