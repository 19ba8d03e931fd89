"""Which questions about look-alikes, which findings and which what-if notes a person may see."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from core import clock

if TYPE_CHECKING:
    from accounts.models import User


class LookalikeQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The secretary, the Team and the auditor, who may read every request; the chair once told of it."""
        if user.has_perm("funding.view_every_request"):
            return self
        return self.filter(chair_told_at__isnull=False, pk__in=self._of_chair(user).values("pk"))

    def open(self) -> Self:
        return self.filter(status="open")

    def about(self, request_id: int) -> Self:
        return self.filter(Q(first=request_id) | Q(second=request_id))

    def late(self) -> Self:
        """Not answered by the end of its last working day."""
        return self.open().filter(due_on__lt=clock.today())

    def _of_chair(self, user: "User") -> Self:
        """Questions of the tiers whose body this person chairs today."""
        today = clock.today()
        running = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
        chairs = _rows("SeatTerm").filter(
            running, person=user.person_id, capacity="holder", seat__duty="chair", starts_on__lte=today
        )
        lines = _rows("TierLine").filter(body__in=chairs.values("seat__body"))
        return self.filter(together_tier__in=lines.values("tier"))


class LinkFindingQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Findings about two requests that the reader may both see whole."""
        seen = _rows("FundingRequest").visible_to(user).values("pk")
        return self.filter(first__in=seen, second__in=seen)

    def standing(self) -> Self:
        return self.filter(status="stands")

    def about(self, request_id: int) -> Self:
        return self.filter(Q(first=request_id) | Q(second=request_id))


class WhatIfNoteQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Notes tell of every submitted request, so they are for those who may read every one."""
        return self if user.has_perm("funding.view_every_request") else self.none()


def _rows(name: str) -> Any:
    """The manager of a model. Models import this module, so it asks for them by name."""
    return apps.get_model("funding", name)._default_manager.all()
