"""A procedure as ordered steps, as it is and as it will be (FEATURES B2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Person, Trilingual
from projects.models.register import Procedure


class ProcessMap(models.Model):
    """One version of the steps of a procedure; a change is a new version and the earlier ones stay."""

    class Variant(models.TextChoices):
        AS_IS = "as_is", _("as it is")
        TO_BE = "to_be", _("as it will be")

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="maps")
    variant = models.CharField(max_length=5, choices=Variant)
    number = models.PositiveIntegerField(help_text="Version, from 1; the highest is the one shown.")
    note = models.CharField(max_length=300, blank=True, help_text="What changed and why.")
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["procedure", "variant", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "variant", "number"], name="processmap_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.variant} {self.number}"


@pghistory.track()
class ProcessStep(Trilingual):
    """One step: who does it, minutes of work, minutes of waiting before it, and how much of it is done again."""

    map = models.ForeignKey(ProcessMap, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200, blank=True)
    name_zh_hans = models.CharField(max_length=200, blank=True)
    done_by = models.CharField(max_length=120, help_text="Role or office that does the step.")
    work_minutes = models.DecimalField(max_digits=9, decimal_places=2)
    waiting_minutes = models.DecimalField(max_digits=11, decimal_places=2, default=0)
    rework_share = models.DecimalField(max_digits=4, decimal_places=3, default=0, help_text="0 to 1: share done again.")
    is_digital = models.BooleanField(default=False)

    class Meta:
        ordering = ["map", "number"]
        constraints = [
            models.UniqueConstraint(fields=["map", "number"], name="processstep_number_once"),
            models.CheckConstraint(
                condition=Q(work_minutes__gte=0, waiting_minutes__gte=0, rework_share__range=(0, 1)),
                name="processstep_ranges",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.in_language('name')}"
