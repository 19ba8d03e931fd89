"""How a project leaves the register: merged, split, reclassified or stopped, by two people, kept for good (A13)."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, Unprocessable
from projects import policies
from projects.models import Claim, ProcedureFact, Project, ProjectExit, ProjectProcedure, Stage
from projects.services.life import refuse_blank
from projects.services.recording import end_claim, keep, locked_procedure, locked_project
from projects.services.transfers import transfer_all_claims

Kind, Status = ProjectExit.Kind, ProjectExit.Status


@transaction.atomic
def propose_exit(
    *,
    actor: User,
    project_id: int,
    kind: str,
    effective_on: date,
    reason: str,
    successor_ids: Collection[int] = (),
    claims_to_id: int | None = None,
) -> ProjectExit:
    """Propose that a project leaves, with the day it ended and where its work and its claims go.

    A merged project has one successor, a split one two or more, the others none. Claims go to
    `claims_to_id` in the act of approval, or end on the day.
    """
    involved = _locked(actor, project_id, successor_ids, claims_to_id)
    project = involved[project_id]
    policies.can_propose_exit(actor, project).or_raise()
    refuse_blank("reason", reason, _("Say why the project leaves."))
    _refuse_future(effective_on)
    successors = [involved[key] for key in dict.fromkeys(successor_ids)]
    _refuse_wrong_successors(project, kind, successors)
    claims_to = involved[claims_to_id] if claims_to_id else None
    _refuse_wrong_heir(project, successors, claims_to)
    proposed = ProjectExit.objects.create(
        project=project,
        kind=kind,
        effective_on=effective_on,
        reason=reason,
        claims_to=claims_to,
        proposed_by=actor.person,
        proposed_at=clock.now(),
    )
    proposed.successors.set(successors)
    ledger.record("project.exit_proposed", actor=actor, subject=project, facts=_told(proposed, successors))
    return proposed


@transaction.atomic
def withdraw_exit(*, actor: User, project_id: int, note: str) -> ProjectExit:
    """The department takes its proposal back."""
    return _close(actor, locked_project(actor, project_id), Status.WITHDRAWN, note)


@transaction.atomic
def refuse_exit(*, actor: User, project_id: int, note: str) -> ProjectExit:
    """Whoever could have approved it says no, and why."""
    return _close(actor, locked_project(actor, project_id), Status.REFUSED, note)


@transaction.atomic
def approve_exit(*, actor: User, project_id: int, note: str = "") -> ProjectExit:
    """Let the project leave today: its live claims end on the stated day or move, and its page becomes a tombstone."""
    waiting = ProjectExit.objects.filter(project=project_id, status=Status.PROPOSED).first()
    heirs = list(waiting.successors.values_list("pk", flat=True)) if waiting else []
    involved = _locked(actor, project_id, heirs, waiting.claims_to_id if waiting else None)
    project = involved[project_id]
    leaving: ProjectExit = policies.can_decide_exit(actor, project).or_raise()
    if waiting is None or leaving.pk != waiting.pk:
        raise Conflict("exit.changed", _("The proposal was changed just now. Open the project again."))
    successors = [involved[key] for key in heirs]
    _refuse_wrong_successors(project, leaving.kind, successors)
    _decide(leaving, Status.APPROVED, actor, note)
    project.stage, project.left_on = Stage.RETIRED, clock.today()
    project.version += 1
    project.save(update_fields=["stage", "left_on", "version"])
    heir = involved[leaving.claims_to_id] if leaving.claims_to_id else None
    _hand_over(project, leaving, heir, successors, actor)
    ledger.record("project.left", actor=actor, subject=project, facts=_told(leaving, successors))
    return leaving


def _hand_over(
    project: Project, leaving: ProjectExit, heir: Project | None, successors: Sequence[Project], actor: User
) -> None:
    """Procedures go with a merger, claims to whom they were promised; what nobody takes ends."""
    if leaving.kind == Kind.MERGE:
        _link_all(project, successors[0], actor)
    if heir is None:
        _end_claims(project, leaving, actor)
        return
    _link_all(project, heir, actor, only_claimed=True)
    transfer_all_claims(
        actor=actor, project=project, to_project=heir, effective_on=leaving.effective_on, reason=leaving.reason
    )


def _link_all(project: Project, to: Project, actor: User, *, only_claimed: bool = False) -> None:
    links = project.procedure_links.all()
    if only_claimed:
        links = links.filter(procedure__in=Claim.objects.filter(project=project, is_live=True).values("procedure"))
    there = set(to.procedure_links.values_list("procedure", flat=True))
    ProjectProcedure.objects.bulk_create(
        ProjectProcedure(project=to, procedure_id=key, linked_by=actor.person, linked_at=clock.now())
        for key in links.values_list("procedure", flat=True)
        if key not in there
    )


def _end_claims(project: Project, leaving: ProjectExit, actor: User) -> None:
    live = list(Claim.objects.filter(project=project, is_live=True).order_by("procedure"))
    procedures = [locked_procedure(actor, claim.procedure_id) for claim in live]
    for claim, procedure in zip(live, procedures, strict=True):
        end_claim(claim)
        keep(
            ProcedureFact.Kind.CLAIM_ENDED,
            action="procedure.claim_ended",
            actor=actor,
            procedure=procedure,
            told={"project": project.reference, "effective_on": leaving.effective_on.isoformat()},
            claim=claim,
            effective_on=max(leaving.effective_on, claim.went_live_on),
            note=leaving.reason,
        )


def _close(actor: User, project: Project, status: str, note: str) -> ProjectExit:
    may = policies.can_withdraw_exit if status == Status.WITHDRAWN else policies.can_decide_exit
    found: ProjectExit = may(actor, project).or_raise()
    refuse_blank("note", note, _("Say why."))
    _decide(found, status, actor, note)
    ledger.record(f"project.exit_{status}", actor=actor, subject=project, facts={"kind": found.kind})
    return found


def _decide(found: ProjectExit, status: str, actor: User, note: str) -> None:
    found.status, found.decision_note = status, note
    found.decided_by, found.decided_at = actor.person, clock.now()
    found.save(update_fields=["status", "decision_note", "decided_by", "decided_at"])


def _locked(
    actor: User, project_id: int, successor_ids: Collection[int], claims_to_id: int | None
) -> dict[int, Project]:
    """Every project that the act touches, locked in the order of their keys."""
    wanted = {project_id, *successor_ids, *([claims_to_id] if claims_to_id else [])}
    return {key: locked_project(actor, key) for key in sorted(wanted)}


def _refuse_future(effective_on: date) -> None:
    if effective_on > clock.today():
        message = _("The day is in the future.")
        raise Unprocessable("date.future", message, fields={"effective_on": [message]})


def _refuse_wrong_successors(project: Project, kind: str, successors: Sequence[Project]) -> None:
    wanted = {Kind.MERGE: _("Name the one project that it was merged into.")}
    wanted[Kind.SPLIT] = _("Name the two or more projects that it was split into.")
    count_fits = {Kind.MERGE: len(successors) == 1, Kind.SPLIT: len(successors) >= 2}
    if not count_fits.get(Kind(kind), not successors):
        message = wanted.get(Kind(kind), _("A project that is stopped or reclassified has no successor."))
        raise Unprocessable("exit.successors", message, fields={"successors": [message]})
    if any(one.pk == project.pk or not _is_in_register(one) for one in successors):
        message = _("A successor is another project that is in the register.")
        raise Unprocessable("exit.successors", message, fields={"successors": [message]})


def _refuse_wrong_heir(project: Project, successors: Sequence[Project], heir: Project | None) -> None:
    if heir is None:
        return
    if heir.pk == project.pk or not _is_in_register(heir) or (successors and heir not in successors):
        message = _("Claims go to a successor, or to another project that is in the register.")
        raise Unprocessable("exit.claims_to", message, fields={"claims_to": [message]})


def _is_in_register(project: Project) -> bool:
    return project.status == Project.Status.REGISTERED and project.stage != Stage.RETIRED


def _told(found: ProjectExit, successors: Sequence[Project]) -> dict[str, ledger.Fact]:
    return {
        "kind": str(found.kind),
        "effective_on": found.effective_on.isoformat(),
        "successors": [one.reference for one in successors],
        "claims_to": found.claims_to.reference if found.claims_to else "",
    }
