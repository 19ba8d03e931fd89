"""What a person holds in the registers: leads, and open risks and issues. References only: titles may be a draft's."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding, Kind, Told
from accounts.models import Person, User
from projects.models import Concern, Project, Stage
from projects.services.handing_over import hand_over_concern, hand_over_lead


def _leads(person: Person, on: date) -> Iterator[Holding]:
    for project in Project.objects.filter(lead=person).exclude(stage=Stage.RETIRED).order_by("reference"):
        registered = project.status == Project.Status.REGISTERED
        yield Holding(
            key=project.reference,
            title=f"{project.reference} {project.in_language('title')}" if registered else project.reference,
            address=reverse("projects:project-detail", args=[project.reference]) if registered else "",
            department_id=project.department_id,
        )


def _hand_over_lead(holding: Holding, to: Person | None, actor: User, on: date) -> Told | None:
    return hand_over_lead(holding.key, to=to) if to else None


def _concerns(person: Person, on: date) -> Iterator[Holding]:
    open_ones = Concern.objects.filter(owner=person, closed_on__isnull=True).select_related("project")
    for concern in open_ones.order_by("project__reference", "pk"):
        title = f"{concern.project.reference} · {concern.get_kind_display()} {concern.pk}"
        yield Holding(key=str(concern.pk), title=title, department_id=concern.project.department_id)


def _hand_over_concern(holding: Holding, to: Person | None, actor: User, on: date) -> Told | None:
    if to is not None:
        hand_over_concern(int(holding.key), to=to)
    return None


LEADS = Kind(name="lead", label=_("Leads the project"), held=_leads, hand_over=_hand_over_lead)
CONCERNS = Kind(name="concern", label=_("Owns the risk or issue"), held=_concerns, hand_over=_hand_over_concern)
