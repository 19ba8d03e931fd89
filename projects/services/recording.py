"""How every act on a procedure is kept: locked first, then one ledger entry, one fact, and the summary after it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import NotVisible
from core.policy import in_force
from projects import facts
from projects.models import Claim, CountingRule, Procedure, ProcedureFact, Project
from projects.rules.count import spans, standing
from projects.rules.facts import Fact, Rule

SUMMARY = ["is_claimed", "claimed_on", "verified_on", "in_use_from", "in_use_until", "retired_on", "reason"]


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


def hold(actor: User, procedures: Iterable[Procedure]) -> None:
    """Lock several before anything is recorded: the ledger's head is the last lock of every act."""
    for key in sorted(procedure.pk for procedure in procedures):
        locked_procedure(actor, key)


def locked_with_family(actor: User, procedure_id: int) -> Procedure:
    """The procedure, and before it the one whose parts count once together, so that two parts take turns."""
    family = Procedure.objects.filter(pk=procedure_id).values_list("counts_with", flat=True).first()
    if family is not None:
        locked_procedure(actor, family)
    return locked_procedure(actor, procedure_id)


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
    work_out(procedure, facts.as_facts(procedure.facts.all(), rules), rules)
    procedure.version += 1
    procedure.save(update_fields=[*SUMMARY, "version"])


@transaction.atomic
def refresh_standings() -> int:
    """Work every summary out anew where time or a rule has moved it; returns how many procedures changed.

    For a newly approved rule, and for the passing of the days on which a rule starts or reaches older claims.
    """
    rules = facts.approved_rules()
    touched = ProcedureFact.objects.values("procedure")
    procedures = Procedure.objects.filter(pk__in=touched).order_by("pk").select_for_update(of=("self",))
    known = facts.by_procedure(ProcedureFact.objects.all(), rules)
    changed = 0
    for procedure in procedures:
        before = [getattr(procedure, column) for column in SUMMARY]
        work_out(procedure, known[procedure.pk], rules)
        if before != [getattr(procedure, column) for column in SUMMARY]:
            procedure.version += 1
            procedure.save(update_fields=[*SUMMARY, "version"])
            changed += 1
    return changed


def work_out(procedure: Procedure, known: list[Fact], rules: dict[int, Rule]) -> None:
    """Set the summary columns of an unsaved procedure."""
    today = clock.today()
    found = standing(known, rules=list(rules.values()), on=today)
    stretches = spans(known, rules=list(rules.values())) if found.verified else []
    latest = next((stretch for stretch in reversed(stretches) if stretch.first <= today), None)
    procedure.is_claimed = found.claimed
    procedure.claimed_on = found.claimed_on if found.claimed else None
    procedure.verified_on = found.verified_on
    procedure.in_use_from = latest.first if latest else None
    procedure.in_use_until = latest.last if latest else None
    procedure.retired_on = found.retired_on
    procedure.reason = found.reason or ""
