"""Promises registered and withdrawn. Their amounts do not change, and no reading is claimed twice (FEATURES F1, F2)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, NotVisible, Unprocessable
from core.references import next_reference
from kpis import policies
from kpis.models import Benefit, Kpi
from kpis.models.benefits import FORMULAS
from kpis.rules.benefits import fits
from kpis.rules.values import HUNDRED
from projects.models import BenefitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is promised: `promised` in the unit of its kind, `share` in percent of the KPI."""

    kind: str
    formula: str
    promised: Decimal
    due_on: date
    summary_en: str
    summary_zh_hant: str
    summary_zh_hans: str
    is_harm: bool = False
    factor: Decimal = Decimal(1)
    factor_source: str = ""
    share: Decimal = HUNDRED


@transaction.atomic
def register_benefit(*, actor: User, kpi_id: int, promise: Promise) -> Benefit:
    """Promise something that one KPI measures. Whoever owns the KPI answers for it."""
    kpi = (
        Kpi.objects.visible_to(actor)
        .select_related("project", "definition", "owner")
        .filter(pk=kpi_id)
        .select_for_update(of=("self",))
        .first()
    )
    if kpi is None:
        raise NotVisible("not_found", _("There is no such record."))
    policies.can_define(actor, kpi.project).or_raise()
    _refuse_misfit(kpi, promise)
    _refuse_more_than_all(kpi, promise.share)
    benefit = Benefit.objects.create(
        reference=next_reference("BEN"),
        kpi=kpi,
        owner=kpi.owner,
        registered_by=actor.person,
        registered_at=clock.now(),
        **{name: getattr(promise, name) for name in Promise.__dataclass_fields__},
    )
    facts: dict[str, ledger.Fact] = {
        "kpi": kpi.reference,
        "kind": promise.kind,
        "formula": promise.formula,
        "promised": str(promise.promised),
        "due_on": promise.due_on.isoformat(),
        "share": str(promise.share),
        "is_harm": promise.is_harm,
    }
    ledger.record("benefit.registered", actor=actor, subject=benefit, facts=facts)
    return benefit


@transaction.atomic
def withdraw_benefit(*, actor: User, benefit_id: int, reason: str) -> Benefit:
    """Take a promise back, with the reason; it stays on the register and claims nothing of its KPI any more."""
    benefit = locked(actor, benefit_id)
    policies.can_withdraw_benefit(actor, benefit).or_raise()
    benefit.status = Benefit.Status.WITHDRAWN
    benefit.withdrawn_reason = reason
    benefit.save(update_fields=["status", "withdrawn_reason"])
    ledger.record("benefit.withdrawn", actor=actor, subject=benefit, facts={"reason": reason})
    return benefit


def locked(actor: User, benefit_id: int) -> Benefit:
    rows = Benefit.objects.visible_to(actor).select_related("kpi__project", "kpi__definition")
    benefit = rows.filter(pk=benefit_id).select_for_update(of=("self",)).first()
    if benefit is None:
        raise NotVisible("not_found", _("There is no such record."))
    return benefit


def _refuse_misfit(kpi: Kpi, promise: Promise) -> None:
    if promise.kind not in BenefitKind.values:
        raise InvalidInput("choice.invalid", _("Choose one of the offered values."), fields={"kind": [_("Unknown.")]})
    if promise.formula not in dict(FORMULAS):
        sentence = _("Choose one of the offered values.")
        raise InvalidInput("choice.invalid", sentence, fields={"formula": [_("Unknown.")]})
    if not fits(promise.formula, promise.kind, aggregation=kpi.definition.aggregation):
        sentence = _(
            "This KPI does not give that: sums are added up to hours or HK$, other figures are compared with their"
            " baseline for days a case, and ratios also times their cases for hours or HK$."
        )
        raise Unprocessable("benefit.formula", sentence, fields={"formula": [sentence]})
    if promise.promised <= 0 or promise.factor <= 0:
        name = "promised" if promise.promised <= 0 else "factor"
        sentence = _("The amount must be over zero.")
        raise Unprocessable("value.range", sentence, fields={name: [sentence]})
    if promise.factor != 1 and not promise.factor_source:
        sentence = _("Say where the factor comes from.")
        raise Unprocessable("benefit.factor_source", sentence, fields={"factor_source": [sentence]})
    if promise.due_on <= clock.today():
        sentence = _("A promise lies in the future.")
        raise Unprocessable("date.range", sentence, fields={"due_on": [sentence]})


def _refuse_more_than_all(kpi: Kpi, share: Decimal) -> None:
    """Called under the lock of the KPI: two promises at once cannot both take what is left."""
    if not 0 < share <= HUNDRED:
        sentence = _("A share is over 0 and at most 100 percent.")
        raise Unprocessable("value.range", sentence, fields={"share": [sentence]})
    standing = Benefit.objects.filter(kpi=kpi, status=Benefit.Status.PROMISED)
    left = HUNDRED - (standing.aggregate(total=Sum("share"))["total"] or Decimal(0))
    if share > left:
        sentence = _("Other benefits claim part of this KPI already; %(left)s%% is left.") % {"left": left}
        raise Conflict("benefit.claimed_twice", sentence, fields={"share": [sentence]})
