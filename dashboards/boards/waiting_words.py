"""The boards of KPIs and of decisions: figures with their words, coverage and the records each one opens."""

from collections.abc import Callable
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import as_at, clock
from core.errors import Text
from dashboards.boards import drawings
from dashboards.boards.decisions import AGE_WORDS, HOLDERS, DecisionBoard
from dashboards.boards.kpis import KpiBoard
from dashboards.figures import day_words
from funding import held
from funding.filters import AWAITING_DECISION
from funding.models import Tier
from kpis import judgement_wording
from kpis import wording as kpi_wording
from kpis.rules.rag import Rag

Card = dict[str, Any]
Address = Callable[..., str]  # adds filters to those in the address

DUTIES: dict[str, Text] = {
    held.HEAD: gettext_lazy("the Head of Department"),
    held.SECRETARY: gettext_lazy("the secretary of the working group"),
    held.CHAIR: gettext_lazy("the chair of the working group"),
}


def kpi_cards(found: KpiBoard, address: Address) -> list[Card]:
    """A figure for each colour, then how fresh the readings are; `address` adds a filter to those chosen."""
    coverage = _("of %(total)s KPIs") % {"total": intcomma(found.tally.total)}
    as_of = day_words(clock.hong_kong_day(found.as_at))
    return [
        {
            "label": str(judgement_wording.RAG[colour]),
            "figure": intcomma(count),
            "href": address(rag=colour.value),
            "tone": {Rag.RED: "bad", Rag.AMBER: "warning", Rag.GREEN: "good"}.get(colour, "") if count else "",
            "coverage": coverage,
            "as_at": as_of,
        }
        for colour, count in found.tally.by_rag.items()
    ]


def freshness_rows(found: KpiBoard, address: Address) -> list[Card]:
    return [
        {
            "label": kpi_wording.FRESHNESS[state],
            "tone": kpi_wording.FRESHNESS_TONES[state],
            "count": count,
            "href": address(freshness=state.value),
        }
        for state, count in found.tally.by_freshness.items()
    ]


def decision_cards(found: DecisionBoard, address: Address) -> list[Card]:
    waiting = _("of %(total)s waiting") % {"total": intcomma(found.total)}
    shown = [
        (_("Waiting for a decision"), found.total, address(), "", _("requests you can see")),
        (_("Overdue"), found.overdue, address(due=held.OVERDUE), "bad" if found.overdue else "", waiting),
        (_("Due within 5 working days"), found.soon, address(due=held.SOON), "", waiting),
        (_("Open rounds"), len(found.rounds), "#rounds", "", _("rounds you can see")),
    ]
    return [
        {"label": label, "figure": intcomma(count), "href": href, "tone": tone, "coverage": coverage}
        | {"as_at": day_words(as_at.day())}
        for label, count, href, tone, coverage in shown
    ]


def decision_chart(found: DecisionBoard, address: Address) -> dict[str, Any] | None:
    """Where most requests wait is the finding."""
    if not found.total:
        return None
    stages = {stage.value: str(stage.label) for stage in AWAITING_DECISION}
    tiers = {tier.value: str(tier.label) for tier in Tier}
    counts = {(stage.value, tier.value): count for (stage, tier), count in found.stages.items()}
    return {
        "title": _where_most_wait(found),
        "summary": _("Requests that wait for a decision, by stage and by who decides."),
        "figure": drawings.stage_bars(counts, stages, tiers, address),
        "table": {
            "headings": [_("Stage"), *tiers.values()],
            "rows": [
                [words, *(_linked(counts[stage, tier], address(status=stage, tier=tier)) for tier in tiers)]
                for stage, words in stages.items()
            ],
        },
    }


def _linked(count: int, address: str) -> str:
    return format_html('<a href="{}">{}</a>', address, count)


def _where_most_wait(found: DecisionBoard) -> str:
    """The stage with more than any other; where several share the lead, only how many wait."""
    first, second = sorted(AWAITING_DECISION, key=found.of_stage, reverse=True)[:2]
    if found.of_stage(first) == found.of_stage(second):
        waiting = ngettext("%(count)s request waits", "%(count)s requests wait", found.total) % {"count": found.total}
        return _("%(waiting)s, at no stage more than at the others") % {"waiting": waiting}
    told = {"count": found.of_stage(first), "total": found.total, "stage": first.label}
    return _("Most wait at “%(stage)s”: %(count)s of %(total)s") % told


def decision_groups(found: DecisionBoard, address: Address) -> list[dict[str, Any]]:
    """Tables of counts, each count opening its requests: by stage and tier, by holder, by age."""
    return [
        {
            "title": _("By who holds it"),
            "rows": [(DUTIES[duty], found.holders[duty], address(holder=duty)) for duty in HOLDERS],
        },
        {
            "title": _("By how long it has been held"),
            "rows": [(words, found.ages[age], address(age=age)) for age, words in AGE_WORDS.items()],
        },
        {
            "title": _("By who decides"),
            "rows": [(tier.label, found.of_tier(tier), address(tier=tier.value)) for tier in Tier],
        },
    ]
