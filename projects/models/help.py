"""A department asks the Team for priority help; the Team answers on record (FEATURES A6)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Person
from projects.models.register import Project
from projects.querysets import HelpRequestQuerySet


@pghistory.track()
class HelpRequest(models.Model):
    class Kind(models.TextChoices):
        TECHNICAL = "technical", _("technical advice")
        DATA = "data", _("data and evidence")
        FUNDING = "funding", _("funding and procurement")
        LEGAL = "legal", _("law, privacy and ethics")
        OTHER = "other", _("other")

    class Outcome(models.TextChoices):
        OPEN = "", _("open")
        HELPING = "helping", _("the Team helps")
        ADVISED = "advised", _("advice given")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    reference = models.CharField(max_length=32, unique=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="help_requests")
    kind = models.CharField(max_length=9, choices=Kind)
    question = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True, default=Outcome.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="helprequest_answered_by_somebody",
            )
        ]
        permissions = [("answer_help", "Answer departments that ask for priority help")]

    def __str__(self) -> str:
        return self.reference
