"""Whose records a file may bring or change, and at which stage: the rules of the pages.

The Team brings new projects for every department, as a published register states them; so does the
installation itself (`SYSTEM`, the command line). A record that is registered is changed by its own people only.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, User
from core.errors import InvalidMove, NotAllowed, Text
from core.verdicts import Verdict
from projects import policies
from projects.models import Procedure, Project, Stage
from projects.rules import lifecycle

Note = Callable[[str, Text], None]
BEHIND_A_GATE = _("A project reaches this stage here through its gate; its stage is not stated.")


class Rights:
    """`lenient` files lose a stage that they may not state; strict ones lose the row."""

    def __init__(self, actor: User | str, *, lenient: bool) -> None:
        self.actor = actor
        self.is_for_all = isinstance(actor, str) or actor.has_perm("projects.import_for_all")
        self._lenient = lenient
        self._verdicts: dict[int, Verdict] = {}

    def visible(self, rows: Any) -> Any:
        return rows.all() if isinstance(self.actor, str) else rows.visible_to(self.actor)

    def register(self, department: Department, said: dict[str, Any], *, note: Note) -> None:
        """Refuse a new project that this person may not register here, at the stage its row states.

        What runs carries the mark "already running" instead of a gate, as on the page. What a register
        reports as retired is history and counts for nothing. A pilot begins by its gate, except in a
        register of others that the Team brings: there it is what the source reports, and its go-live gate
        stands before it.
        """
        self._may_bring(department).or_raise()
        stage = str(said.get("stage", Stage.NOT_STATED))
        if stage == Stage.RETIRED or lifecycle.may_start_at(stage, was_already_running=starts_running(stage)):
            return
        if stage == Stage.PILOT and self.is_for_all:
            return
        if not self._lenient:
            message = _("A new project starts before the pilot; later stages are behind their gates.")
            raise InvalidMove("gate.closed", message, fields={"stage": [message]})
        said["stage"] = Stage.NOT_STATED.value
        note("stage.gate", BEHIND_A_GATE)

    def change(self, record: Project | Procedure, said: dict[str, Any]) -> None:
        """Refuse what this person could not change on the record's page: the change is tried and taken back."""
        from projects.importing.writing import change  # which stores what these rights allow

        with transaction.atomic():
            change(record, said, actor=self.actor)
            transaction.set_rollback(True)

    def _may_bring(self, department: Department) -> Verdict:
        found = self._verdicts.get(department.pk)
        if found is None:
            if self.is_for_all or isinstance(self.actor, str):
                found = Verdict.yes()
            else:
                found = policies.can_register_project(self.actor, department)
            self._verdicts[department.pk] = found
        return found


def starts_running(stage: str) -> bool:
    """What a register reports as past go-live carries the mark instead of a gate."""
    return stage in lifecycle.PAST_GATE


def a_person(actor: User | str) -> User:
    if isinstance(actor, str):
        raise NotAllowed("import.person", _("A registered record is changed by a person of its department."))
    return actor
