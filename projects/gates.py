"""What the gates of a project's life ask for, and where apps that know projects put their checks.

    # kpis/apps.py
    def ready(self) -> None:
        gates.register(Need.BASELINE_NAMED, "kpis.gates.baseline_named", "kpis.gates.address")

A check is a callable `(project) -> bool`, an address a callable `(project) -> str` of the page where the
missing thing is done. The same answer stands on the page, in the API and behind every refusal.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core.errors import Text
from projects.models import HeadApproval, PilotDecision, Project
from projects.present import may_have
from projects.rules.lifecycle import REQUIRED, Gate, Need, gate_between

SENTENCES: dict[Need, Text] = {
    Need.LEAD: _("The project has no lead yet."),
    Need.HEAD_APPROVAL: _("The Head of Department, who must not be the lead, has not approved the pilot yet."),
    Need.BASELINE_NAMED: _("No KPI of the project has a baseline yet."),
    Need.PILOT_DECISION: _("The Head of Department, who must not be the lead, has not decided to scale up the pilot."),
    Need.BASELINES_LOCKED: _("The baselines of the project's KPIs are not all locked."),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that keeps a gate closed, in a sentence, and where it is done."""

    need: Need
    sentence: Text
    address: str


@dataclass(frozen=True, slots=True)
class Check:
    """Where the answer to one need comes from."""

    holds: str
    address: str


_checks: dict[Need, Check] = {}


def register(need: Need, holds: str, address: str) -> None:
    """Answer one need by the callable at the dotted path `holds`; once per need."""
    _checks[need] = Check(holds, address)


def missing(project: Project, to: str) -> list[Missing]:
    """What keeps the project from moving to this stage; nothing when no gate lies between or it is open."""
    gate = gate_between(project.stage, to)
    return [_missing(project, need) for need in REQUIRED[gate] if not _holds(project, need)] if gate else []


def asked(project: Project, gate: Gate) -> list[tuple[Need, bool]]:
    """Everything that the gate asks for, and whether it is there."""
    return [(need, _holds(project, need)) for need in REQUIRED[gate]]


def has_lead(project: Project) -> bool:
    return project.lead_id is not None


def has_head_approval(project: Project) -> bool:
    """A standing approval by somebody who does not lead the project now."""
    if not may_have(project, "approvals"):
        return False
    approvals = HeadApproval.objects.filter(project=project, withdrawn_at__isnull=True)
    return approvals.exclude(approved_by=project.lead_id).exists()


def is_to_scale(project: Project) -> bool:
    """The latest decision stands, and it was not taken by somebody who leads the project now."""
    latest = standing_decision(project)
    return (
        latest is not None
        and latest.decision == PilotDecision.Decision.SCALE
        and latest.decided_by_id != project.lead_id
    )


def standing_decision(project: Project) -> PilotDecision | None:
    if not may_have(project, "pilots"):
        return None
    return project.pilot_decisions.exclude(decision="").order_by("-decided_at", "-pk").first()


def edit_address(project: Project) -> str:
    return reverse("projects:project-edit", args=[project.reference])


def life_address(project: Project) -> str:
    return reverse("projects:project-life", args=[project.reference])


register(Need.LEAD, "projects.gates.has_lead", "projects.gates.edit_address")
register(Need.HEAD_APPROVAL, "projects.gates.has_head_approval", "projects.gates.life_address")
register(Need.PILOT_DECISION, "projects.gates.is_to_scale", "projects.gates.life_address")


def _holds(project: Project, need: Need) -> bool:
    check = _checks.get(need)
    return check is not None and bool(import_string(check.holds)(project))


def _missing(project: Project, need: Need) -> Missing:
    check = _checks.get(need)
    address = import_string(check.address)(project) if check else life_address(project)
    return Missing(need, SENTENCES[need], address)
