"""The KPIs a person owns, which somebody of the department must own after them. References only, as of projects."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding, Kind, Told
from accounts.models import Person, User
from kpis.models import Kpi
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
