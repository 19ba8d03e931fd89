"""What the KPI pages show, read from what the reader may see. No writing, no HTML."""

from kpis.selectors.benefits import Line as BenefitLine
from kpis.selectors.benefits import benefit_line, benefit_lines, benefit_rows, returned_reviews, totals
from kpis.selectors.breaches import ToldBreach, breaches_of
from kpis.selectors.breakdowns import Breakdown, breakdowns_of, smallest_group
from kpis.selectors.corrections import Correction, corrections_of
from kpis.selectors.effect import Effect, effect_of
from kpis.selectors.history import History, Point, histories
from kpis.selectors.jobs import Job, Machinery, job_rows, machinery
from kpis.selectors.latest import latest_values
from kpis.selectors.register import (
    Line,
    draft_of,
    host_words,
    kpi_rows,
    kpis_without_source,
    line_of,
    lines,
    locked_until,
    measures,
    source_of,
    source_rows,
    told_runs,
    waiting_readings,
)
from kpis.selectors.stale import stale_sentences
from kpis.selectors.states import Judged, Tally, judged, kpis_of, tally

__all__ = [
    "BenefitLine",
    "Breakdown",
    "Correction",
    "Effect",
    "History",
    "Job",
    "Judged",
    "Line",
    "Machinery",
    "Point",
    "Tally",
    "ToldBreach",
    "benefit_line",
    "benefit_lines",
    "benefit_rows",
    "breaches_of",
    "breakdowns_of",
    "corrections_of",
    "draft_of",
    "effect_of",
    "histories",
    "host_words",
    "job_rows",
    "judged",
    "kpi_rows",
    "kpis_of",
    "kpis_without_source",
    "latest_values",
    "line_of",
    "lines",
    "locked_until",
    "machinery",
    "measures",
    "returned_reviews",
    "smallest_group",
    "source_of",
    "source_rows",
    "stale_sentences",
    "tally",
    "told_runs",
    "totals",
    "waiting_readings",
]
