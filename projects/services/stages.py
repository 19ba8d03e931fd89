"""A project moves from stage to stage; gates are judged here for page, API and import alike."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import InvalidInput, InvalidMove
from projects import gates, policies
from projects.models import Project, Stage
from projects.rules import lifecycle
from projects.rules.lifecycle import Gate
from projects.services.recording import locked_project


@transaction.atomic
def change_stage(*, actor: User, project_id: int, stage: str) -> Project:
    """Move a project. Passing a gate is kept in the ledger; the go-live gate's day is kept with the project."""
    project = locked_project(actor, project_id)
    policies.can_change_stage(actor, project).or_raise()
    if stage not in Stage.values:
        message = _("Choose one of the entries offered.")
        raise InvalidInput("choice.invalid", message, fields={"stage": [message]})
    if project.stage == stage:
        raise InvalidMove("state.same", _("The project is at this stage already."))
    gate = enter_stage(project, stage)
    project.version += 1
    project.save(update_fields=["stage", "gate_passed_on", "version"])
    if gate:
        record_gate(project, actor=actor)
    return project


def enter_stage(project: Project, to: str) -> Gate | None:
    """Put the locked project at a stage, unsaved; returns the gate it went through. Refuses what may not be."""
    before = project.stage
    if to == Stage.RETIRED:
        raise InvalidMove("state.move", _("A project is retired by leaving the register, with a day and a reason."))
    if not lifecycle.may_move(before, to):
        message = _("A project cannot go from “%(before)s” to “%(after)s”.") % {
            "before": Stage(before).label,
            "after": Stage(to).label,
        }
        raise InvalidMove("state.move", message, fields={"stage": [message]})
    missing = gates.missing(project, to)
    if missing:
        raise InvalidMove("gate.closed", _("The gate is closed."), fields={"stage": [one.sentence for one in missing]})
    gate = lifecycle.gate_between(before, to)
    project.stage = to
    if gate is Gate.GO_LIVE and project.gate_passed_on is None:
        project.gate_passed_on = clock.today()
    return gate


def record_gate(project: Project, *, actor: User) -> None:
    ledger.record("project.gate_passed", actor=actor, subject=project, facts={"stage": project.stage})
