"""How every act on a procedure is kept: locked first, then one ledger entry, one fact, and the summary after it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import NotVisible
from core.policy import in_force
from projects import facts
from projects.models import Claim, CountingRule, Procedure, ProcedureFact, Project
from projects.rules.count import spans, standing

SUMMARY = ["is_claimed", "claimed_on", "verified_on", "in_use_from", "in_use_until", "retired_on", "version"]


def locked_project(actor: User, project_id: int) -> Project:
    """The project, locked until commit. Lock projects before procedures, always."""
    project = Project.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=project_id).first()
    if project is None:
        raise NotVisible("project.none", _("There is no such project."))
    return project


def locked_procedure(actor: User, procedure_id: int) -> Procedure:
    procedure = Procedure.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=procedure_id).first()
    if procedure is None:
        raise NotVisible("procedure.none", _("There is no such procedure."))
    return procedure


def rule_today() -> CountingRule:
    return in_force(CountingRule.objects.all(), clock.today())


def keep(
    kind: ProcedureFact.Kind,
    *,
    action: str,
    actor: User,
    procedure: Procedure,
    told: dict[str, ledger.Fact] | None = None,
    **columns: Any,
) -> ProcedureFact:
    """Record the act and store it as a fact that became true on its own day, unless `effective_on` is given.

    The fact takes position and instant from the ledger entry, so "as known at" is exact (DESIGN 3).
    """
    entry = ledger.record(action, actor=actor, subject=procedure, facts=told or {})
    fact = ProcedureFact.objects.create(
        procedure=procedure,
        kind=kind,
        person=actor.person,
        position=entry.position,
        recorded_at=entry.recorded_at,
        **{"effective_on": clock.hong_kong_day(entry.recorded_at), **columns},
    )
    summarise(procedure)
    return fact


def end_claim(claim: Claim) -> None:
    claim.is_live = False
    claim.save(update_fields=["is_live"])


def summarise(procedure: Procedure) -> None:
    """Work the summary columns out anew from all facts, in the transaction that changed them."""
    rules = facts.approved_rules()
    known = facts.as_facts(procedure.facts.all(), rules)
    today = clock.today()
    found = standing(known, rules=list(rules.values()), on=today)
    latest = next((s for s in reversed(spans(known, rules=list(rules.values()))) if s.first <= today), None)
    procedure.is_claimed = found.claimed
    procedure.claimed_on = found.claimed_on if found.claimed else None
    procedure.verified_on = found.verified_on
    procedure.in_use_from = latest.first if latest else None
    procedure.in_use_until = latest.last if latest else None
    procedure.retired_on = found.retired_on
    procedure.version += 1
    procedure.save(update_fields=SUMMARY)
