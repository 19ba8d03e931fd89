"""Stored facts and rules as the plain values that `projects.rules` reasons with."""

from collections import defaultdict
from collections.abc import Iterable

from core import clock
from projects.models import CountingRule, ProcedureFact
from projects.rules.facts import Fact, Kind, Rule, Scope


def approved_rules() -> dict[int, Rule]:
    """Every approved counting rule by its key."""
    rows = CountingRule.objects.filter(status=CountingRule.Status.APPROVED)
    return {row.pk: as_rule(row) for row in rows}


def as_rule(row: CountingRule) -> Rule:
    return Rule(
        starts_on=row.starts_on,
        required_evidence=frozenset(row.required_evidence),
        attestation_months=row.attestation_months,
        late_claim_days=row.late_claim_days,
        transition_on=row.transition_on,
        verifier_scope=Scope(row.verifier_scope),
    )


def by_procedure(rows: Iterable[ProcedureFact], rules: dict[int, Rule]) -> dict[int, list[Fact]]:
    """The facts of each procedure, by its key. A procedure without facts is not in the answer."""
    found: dict[int, list[Fact]] = defaultdict(list)
    for row in rows:
        found[row.procedure_id].append(as_fact(row, rules))
    return found


def as_fact(row: ProcedureFact, rules: dict[int, Rule]) -> Fact:
    return Fact(
        position=row.position,
        kind=Kind(row.kind),
        effective_on=row.effective_on,
        recorded_on=clock.hong_kong_day(row.recorded_at),
        claim=row.claim_id,
        person=row.person_id,
        evidence=row.evidence_kind,
        rule=rules.get(row.rule_id) if row.rule_id else None,
        project=row.project_id,
        distance=Scope(row.verifier_distance or Scope.FAMILY),
    )


def as_facts(rows: Iterable[ProcedureFact], rules: dict[int, Rule]) -> list[Fact]:
    return [as_fact(row, rules) for row in rows]
