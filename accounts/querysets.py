"""Dated facts as filters."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import Person, User


class DepartmentQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Departments are public: every signed-in person sees the whole tree."""
        return self

    def related_to(self, department_ids: "set[int]") -> Self:
        """These departments with their parents and children: one family for separation of duties (DESIGN 3)."""
        return self.filter(
            Q(pk__in=department_ids) | Q(children__in=department_ids) | Q(parent__in=department_ids)
        ).distinct()


class PostingQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))

    def of(self, person: "Person") -> Self:
        return self.filter(person=person)

    def heads(self) -> Self:
        return self.filter(duty="head")


class RoleGrantQuerySet(models.QuerySet):
    def live(self, at: datetime) -> Self:
        return self.filter(effective_at__lte=at).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))
