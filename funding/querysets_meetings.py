"""Which meetings a person may see (DESIGN 8), and when the next one takes a request."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from accounts.rights import departments_of
from core import clock

if TYPE_CHECKING:
    from accounts.models import User


def next_meeting() -> Subquery:
    """The instant at which the next meeting begins whose published agenda has the request; None without one."""
    items = apps.get_model("funding", "AgendaItem")._default_manager.filter(
        request=OuterRef("pk"),
        number__isnull=False,
        meeting__status="published",
        meeting__starts_at__gt=clock.now(),
    )
    return Subquery(items.order_by("meeting__starts_at").values("meeting__starts_at")[:1])


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Those of a body one sits on or attended; by office all; from publication also departments on the agenda.

        What stands on the agenda is shown by the rights to each request.
        """
        if user.has_perm("funding.view_every_request"):
            return self.all()
        return self.filter(self._by_seat(user) | self._by_agenda(user))

    @staticmethod
    def _by_seat(user: "User") -> Q:
        today = clock.today()
        terms = apps.get_model("funding", "SeatTerm")._default_manager.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=today), person=user.person_id, starts_on__lte=today
        )
        attended = apps.get_model("funding", "Attendance")._default_manager.filter(
            Q(person=user.person_id) | Q(holder=user.person_id)
        )
        return Q(body__in=terms.values("seat__body")) | Q(pk__in=attended.values("meeting"))

    @staticmethod
    def _by_agenda(user: "User") -> Q:
        own = apps.get_model("funding", "AgendaItem")._default_manager.filter(
            number__isnull=False, request__department__in=departments_of(user.person_id)
        )
        return Q(published_at__isnull=False, pk__in=own.values("meeting"))

    def coming(self) -> Self:
        """Not closed and not cancelled."""
        return self.filter(status__in=["planned", "published"])
