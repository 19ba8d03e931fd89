"""Who may move a live claim to another project, and to which (DESIGN 3)."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rights import departments_of
from core.errors import Conflict
from core.verdicts import Verdict
from projects.models import Claim, Procedure, Project, Stage
from projects.policies.claims import live_claim
from projects.policies.independence import keeps_its_verifiers
from projects.policies.people import delivers


def can_transfer(user: User, procedure: Procedure, to_project: Project) -> Verdict:
    """Somebody who delivers both projects, or the Team; to a project that could have claimed it itself."""
    claim = live_claim(procedure)
    if claim is None:
        return Verdict.no("claim.none", _("No live claim exists for this procedure."), error=Conflict)
    if not user.has_perm("projects.approve_exits"):
        if not delivers(user, claim.project):
            return Verdict.no(
                "department.other", _("Only the claiming project's lead and department, or the Team, may move a claim.")
            )
        if not delivers(user, to_project):
            return Verdict.no(
                "department.other", _("Between departments a claim is moved by the Team, not by the one that gives it.")
            )
    may_move = can_move(claim, procedure, to_project)
    return Verdict.yes(claim) if may_move else may_move


def can_move(claim: Claim, procedure: Procedure, to_project: Project) -> Verdict:
    """Whether this claim can be counted by that project with everything that was verified, whoever asks."""
    if to_project.pk == claim.project_id:
        return Verdict.no("claim.same_project", _("This project already counts it."), error=Conflict)
    if to_project.stage == Stage.RETIRED:
        return Verdict.no("project.stopped", _("That project was stopped."), error=Conflict)
    if not to_project.procedure_links.filter(procedure=procedure).exists():
        reason = _("%(project)s does not touch %(procedure)s.") % _named(procedure, to_project)
        return Verdict.no("procedure.not_linked", reason, error=Conflict)
    if not (to_project.was_already_running or to_project.gate_passed_on):
        reason = _("%(project)s has not passed its go-live gate.") % _named(procedure, to_project)
        return Verdict.no("golive.before_gate", reason, error=Conflict)
    return keeps_its_verifiers(claim, procedure, to_project)


def can_offer_transfer(user: User, procedure: Procedure) -> Verdict:
    """Whether a page shows the form at all: there is a claim, and a project it could go to."""
    claim = live_claim(procedure)
    if claim is None:
        return Verdict.no("claim.none", _("No live claim exists for this procedure."), error=Conflict)
    target = receiving_projects(user, procedure).first()
    if target is None:
        return Verdict.no("procedure.not_linked", _("None of your other projects touches this procedure."))
    if not (user.has_perm("projects.approve_exits") or delivers(user, claim.project)):
        return Verdict.no(
            "department.other", _("Only the claiming project's lead and department, or the Team, may move a claim.")
        )
    return Verdict.yes(claim)


def receiving_projects(user: User, procedure: Procedure) -> "QuerySet[Project]":
    """The projects that this person could move the live claim to."""
    past_gate = Q(was_already_running=True) | Q(gate_passed_on__isnull=False)
    found = (
        Project.objects.visible_to(user)
        .filter(past_gate, pk__in=procedure.project_links.values("project"))
        .exclude(stage=Stage.RETIRED)
        .exclude(pk__in=procedure.claims.filter(is_live=True).values("project"))
    )
    if user.has_perm("projects.approve_exits"):
        return found
    return found.filter(Q(department__in=departments_of(user.person_id)) | Q(lead=user.person_id))


def _named(procedure: Procedure, project: Project) -> dict[str, str]:
    return {"project": project.reference, "procedure": procedure.reference}
