"""The KPIs and benefits a person owns, which somebody of the department must own after them. References only."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding, Kind, Told
from accounts.models import Person, User
from kpis.models import Benefit, Kpi
from projects.models import Project


def _owned(person: Person, on: date) -> Iterator[Holding]:
    for kpi in Kpi.objects.filter(owner=person).select_related("project", "definition").order_by("reference"):
        yield Holding(
            key=kpi.reference,
            title=kpi.reference,
            address=reverse("kpis:kpi-detail", args=[kpi.reference])
            if kpi.project.status == Project.Status.REGISTERED
            else "",
            department_id=kpi.project.department_id,
        )


def _hand_over(holding: Holding, to: Person | None, actor: User, on: date) -> Told | None:
    """The KPI's new owner. Readings already given stay with whoever gave them."""
    if to is None:
        return None
    kpi = Kpi.objects.select_for_update(of=("self",)).select_related("owner").get(reference=holding.key)
    facts = {"from": kpi.owner.ledger_ref, "to": to.ledger_ref}
    kpi.owner = to
    kpi.save(update_fields=["owner"])
    return Told("kpi.owner_changed", kpi, facts)


OWNED = Kind(name="kpi", label=_("Owns the KPI"), held=_owned, hand_over=_hand_over)


def _promised(person: Person, on: date) -> Iterator[Holding]:
    """Benefits that a person answers for."""
    rows = (
        Benefit.objects.filter(owner=person, status=Benefit.Status.PROMISED)
        .select_related("kpi__project")
        .order_by("reference")
    )
    for benefit in rows:
        is_open = benefit.project.status == Project.Status.REGISTERED
        yield Holding(
            key=benefit.reference,
            title=benefit.reference,
            address=reverse("kpis:benefit-detail", args=[benefit.reference]) if is_open else "",
            department_id=benefit.project.department_id,
        )


def _hand_over_promise(holding: Holding, to: Person | None, actor: User, on: date) -> Told | None:
    """Who answers for the benefit from here on. The promise and its reviews stay."""
    if to is None:
        return None
    benefit = Benefit.objects.select_for_update(of=("self",)).select_related("owner").get(reference=holding.key)
    facts = {"from": benefit.owner.ledger_ref, "to": to.ledger_ref}
    benefit.owner = to
    benefit.save(update_fields=["owner"])
    return Told("benefit.owner_changed", benefit, facts)


PROMISED = Kind(name="benefit", label=_("Answers for the benefit"), held=_promised, hand_over=_hand_over_promise)
