"""Where a procedure came from, what became of it: predecessor, successors, what was merged in, earlier names."""

from dataclasses import dataclass

from django.apps import apps

from accounts.models import User
from projects.models import Procedure


@dataclass(frozen=True, slots=True)
class Lineage:
    predecessor: Procedure | None
    successors: list[Procedure]
    merged_into: Procedure | None
    absorbed: list[Procedure]
    counts_with: list[Procedure]  # the others of its family, which count once together
    earlier_names: list[str]

    def __bool__(self) -> bool:
        return any((self.predecessor, self.successors, self.merged_into, self.absorbed, self.earlier_names))


def of(procedure: Procedure, user: User) -> Lineage:
    """The procedure's relatives, in one query, and the names it had before."""
    rows = Procedure.objects.visible_to(user).exclude(pk=procedure.pk)
    near = [key for key in (procedure.predecessor_id, procedure.merged_into_id) if key is not None]
    found = rows.filter(pk__in=near) | rows.filter(predecessor=procedure) | rows.filter(merged_into=procedure)
    if procedure.counts_with_id:
        found = found | rows.filter(counts_with=procedure.counts_with_id)
    relatives = {row.pk: row for row in found.order_by("reference")}
    return Lineage(
        predecessor=relatives.get(procedure.predecessor_id or 0),
        successors=[row for row in relatives.values() if row.predecessor_id == procedure.pk],
        merged_into=relatives.get(procedure.merged_into_id or 0),
        absorbed=[row for row in relatives.values() if row.merged_into_id == procedure.pk],
        counts_with=[
            row
            for row in relatives.values()
            if procedure.counts_with_id and row.counts_with_id == procedure.counts_with_id
        ],
        earlier_names=_earlier_names(procedure),
    )


def _earlier_names(procedure: Procedure) -> list[str]:
    """English names that row history kept, each once, the oldest first."""
    history = apps.get_model("projects", "ProcedureEvent")._default_manager
    names = history.filter(pgh_obj=procedure.pk).order_by("pgh_id").values_list("name_en", flat=True)
    return [name for name in dict.fromkeys(names) if name != procedure.name_en]
