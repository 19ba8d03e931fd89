"""Process maps: each save is a new version, and the earlier ones stay (FEATURES B2)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import InvalidInput, Stale, Unprocessable
from core.simplified import simplified
from core.text import is_blank
from projects import policies
from projects.models import ProcessMap, ProcessStep
from projects.quantities import MOST_MINUTES
from projects.services.recording import locked_procedure

MOST_STEPS = 60


class StepFields(TypedDict, total=False):
    """What is said of one step; minutes, and a rework share from 0 to 1."""

    name_en: str
    name_zh_hant: str
    done_by: str
    work_minutes: Decimal
    waiting_minutes: Decimal
    rework_share: Decimal
    is_digital: bool


@transaction.atomic
def draw_map(
    *,
    actor: User,
    procedure_id: int,
    variant: str,
    expected_number: int,
    steps: Sequence[StepFields],
    note: str = "",
) -> ProcessMap:
    """Keep the steps, in the order given, as the next version. `expected_number` is the one seen, 0 for none."""
    procedure = locked_procedure(actor, procedure_id)
    policies.can_draw_map(actor, procedure).or_raise()
    number = procedure.maps.filter(variant=variant).count()
    if number != expected_number:
        raise Stale("version.stale", _("Somebody saved another version of this map after you opened it."))
    _refuse_bad_steps(steps)
    drawn = ProcessMap.objects.create(
        procedure=procedure,
        variant=variant,
        number=number + 1,
        note=note,
        drawn_by=actor.person,
        drawn_at=clock.now(),
    )
    for place, said in enumerate(steps, start=1):
        name_zh_hans = simplified(said.get("name_zh_hant", ""))
        ProcessStep.objects.create(map=drawn, number=place, name_zh_hans=name_zh_hans, **said)
    return drawn


def _refuse_bad_steps(steps: Sequence[StepFields]) -> None:
    if not 1 <= len(steps) <= MOST_STEPS:
        message = _("A map has from 1 to %(most)s steps.") % {"most": MOST_STEPS}
        raise InvalidInput("map.steps", message, fields={"steps": [message]})
    for place, step in enumerate(steps, start=1):
        minutes = (step["work_minutes"], step.get("waiting_minutes", Decimal(0)))
        in_range = all(0 <= one <= MOST_MINUTES for one in minutes) and 0 <= step.get("rework_share", 0) <= 1
        if not in_range or is_blank(step["name_en"]) or is_blank(step["done_by"]):
            message = _("Step %(place)s has a time or a share out of its range, or no name.") % {"place": place}
            raise Unprocessable("map.range", message, fields={"steps": [message]})
