"""Who may claim, verify, attest and retire, and why not (DESIGN 3)."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rights import departments_of
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from projects import facts
from projects.models import Claim, EvidenceKind, Procedure, ProcedureFact, Project
from projects.policies.independence import is_independent
from projects.policies.people import belongs, delivers
from projects.policies.procedures import counted_relative, is_present
from projects.policies.projects import can_edit_project
from projects.rules.count import Standing, standing
from projects.rules.facts import rule_in_force
from projects.wording import family_counted, procedure_counted


def can_claim(user: User, procedure: Procedure, project: Project) -> Verdict:
    """Somebody who delivers the project, for a procedure it touches that nobody counts yet."""
    may_edit = can_edit_project(user, project)
    if not may_edit:
        return may_edit
    if not project.procedure_links.filter(procedure=procedure).exists():
        return Verdict.no("procedure.not_linked", _("This project does not touch this procedure."), error=Conflict)
    present = is_present(procedure)
    if not present:
        return present
    live = live_claim(procedure)
    if live is not None:
        return Verdict.no("procedure.counted", procedure_counted(live, seen_by=user), error=Conflict)
    relative = counted_relative(procedure)
    if relative is not None:
        return Verdict.no("procedure.counted", family_counted(relative), error=Conflict)
    return Verdict.yes()


def claimable_projects(user: User, procedure: Procedure) -> "QuerySet[Project]":
    """The projects under which this person could claim the procedure."""
    delivers = Q(department__in=departments_of(user.person_id)) | Q(lead=user.person_id)
    linked = procedure.project_links.values("project")
    return Project.objects.visible_to(user).filter(delivers, pk__in=linked).exclude(stage="retired")


def can_offer_claim(user: User, procedure: Procedure) -> Verdict:
    """Whether a page shows the claim form at all: there is a project to claim under, and none claims yet."""
    project = claimable_projects(user, procedure).first()
    if project is None:
        return Verdict.no("procedure.not_linked", _("None of your projects touches this procedure."))
    return can_claim(user, procedure, project)


def can_add_evidence(user: User, procedure: Procedure) -> Verdict:
    """Somebody who delivers the claiming project."""
    claim = live_claim(procedure)
    if claim is None:
        return _no_claim()
    if not delivers(user, claim.project):
        return Verdict.no("department.other", _("Only the claiming project's lead and department may add evidence."))
    return Verdict.yes(claim)


def can_verify(user: User, procedure: Procedure) -> Verdict:
    """An independent verifier, once, and only when the evidence is complete."""
    claim = live_claim(procedure)
    if claim is None:
        return _no_claim()
    independent = is_independent(user, procedure, claim)
    if not independent:
        return independent
    if claim.facts.filter(kind=ProcedureFact.Kind.VERIFIED).exists():
        return Verdict.no("procedure.verified", _("This claim is already verified."), error=Conflict)
    if claim.facts.filter(kind=ProcedureFact.Kind.CONFIRMED_LATE, person=user.person_id).exists():
        return _second_person()
    return _evidence_complete(claim)


def can_confirm_late(user: User, procedure: Procedure) -> Verdict:
    """A second independent verifier, for a go-live claimed late."""
    claim = live_claim(procedure)
    if claim is None:
        return _no_claim()
    if not claim.is_late:
        return Verdict.no(
            "claim.not_late", _("This claim was made in time and needs no second verifier."), error=Conflict
        )
    independent = is_independent(user, procedure, claim)
    if not independent:
        return independent
    if claim.facts.filter(kind=ProcedureFact.Kind.CONFIRMED_LATE).exists():
        return Verdict.no("claim.confirmed", _("This late claim is already confirmed."), error=Conflict)
    if claim.facts.filter(kind=ProcedureFact.Kind.VERIFIED, person=user.person_id).exists():
        return _second_person()
    return _evidence_complete(claim)


def can_attest(user: User, procedure: Procedure) -> Verdict:
    """An independent verifier says again that a verified procedure is still in use; a lapsed one comes back."""
    claim = live_claim(procedure)
    if claim is None:
        return _no_claim()
    if not current_standing(procedure, clock.today()).verified:
        return Verdict.no(
            "procedure.not_verified", _("Only a verified procedure can be attested again."), error=Conflict
        )
    independent = is_independent(user, procedure, claim)
    if not independent:
        return independent
    return _evidence_complete(claim)


def can_retire(user: User, procedure: Procedure) -> Verdict:
    """The procedure's own department, or whoever delivers the claiming project."""
    present = is_present(procedure)
    if not present:
        return present
    claim = live_claim(procedure)
    if belongs(user, {procedure.department_id}) or (claim is not None and delivers(user, claim.project)):
        return Verdict.yes(claim)
    return Verdict.no("department.other", _("Only the procedure's own department may retire it."))


def live_claim(procedure: Procedure) -> Claim | None:
    """The claim that counts now. A page that asks many policies of one row reads it once, as `claim_now`."""
    if "claim_now" in vars(procedure):
        return vars(procedure)["claim_now"]
    return procedure.claims.filter(is_live=True).select_related("project").first()


def current_standing(procedure: Procedure, today: date) -> Standing:
    """What the procedure is today, from everything known now."""
    rules = facts.approved_rules()
    return standing(facts.as_facts(procedure.facts.all(), rules), rules=list(rules.values()), on=today)


def _evidence_complete(claim: Claim) -> Verdict:
    """Judged under the rule in force today: it is the one that this act puts the claim under."""
    rule = rule_in_force(facts.approved_rules().values(), clock.today())
    if rule is None:
        return Verdict.no("policy.none", _("No approved policy covers this date."), error=Conflict)
    added = set(claim.facts.filter(kind=ProcedureFact.Kind.EVIDENCE).values_list("evidence_kind", flat=True))
    missing = sorted(rule.required_evidence - added)
    if missing:
        names = ", ".join(str(EvidenceKind(kind).label) for kind in missing)
        reason = _("Evidence is still missing: %(names)s.") % {"names": names}
        return Verdict.no("evidence.missing", reason, error=Conflict)
    return Verdict.yes(claim)


def _no_claim() -> Verdict:
    return Verdict.no("claim.none", _("No live claim exists for this procedure."), error=Conflict)


def _second_person() -> Verdict:
    return Verdict.no("duty.separate", _("A late claim is verified by one person and confirmed by another."))
