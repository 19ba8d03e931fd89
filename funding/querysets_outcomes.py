"""Which conditions a person may see and which are still owed (DESIGN 8)."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User

OWED = ("open", "submitted", "waiving")


class ConditionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The conditions of the papers this person may see, and those this person owns."""
        requests: Any = apps.get_model("funding", "FundingRequest")._default_manager
        seen = requests.visible_to(user).values("pk")
        return self.filter(Q(decision__request__in=seen) | Q(owner=user.person_id))

    def open(self) -> Self:
        """Neither discharged nor waived."""
        return self.filter(status__in=OWED)

    def overdue(self, *, on: date) -> Self:
        return self.open().filter(due_on__lt=on)
