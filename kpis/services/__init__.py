"""Everything a person or the schedule can do to KPIs, sources and readings."""

from kpis.services.benefit_reviews import judge_review, record_review
from kpis.services.benefits import Promise, register_benefit, withdraw_benefit
from kpis.services.breaches import follow_up, watch_breaches
from kpis.services.definitions import adopt_definition, define_kpi, lock_baseline, set_baseline, set_target, set_targets
from kpis.services.drafts import save_draft
from kpis.services.library import Measure, add_definition, revise_definition
from kpis.services.likely import learn_likely
from kpis.services.locks import lock_periods
from kpis.services.partitions import plan_partitions
from kpis.services.push_keys import make_key, reseal_keys, revoke_key
from kpis.services.pushes import receive, signer
from kpis.services.reading_files import offer_readings, report_readings, verify_file, waiting_of, withdraw_readings
from kpis.services.reading_reminders import remind_owners
from kpis.services.readings import type_reading, verify_reading
from kpis.services.retrying import retry_run
from kpis.services.runs import plan_due, run_source, to_ring
from kpis.services.smallest_groups import set_smallest_group
from kpis.services.sources import (
    Answering,
    Collected,
    Paths,
    Reported,
    Secret,
    approve_source,
    change_source,
    pause_source,
    propose_push_source,
    propose_source,
    resume_source,
)
from kpis.services.stale_sources import watch_stale
from kpis.services.states import keep_states
from kpis.services.trying import Tried, try_proposal, try_source

__all__ = [
    "Answering",
    "Collected",
    "Measure",
    "Paths",
    "Promise",
    "Reported",
    "Secret",
    "Tried",
    "add_definition",
    "adopt_definition",
    "approve_source",
    "change_source",
    "define_kpi",
    "follow_up",
    "judge_review",
    "keep_states",
    "learn_likely",
    "lock_baseline",
    "lock_periods",
    "make_key",
    "offer_readings",
    "pause_source",
    "plan_due",
    "plan_partitions",
    "propose_push_source",
    "propose_source",
    "receive",
    "record_review",
    "register_benefit",
    "remind_owners",
    "report_readings",
    "reseal_keys",
    "resume_source",
    "retry_run",
    "revise_definition",
    "revoke_key",
    "run_source",
    "save_draft",
    "set_baseline",
    "set_smallest_group",
    "set_target",
    "set_targets",
    "signer",
    "to_ring",
    "try_proposal",
    "try_source",
    "type_reading",
    "verify_file",
    "verify_reading",
    "waiting_of",
    "watch_breaches",
    "watch_stale",
    "withdraw_benefit",
    "withdraw_readings",
]
