"""Claims that wait for an independent verifier, in SQL: `policies.independence` for one person and many claims.

It looks at every posting the person and the claimants ever had, the policy only at those of the days that matter. So
somebody who moved may find a claim here missing which its page would let them verify, never one that it refuses.
"""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Posting, User
from core import clock
from projects import facts
from projects.models import Claim, Procedure, ProcedureFact, ProjectProcedure
from projects.policies.independence import TOUCHING, family
from projects.rules.facts import rule_in_force

Kind = ProcedureFact.Kind
LAPSES_SOON = timedelta(days=30)


def to_verify(user: User) -> "QuerySet[Claim]":
    """Complete claims that nobody verified yet."""
    return _open_to(user).exclude(_has(Kind.VERIFIED)).exclude(_has(Kind.CONFIRMED_LATE, by=user))


def to_confirm(user: User) -> "QuerySet[Claim]":
    """Complete claims made late that no second verifier confirmed yet."""
    late = _open_to(user).filter(is_late=True)
    return late.exclude(_has(Kind.CONFIRMED_LATE)).exclude(_has(Kind.VERIFIED, by=user))


def to_attest(user: User, today: date) -> "QuerySet[Claim]":
    """Verified claims whose procedure lapses within thirty days unless somebody attests it again."""
    lapsing = Procedure.objects.in_use(today).filter(in_use_until__lte=today + LAPSES_SOON)
    return _open_to(user).filter(procedure__in=lapsing)


def _open_to(user: User) -> "QuerySet[Claim]":
    """Live claims with all their evidence, in which the person had no hand and whose side is not the person's."""
    rule = rule_in_force(facts.approved_rules().values(), clock.today())
    if rule is None or not user.has_perm("projects.verify_procedure"):
        return Claim.objects.none()
    own = set(Posting.objects.filter(person=user.person_id).values_list("department", flat=True))
    rows = Claim.objects.filter(is_live=True, procedure__in=Procedure.objects.visible_to(user))
    rows = rows.exclude(_delivered_by(family(own, rule.verifier_scope))).exclude(_touched_by(user))
    for kind in sorted(rule.required_evidence):
        rows = rows.filter(_has(Kind.EVIDENCE, evidence_kind=kind))
    return rows.select_related("procedure")


def _delivered_by(side: set[int]) -> Q:
    """Whose procedure, whose projects, or whose claimants' postings lie among these departments."""
    acts = ProcedureFact.objects.filter(claim=OuterRef("pk"), kind__in=(Kind.CLAIMED, Kind.TRANSFERRED))
    of_side = Q(project__department__in=side) | Q(
        person__in=Posting.objects.filter(department__in=side).values("person")
    )
    return Q(procedure__department__in=side) | Q(project__department__in=side) | Q(Exists(acts.filter(of_side)))


def _touched_by(user: User) -> Q:
    acts = ProcedureFact.objects.filter(claim=OuterRef("pk"))
    acted = Q(kind__in=TOUCHING, person=user.person_id) | Q(project__lead=user.person_id)
    linked = ProjectProcedure.objects.filter(procedure=OuterRef("procedure"), linked_by=user.person_id)
    return Q(project__lead=user.person_id) | Q(Exists(acts.filter(acted))) | Q(Exists(linked))


def _has(kind: str, *, by: User | None = None, **more: str) -> Exists:
    acts = ProcedureFact.objects.filter(claim=OuterRef("pk"), kind=kind, **more)
    return Exists(acts.filter(person=by.person_id) if by else acts)
