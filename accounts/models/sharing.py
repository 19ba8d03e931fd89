"""One record shared with one person until a day: for projects done together and for reviewers from outside."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
import pghistory

from accounts.models.dated import same
from accounts.models.people import Person
from accounts.querysets import ObjectGrantQuerySet
from core import clock


@pghistory.track()
class ObjectGrant(models.Model):
    """A person may see one record they would not see by department or role, from an instant until an instant.

    This row is the truth: `accounts.grants` reads it together with guardian's permission, so a grant
    ends to the second, whatever runs or does not run at night.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="object_grants")
    permission = models.CharField(max_length=100, help_text="app.codename, for example projects.view_project.")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=30, help_text="The word of its pages: project.")
    reference = models.CharField(max_length=40, help_text="Permanent reference of the record.")
    reason = models.CharField(max_length=300)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="First instant at which it opens nothing any more.")
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.CharField(max_length=300, blank=True)
    tidied_at = models.DateTimeField(null=True, help_text="When guardian's permission under it was taken away.")

    objects = ObjectGrantQuerySet.as_manager()

    class Meta:
        ordering = ["-granted_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "permission"]),
            models.Index(fields=["content_type", "object_id"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("granted_at")), name="objectgrant_ends_after_start"),
            models.CheckConstraint(condition=~Q(granted_by=F("person")), name="objectgrant_never_to_oneself"),
            ExclusionConstraint(
                name="objectgrant_once_at_a_time",
                expressions=[
                    (same("person_id"), RangeOperators.OVERLAPS),
                    (same("content_type_id"), RangeOperators.OVERLAPS),
                    (same("object_id"), RangeOperators.OVERLAPS),
                    (
                        Func("granted_at", "ends_at", function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} to {self.person} until {self.ends_at:%Y-%m-%d}"

    @property
    def ledger_ref(self) -> str:
        return f"object-grant:{self.pk}"

    def is_live(self, at: datetime) -> bool:
        return self.granted_at <= at < self.ends_at

    @property
    def state(self) -> str:
        """`now`, `revoked` or `past`."""
        if self.is_live(clock.now()):
            return "now"
        return "revoked" if self.revoked_at else "past"
