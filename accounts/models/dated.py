"""Dated facts about a person: where they are posted, and which roles they hold."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import Group
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models.people import Department, Person
from accounts.querysets import PostingQuerySet, RoleGrantQuerySet
from core import clock


def same(column: str) -> Func:
    """A whole number as a range of one, so that an exclusion can ask for equality without an extension."""
    return Func(column, column, models.Value("[]"), function="int8range", output_field=BigIntegerRangeField())


@pghistory.track()
class Posting(models.Model):
    """A person belongs to a department from a day, until a day; as its head, or as a member of its staff.

    A department has one head on any day. An acting head has it for a stated time, during which the
    substantive head is posted there as staff.
    """

    class Duty(models.TextChoices):
        HEAD = "head", _("Head of Department")
        STAFF = "staff", _("staff")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="postings")
    duty = models.CharField(max_length=8, choices=Duty, default=Duty.STAFF)
    is_acting = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(
        null=True,
        blank=True,
        help_text="First day the person no longer belongs to it; its start if it never began.",
    )
    end_reason = models.CharField(max_length=300, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="posting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(is_acting=False) | Q(duty="head", ends_on__isnull=False), name="posting_acting_head_ends"
            ),
            ExclusionConstraint(
                name="posting_one_head_at_a_time",
                expressions=[
                    (same("department_id"), RangeOperators.OVERLAPS),
                    (
                        Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(duty="head"),
            ),
        ]
        indexes = [models.Index(fields=["person", "department"])]

    def __str__(self) -> str:
        return f"{self.person} {self.get_duty_display()} {self.department.code}"

    @property
    def ledger_ref(self) -> str:
        return f"posting:{self.pk}"

    @property
    def last_day(self) -> date | None:
        """None while it is open, and for one that never began."""
        if self.ends_on is None or self.ends_on == self.starts_on:
            return None
        return self.ends_on - timedelta(days=1)

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)

    @property
    def state(self) -> str:
        """`now`, `ahead` or `past`, today."""
        today = clock.today()
        if self.runs_on(today):
            return "now"
        return "ahead" if self.starts_on > today and self.ends_on != self.starts_on else "past"


@pghistory.track()
class RoleGrant(models.Model):
    """A person holds a role (a group) from an instant, until an instant.

    A deciding role is proposed by one administrator and confirmed by another, and waits 24 hours
    after that (DESIGN 8, TRUST T28); until confirmed it has no `effective_at` and opens nothing.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="grants")
    reason = models.CharField(max_length=300, blank=True)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, help_text="Proposed, and never confirmed.")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gte=F("effective_at")),
                name="rolegrant_ends_after_start",
            ),
            models.CheckConstraint(
                condition=(Q(granted_by__isnull=True) | ~Q(granted_by=F("person")))
                & (Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("person")) & ~Q(confirmed_by=F("granted_by"))),
                name="rolegrant_never_to_oneself",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(effective_at__isnull=True), name="rolegrant_withdrawn_unused"
            ),
            models.UniqueConstraint(
                fields=["person", "group"],
                condition=Q(effective_at__isnull=True, withdrawn_at__isnull=True),
                name="rolegrant_one_proposal",
            ),
            ExclusionConstraint(
                name="rolegrant_once_at_a_time",
                expressions=[
                    (same("person_id"), RangeOperators.OVERLAPS),
                    (same("group_id"), RangeOperators.OVERLAPS),
                    (
                        Func("effective_at", "ends_at", function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(effective_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.group}"

    @property
    def ledger_ref(self) -> str:
        return f"role-grant:{self.pk}"

    @property
    def waits_for_second(self) -> bool:
        return self.effective_at is None and self.withdrawn_at is None

    def is_live(self, at: datetime) -> bool:
        return self.effective_at is not None and self.effective_at <= at and (self.ends_at is None or self.ends_at > at)

    @property
    def state(self) -> str:
        """`proposed`, `withdrawn`, `cooling` (its 24 hours run), `now` or `past`."""
        now = clock.now()
        if self.effective_at is None:
            return "withdrawn" if self.withdrawn_at else "proposed"
        if self.ends_at is not None and self.ends_at <= max(now, self.effective_at):
            return "past"
        return "now" if self.effective_at <= now else "cooling"
