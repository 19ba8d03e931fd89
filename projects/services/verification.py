"""What independent verifiers do: verify, confirm a late claim, attest again."""

from django.db import transaction

from accounts.models import User
from projects import policies
from projects.models import ProcedureFact
from projects.services.recording import keep, locked_procedure, rule_today


@transaction.atomic
def verify(*, actor: User, procedure_id: int) -> ProcedureFact:
    """Verify the live claim today, under the rule in force today. A late claim also needs `confirm_late`."""
    procedure = locked_procedure(actor, procedure_id)
    claim = policies.can_verify(actor, procedure).or_raise()
    return keep(
        ProcedureFact.Kind.VERIFIED,
        action="procedure.verified",
        actor=actor,
        procedure=procedure,
        told={"project": claim.project.reference},
        claim=claim,
        rule=rule_today(),
        verifier_distance=policies.distance(actor, procedure, claim),
    )


@transaction.atomic
def confirm_late(*, actor: User, procedure_id: int) -> ProcedureFact:
    """Stand behind a late claim as the second verifier, before or after the first."""
    procedure = locked_procedure(actor, procedure_id)
    claim = policies.can_confirm_late(actor, procedure).or_raise()
    return keep(
        ProcedureFact.Kind.CONFIRMED_LATE,
        action="procedure.late_confirmed",
        actor=actor,
        procedure=procedure,
        told={"project": claim.project.reference},
        claim=claim,
        rule=rule_today(),
        verifier_distance=policies.distance(actor, procedure, claim),
    )


@transaction.atomic
def attest(*, actor: User, procedure_id: int, note: str) -> ProcedureFact:
    """Say that a verified procedure is still in use; its period starts anew, under the rule in force today."""
    procedure = locked_procedure(actor, procedure_id)
    claim = policies.can_attest(actor, procedure).or_raise()
    return keep(
        ProcedureFact.Kind.ATTESTED,
        action="procedure.attested",
        actor=actor,
        procedure=procedure,
        told={"project": claim.project.reference},
        claim=claim,
        rule=rule_today(),
        verifier_distance=policies.distance(actor, procedure, claim),
        note=note,
    )
