"""Everything a person or the schedule can do to KPIs, sources and readings."""

from kpis.services.definitions import adopt_definition, define_kpi, lock_baseline, set_baseline, set_target
from kpis.services.readings import type_reading, verify_reading
from kpis.services.runs import plan_due, run_source, to_ring
from kpis.services.sources import Paths, Reported, approve_source, pause_source, propose_source, resume_source

__all__ = [
    "Paths",
    "Reported",
    "adopt_definition",
    "approve_source",
    "define_kpi",
    "lock_baseline",
    "pause_source",
    "plan_due",
    "propose_source",
    "resume_source",
    "run_source",
    "set_baseline",
    "set_target",
    "to_ring",
    "type_reading",
    "verify_reading",
]
