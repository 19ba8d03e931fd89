"""Dated facts as filters, and which people's records a person may read (DESIGN 8)."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import Person, User

RECORDS = ("accounts.manage_people", "accounts.view_people_records")


def reads_every_record(user: "User") -> bool:
    """Administrators, the Team and the auditor read accounts, roles and grants of everybody."""
    return any(user.has_perm(permission) for permission in RECORDS)


class DepartmentQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Departments are public: every signed-in person sees the whole tree."""
        return self

    def related_to(self, department_ids: "set[int]") -> Self:
        """These departments with their parents and children: one family for separation of duties (DESIGN 3)."""
        return self.filter(
            Q(pk__in=department_ids) | Q(children__in=department_ids) | Q(parent__in=department_ids)
        ).distinct()


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Names, posts and departments of officers are for every signed-in person."""
        return self

    def records_visible_to(self, user: "User") -> Self:
        """Whose e-mail, accounts, roles and grants this person reads: everybody's, or their own."""
        return self if reads_every_record(user) else self.filter(pk=user.person_id)

    def posted_in(self, department_ids: Any, *, on: date) -> Self:
        """People who belong to one of these departments on a day."""
        postings = apps.get_model("accounts", "Posting")._default_manager.on(on)
        return self.filter(pk__in=postings.filter(department__in=department_ids).values("person"))

    def holding(self, role: str, *, at: datetime) -> Self:
        """People with this role at an instant."""
        held = apps.get_model("accounts", "RoleGrant")._default_manager.live(at)
        return self.filter(pk__in=held.filter(group__name=role).values("person"))

    def with_permission(self, permission: str, *, at: datetime) -> Self:
        """People to whom a role held at an instant gives `app.codename`."""
        app, _dot, codename = permission.partition(".")
        held = apps.get_model("accounts", "RoleGrant")._default_manager.live(at)
        giving = held.filter(group__permissions__codename=codename, group__permissions__content_type__app_label=app)
        return self.filter(pk__in=giving.values("person"))

    def staying(self, *, after: date) -> Self:
        """People of whom no leaving by that day is on record."""
        leaving = apps.get_model("accounts", "Departure")._default_manager.filter(
            closed_at__isnull=True, last_day__lte=after
        )
        return self.exclude(pk__in=leaving.values("person"))


class PostingQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Where officers are posted is for every signed-in person."""
        return self

    def on(self, day: date) -> Self:
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))

    def of(self, person: "Person") -> Self:
        return self.filter(person=person)

    def heads(self) -> Self:
        return self.filter(duty="head")

    def not_over(self, day: date) -> Self:
        """Running on a day, or still to begin."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class _OfRecord(models.QuerySet):
    """Rows about a person that only readers of that person's record see."""

    def visible_to(self, user: "User") -> Self:
        return self if reads_every_record(user) else self.filter(person=user.person_id)


class RoleGrantQuerySet(_OfRecord):
    def live(self, at: datetime) -> Self:
        return self.filter(effective_at__lte=at).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))

    def proposed(self) -> Self:
        """Waiting for a second administrator."""
        return self.filter(effective_at__isnull=True, withdrawn_at__isnull=True)

    def not_over(self, at: datetime) -> Self:
        """Live, or in the 24 hours before."""
        return self.filter(effective_at__isnull=False).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Whoever reads people's records; nobody else learns who is invited."""
        return self if reads_every_record(user) else self.none()

    def open(self) -> Self:
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class ObjectGrantQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Readers of people's records, the person themselves, and who gave it."""
        if reads_every_record(user):
            return self
        return self.filter(Q(person=user.person_id) | Q(granted_by=user.person_id))

    def live(self, at: datetime) -> Self:
        return self.filter(granted_at__lte=at, ends_at__gt=at)

    def on_object(self, thing: models.Model) -> Self:
        kind = apps.get_model("contenttypes", "ContentType")._default_manager.get_for_model(thing)
        return self.filter(content_type=kind, object_id=thing.pk)
