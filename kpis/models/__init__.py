"""KPIs: what is measured, where the figures come from, and the readings themselves (DESIGN 6)."""

from kpis.models.benefits import Benefit, BenefitReview
from kpis.models.breaches import Breach, FollowUp
from kpis.models.definitions import Aggregation, Baseline, Definition, Direction, Formula, Kpi, KpiTarget, Series
from kpis.models.drafts import ReadingDraft
from kpis.models.files import ReadingFile
from kpis.models.hosts import Host
from kpis.models.locks import PeriodLock
from kpis.models.pushes import PushKey, PushReceipt
from kpis.models.readings import LatestValue, Reading, ReadingVerdict, Verdict
from kpis.models.smallest_groups import SmallestGroup
from kpis.models.sources import CollectionRun, RunState, Source, SourceKpi
from kpis.models.stale_spells import StaleSpell
from kpis.models.states import SeriesState, Unjudged

__all__ = [
    "Aggregation",
    "Baseline",
    "Benefit",
    "BenefitReview",
    "Breach",
    "CollectionRun",
    "Definition",
    "Direction",
    "FollowUp",
    "Formula",
    "Host",
    "Kpi",
    "KpiTarget",
    "LatestValue",
    "PeriodLock",
    "PushKey",
    "PushReceipt",
    "Reading",
    "ReadingDraft",
    "ReadingFile",
    "ReadingVerdict",
    "RunState",
    "Series",
    "SeriesState",
    "SmallestGroup",
    "Source",
    "SourceKpi",
    "StaleSpell",
    "Unjudged",
    "Verdict",
]
