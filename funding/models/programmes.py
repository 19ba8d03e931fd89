"""Programmes that applicants declare: requests of one programme are counted together (DESIGN 4)."""

from django.db import models
from django.db.models.functions import Lower
import pghistory

from accounts.models import Department, Person, Trilingual
from funding.querysets import ProgrammeQuerySet


@pghistory.track()
class Programme(Trilingual):
    """A piece of work larger than one project, declared once by name: `PG-2026-0003`.

    Its name is open to every signed-in person, so that another department finds the programme it belongs to.
    """

    reference = models.CharField(max_length=32, unique=True)
    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200, blank=True)
    name_zh_hans = models.CharField(max_length=200, blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    declared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [models.UniqueConstraint(Lower("name_en"), name="programme_named_once")]

    def __str__(self) -> str:
        return f"{self.reference} {self.in_language('name')}"
