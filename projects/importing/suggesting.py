"""Which column fills which field, suggested: as last confirmed for the source, as a known register, or by heading."""

from dataclasses import replace
import re

from django.db.models import Q

from accounts.models import Posting, User
from core import clock
from projects.importing import profiles
from projects.importing.fields import fields_of, headings_of
from projects.importing.mapping import Mapping
from projects.importing.values import squeezed
from projects.models import ColumnMapping

MACHINE_NAME = re.compile(r".*\[([a-z_]+)\]")
OURS = {"projects": {"reference", "version", "title_en"}, "procedures": {"reference", "version", "name_en"}}


def suggest(names: list[str], *, kind: str, source: str, actor: User | str) -> Mapping:
    """A mapping for this heading. A sheet of our own maps by itself, in whichever language its headings are."""
    own = _by_heading(names, kind)
    if set(own) >= OURS[kind]:
        return Mapping(columns=own, blanks=[], is_ours=True, titles_repeat=True)
    remembered = _remembered(names, kind=kind, source=source, actor=actor)
    if remembered is not None:
        return remembered
    if kind == "projects" and (profile := profiles.fitting(names)):
        return profiles.applied(profile, names)
    return Mapping(columns=own)


def department_of(actor: User | str) -> int | None:
    """The department whose mappings this person shares: the first one they are posted in."""
    if isinstance(actor, str):
        return None
    posted = Posting.objects.on(clock.today()).filter(person=actor.person_id).order_by("department__code")
    return posted.values_list("department", flat=True).first()


def remember(mapping: Mapping, names: list[str], *, kind: str, source: str, actor: User | str) -> None:
    """Keep what a person confirmed. Columns are kept by heading, because places move between files."""
    kept = mapping.as_json() | {
        "columns": {field: names[place] for field, place in mapping.columns.items()},
        "kept": [names[place] for place in mapping.kept],
        "withheld_in": [names[place] for place in mapping.withheld_in],
        "newest_by": None if mapping.newest_by is None else names[mapping.newest_by],
    }
    ColumnMapping.objects.update_or_create(
        kind=kind,
        source=source,
        department_id=department_of(actor),  # type: ignore[misc] # none for whoever is posted nowhere
        defaults={
            "mapping": kept,
            "saved_by": None if isinstance(actor, str) else actor.person,
            "saved_at": clock.now(),
        },
    )


def _remembered(names: list[str], *, kind: str, source: str, actor: User | str) -> Mapping | None:
    mine = Q(department=department_of(actor)) if department_of(actor) else Q(department__isnull=True)
    found = ColumnMapping.objects.filter(mine, kind=kind, source=source).first()
    if found is None:
        return None
    kept = dict(found.mapping)

    def places(wanted: list[str]) -> list[int]:
        return [names.index(name) for name in wanted if names.count(name) == 1]

    columns = {field: names.index(name) for field, name in kept["columns"].items() if names.count(name) == 1}
    if not columns:
        return None
    newest = places([kept["newest_by"]] if kept["newest_by"] else [])
    return replace(
        Mapping.from_json(kept),
        columns=columns,
        kept=places(kept["kept"]),
        withheld_in=places(kept["withheld_in"]),
        newest_by=newest[0] if newest else None,
    )


def _by_heading(names: list[str], kind: str) -> dict[str, int]:
    """Fields by machine name, as in our own files, else by a heading in any language; two candidates leave it open."""
    known, fields = headings_of(kind), fields_of(kind)
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        machine = MACHINE_NAME.fullmatch(name)
        field = machine[1] if machine and machine[1] in fields else known.get(squeezed(name))
        if field and not (machine and machine[1] not in fields):
            places.setdefault(field, []).append(place)
    return {field: found[0] for field, found in places.items() if len({names[place] for place in found}) == 1}
