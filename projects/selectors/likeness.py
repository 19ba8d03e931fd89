"""Who is called like a procedure, now or once: what a verifier sees before standing behind a claim (TRUST T15)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from accounts.models import User
from projects.models import Procedure
from projects.rules.likeness import Named, look_alikes

MOST = 12


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Another procedure with the name that is close; `is_earlier_name` when it is no longer called so."""

    procedure: Procedure
    name: str
    percent: int
    is_earlier_name: bool


def like(procedure: Procedure, user: User) -> list[LookAlike]:
    """The procedures called like this one, the closest first, retired and merged ones and earlier names included."""
    names = [name for name in (procedure.name_en, procedure.name_zh_hant) if name]
    found = look_alikes(names, (named for named in _every_name(user) if named.key != procedure.pk))[:MOST]
    keys = {one.key for one in found}
    rows = Procedure.objects.visible_to(user).select_related("department").in_bulk(keys)
    return [
        LookAlike(
            rows[one.key],
            one.name,
            round(one.likeness * 100),
            one.name not in (rows[one.key].name_en, rows[one.key].name_zh_hant),
        )
        for one in found
        if one.key in rows
    ]


def _every_name(user: User) -> Iterator[Named]:
    """Present names, then those that row history kept."""
    history = apps.get_model("projects", "ProcedureEvent")._default_manager
    present = Procedure.objects.visible_to(user).order_by().values_list("pk", "name_en", "name_zh_hant")
    earlier = history.order_by().values_list("pgh_obj", "name_en", "name_zh_hant").distinct()
    for rows in (present, earlier):
        for key, *names in rows:
            yield from (Named(key, name) for name in names if name)
