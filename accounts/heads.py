"""Heading a department, as something that is handed over when a person leaves."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding, Kind, Told
from accounts.models import Person, Posting, User
from accounts.services.postings import facts_of, hand_over_department


def _held(person: Person, on: date) -> Iterator[Holding]:
    """Acting heads hand nothing over: when they go, the substantive head is back."""
    running = Posting.objects.heads().filter(person=person, is_acting=False).not_over(on).select_related("department")
    for posting in running:
        if posting.ends_on != posting.starts_on:
            yield Holding(
                key=f"{posting.department.safe_code}.{posting.pk}",
                title=str(posting.department),
                department_id=posting.department_id,
            )


def _hand_over(holding: Holding, to: Person | None, actor: User, on: date) -> Told | None:
    """The successor begins on the day after; a department without one has no head until one is appointed."""
    if to is None or holding.department_id is None:
        return None
    appointed, former = hand_over_department(holding.department_id, to, starts_on=on, former_stays=False)
    return Told("posting.head_changed", to, facts_of(appointed, former=former))


HEADS = Kind(name="head", label=_("Heads the department"), held=_held, hand_over=_hand_over, may_be_vacant=True)
