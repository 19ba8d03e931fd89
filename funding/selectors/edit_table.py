"""The edit table in words: for its page, for the API, and for nobody else (FEATURES N2)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from funding.models import RequestStatus
from funding.rules import editing
from funding.rules.editing import Role, Way

ROLES = {
    Role.DEPARTMENT: _("people posted in the department that asks"),
    Role.SECRETARY: _("the secretary"),
    Role.BODY: _("members of the deciding body"),
    Role.OTHER: _("everybody else"),
}
WAYS = {
    Way.NO: _("nobody"),
    Way.EDIT: _("edit"),
    Way.REVISE: _("by a revision"),
    Way.ADD: _("by a revision, only more"),
    Way.RECLASSIFY: _("the secretary, with a reason"),
}
TONES = {Way.NO: "none", Way.EDIT: "good", Way.REVISE: "info", Way.ADD: "info", Way.RECLASSIFY: "info"}
FIELDS = {
    "title_en": _("Title in English"),
    "title_zh_hant": _("Title in Chinese"),
    "justification": _("Justification"),
    "lines": _("Cost lines"),
    "benefits": _("Benefits promised"),
    "reuse": _("Could something be reused?"),
    "attachments": _("Papers"),
    "procedures": _("Procedures served"),
    "linked": _("Related requests"),
    "programme": _("Programme"),
    "supplements": _("Supplement to"),
    "classification": _("Category of a submitted line"),
    "reference": _("Reference"),
    "project": _("Project"),
    "department": _("Department"),
    "applicant": _("Applicant"),
    "lead": _("Project lead"),
    "status": _("Status"),
    "outcome": _("Outcome"),
    "policy": _("Policy"),
    "tier": _("Decided by"),
    "own_amount": _("Amount asked"),
    "assessed_amount": _("Assessed amount"),
    "recurrent_amount": _("Recurrent, a year"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Who writes a field in a state, and how."""

    state: str
    state_label: Any
    way: Way
    words: Any
    tone: str
    roles: list[Any]


@dataclass(frozen=True, slots=True)
class Row:
    field: str
    label: Any
    cells: list[Cell]

    @property
    def is_written(self) -> bool:
        """Whether anybody ever writes it."""
        return any(cell.roles for cell in self.cells)


def states() -> list[Any]:
    return [RequestStatus(state).label for state in editing.STATES]


def rows() -> list[Row]:
    """Every field with its cell in every state."""
    return [Row(field, FIELDS[field], [_cell(state, field) for state in editing.STATES]) for field in editing.FIELDS]


def _cell(state: str, field: str) -> Cell:
    able = [role for role in Role if editing.way(state, field, [role]) is not Way.NO]
    way = editing.way(state, field, able) if able else Way.NO
    return Cell(state, RequestStatus(state).label, way, WAYS[way], TONES[way], [ROLES[role] for role in able])
