"""The library of measures: a new measure, and a new version of one. What was measured before stays as it was."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import ledger
from core.errors import Conflict, InvalidInput, NotVisible, Unprocessable
from kpis import policies
from kpis.models import Aggregation, Definition, Direction, Formula
from kpis.rules.breakdowns import Dimension


@dataclass(frozen=True, slots=True)
class Measure:
    """What a definition says. Bounds are what no real value lies beyond; None is open.

    `dimensions` are what it is told apart by, in the order of `rules.breakdowns.Dimension`.
    """

    name_en: str
    name_zh_hant: str
    name_zh_hans: str
    unit_en: str
    unit_zh_hant: str
    unit_zh_hans: str
    direction: str
    formula: str
    aggregation: str
    lowest: Decimal | None = None
    highest: Decimal | None = None
    dimensions: Sequence[str] = ()


@transaction.atomic
def add_definition(*, actor: User, key: str, measure: Measure) -> Definition:
    """The first version of a new measure. Raises Conflict when the key is taken."""
    policies.can_edit_library(actor).or_raise()
    _refuse_senseless(measure)
    made, is_new = Definition.objects.get_or_create(key=key, version=1, defaults=_columns(measure))
    if not is_new:
        message = _("The library has a measure with this key.")
        raise Conflict("definition.exists", message, fields={"key": [message]})
    ledger.record("definition.added", actor=actor, subject=made, facts=_facts(measure))
    return made


@transaction.atomic
def revise_definition(*, actor: User, key: str, measure: Measure) -> Definition:
    """The next version of a measure. KPIs go over to it one by one, each with a new series (`adopt_definition`)."""
    policies.can_edit_library(actor).or_raise()
    _refuse_senseless(measure)
    versions = Definition.objects.visible_to(actor).filter(key=key).select_for_update(of=("self",))
    newest = versions.order_by("-version").first()
    if newest is None:
        raise NotVisible("not_found", _("There is no such record."))
    if all(getattr(newest, name) == value for name, value in _columns(measure).items()):
        raise Conflict("definition.unchanged", _("This is what the measure says already."))
    made = Definition.objects.create(key=key, version=newest.version + 1, **_columns(measure))
    ledger.record("definition.revised", actor=actor, subject=made, facts=_facts(measure))
    return made


def _refuse_senseless(measure: Measure) -> None:
    """What the database refuses too, said in words."""
    for field, value, offered in (
        ("direction", measure.direction, Direction.values),
        ("formula", measure.formula, Formula.values),
        ("aggregation", measure.aggregation, Aggregation.values),
    ):
        if value not in offered:
            raise InvalidInput(
                "choice.invalid", _("Choose one of the offered values."), fields={field: [_("Unknown.")]}
            )
    if set(measure.dimensions) - set(Dimension):
        raise InvalidInput(
            "choice.invalid", _("Choose one of the offered values."), fields={"dimensions": [_("Unknown.")]}
        )
    if measure.dimensions and measure.formula == Formula.VALUE and measure.aggregation != Aggregation.SUM:
        message = _("Only ratios and counts that are summed are told apart by group: others have no size of a group.")
        raise Unprocessable("definition.dimensions", message, fields={"dimensions": [message]})
    weighted = {Aggregation.RATIO, Aggregation.LAST}
    if measure.formula != Formula.VALUE and measure.aggregation not in weighted:
        message = _("A ratio is added up by its parts or told by its last value, never summed or averaged.")
        raise Unprocessable("definition.aggregation", message, fields={"aggregation": [message]})
    if measure.formula == Formula.VALUE and measure.aggregation == Aggregation.RATIO:
        message = _("A plain value has no numerator and denominator to add up.")
        raise Unprocessable("definition.aggregation", message, fields={"aggregation": [message]})
    if measure.lowest is not None and measure.highest is not None and measure.lowest >= measure.highest:
        message = _("The lowest value lies below the highest.")
        raise Unprocessable("definition.bounds", message, fields={"highest": [message]})


def _columns(measure: Measure) -> dict[str, Any]:
    """As the table keeps them."""
    return asdict(measure) | {"dimensions": [one.value for one in Dimension if one in measure.dimensions]}


def _facts(measure: Measure) -> dict[str, str]:
    """As the ledger keeps them: numbers as text, an open bound left out."""
    told = _columns(measure) | {"dimensions": ", ".join(measure.dimensions)}
    return {name: str(value) for name, value in told.items() if value is not None}
