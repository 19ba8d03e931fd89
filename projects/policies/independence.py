"""Who is independent enough to verify a claim: never touched it, and belongs to no delivering side (DESIGN 3)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, User
from core import clock
from core.policy import found_on
from core.verdicts import Verdict
from projects.models import Claim, CountingRule, Procedure, ProcedureFact, Project
from projects.policies.people import departments_of

Kind = ProcedureFact.Kind
TOUCHING = (Kind.CLAIMED, Kind.EVIDENCE, Kind.TRANSFERRED)
STANDING_BEHIND = (Kind.VERIFIED, Kind.CONFIRMED_LATE, Kind.ATTESTED)


def is_independent(user: User, procedure: Procedure, claim: Claim) -> Verdict:
    """A verifier who never touched the claim and belongs to no delivering department.

    Delivering are the departments of the procedure, of every project that has had the claim, and of the
    claimant and whoever moved it, each with its family as far as the rule in force says. Postings are looked
    at today and on the day of each of those acts, so that moving away does not make anybody independent.
    """
    if not user.has_perm("projects.verify_procedure"):
        return Verdict.no("duty.verifier", _("Claims are verified by people with the verifier role."))
    if user.person_id in touched_by(procedure, claim):
        return Verdict.no("duty.separate", _("A verifier must not have had a hand in the claim."))
    if not _stands_outside(user, procedure, claim, _scope_on(clock.today())):
        return Verdict.no("duty.department", _("A verifier must not belong to a delivering department or its bureau."))
    return Verdict.yes(claim)


def distance(user: User, procedure: Procedure, claim: Claim) -> str:
    """How far an independent verifier stands today; kept with the act, for rules that ask for more later."""
    scopes = CountingRule.VerifierScope
    return scopes.BRANCH if _stands_outside(user, procedure, claim, scopes.BRANCH) else scopes.FAMILY


def keeps_its_verifiers(claim: Claim, procedure: Procedure, to_project: Project) -> Verdict:
    """Whether everybody who verified the claim is independent of the project it would move to.

    Judged by the rule each of them acted under, by their postings on that day, on the day of the claim and today.
    """
    today = clock.today()
    opening = claim.facts.get(kind=Kind.CLAIMED)
    linked = to_project.procedure_links.filter(procedure=procedure).values_list("linked_by", flat=True)
    hands = {to_project.lead_id, *linked} - {None}
    for act in claim.facts.filter(kind__in=STANDING_BEHIND).select_related("rule", "person"):
        days = {today, clock.hong_kong_day(opening.recorded_at), act.effective_on}
        scope = act.rule.verifier_scope if act.rule else CountingRule.VerifierScope.FAMILY
        its_side = family({to_project.department_id}, scope)
        if act.person_id in hands or departments_of(act.person_id, days) & its_side:
            reason = _(
                "%(person)s verified this claim and belongs to the side of %(project)s, so it cannot move with its"
                " verification. End the claim and let %(project)s claim anew."
            ) % {"person": act.person, "project": to_project.reference}
            return Verdict.no("duty.department", reason)
    return Verdict.yes()


def touched_by(procedure: Procedure, claim: Claim) -> set[int]:
    """Everybody with a hand in it: claimed, gave evidence, moved or linked it, or leads a project that had it."""
    acted = set(claim.facts.filter(kind__in=TOUCHING).values_list("person", flat=True))
    linked = set(procedure.project_links.values_list("linked_by", flat=True))
    leads = set(_projects_of(claim).values_list("lead", flat=True))
    return {person for person in acted | linked | leads if person is not None}


def family(department_ids: set[int], scope: str) -> set[int]:
    """These departments with their bureaux and own departments; under `branch` all below their topmost bureau."""
    if scope == CountingRule.VerifierScope.BRANCH:
        return _branch(department_ids)
    return set(Department.objects.related_to(department_ids).values_list("pk", flat=True))


def _stands_outside(user: User, procedure: Procedure, claim: Claim, scope: str) -> bool:
    days, delivering = _delivering(procedure, claim, clock.today())
    return not departments_of(user.person_id, days) & family(delivering, scope)


def _scope_on(day: date) -> str:
    """How far the rule in force asks a verifier to be; without one the nearest, though nothing counts then."""
    rule = found_on(CountingRule.objects.all(), day)
    return rule.verifier_scope if rule else CountingRule.VerifierScope.FAMILY


def _delivering(procedure: Procedure, claim: Claim, today: date) -> tuple[list[date], set[int]]:
    """The days to look at, and the departments that deliver the claim."""
    acts = claim.facts.filter(kind__in=(Kind.CLAIMED, Kind.TRANSFERRED))
    told = [(act.person_id, clock.hong_kong_day(act.recorded_at)) for act in acts]
    days = sorted({today, *(day for _person, day in told)})
    delivering = {procedure.department_id, *_projects_of(claim).values_list("department", flat=True)}
    for person, day in told:
        delivering |= departments_of(person, (today, day))
    return days, delivering


def _projects_of(claim: Claim) -> "QuerySet[Project]":
    had = claim.facts.filter(project__isnull=False).values("project")
    return Project.objects.filter(pk__in=had) | Project.objects.filter(pk=claim.project_id)


def _branch(department_ids: Iterable[int]) -> set[int]:
    """Everything under the topmost bureaux of these departments."""
    parents = dict(Department.objects.values_list("pk", "parent"))
    tops = {_top(pk, parents) for pk in department_ids}
    return {pk for pk in parents if _top(pk, parents) in tops}


def _top(pk: int, parents: dict[int, int | None]) -> int:
    for _step in parents:  # never more steps than departments, whatever the tree says
        above = parents.get(pk)
        if above is None:
            return pk
        pk = above
    return pk
