"""What somebody is typing into a request form and has not saved, kept so that it can be taken up again."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from funding.models.requests import FundingRequest
from funding.querysets import UnsentFormQuerySet


class UnsentForm(models.Model):
    """One form of one person, exactly as typed, right or wrong. It goes when the form is saved or given up.

    Not a record: nobody else reads it, nothing is worked out from it, and it has no history.
    """

    class Form(models.TextChoices):
        NEW = "new", _("new request")
        EDIT = "edit", _("draft")
        REVISE = "revise", _("revision")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=8, choices=Form)
    request = models.ForeignKey(FundingRequest, on_delete=models.CASCADE, null=True, related_name="unsent_forms")
    typed = models.JSONField(help_text="Names and values as the browser sent them, in order.")
    based_on = models.PositiveIntegerField(default=0, help_text="Version of the request the form was opened at.")
    revision = models.PositiveIntegerField(default=1, help_text="Grows with each keeping: an older tab is told.")
    kept_at = models.DateTimeField()

    objects = UnsentFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "form", "request"], nulls_distinct=False, name="unsent_form_once"
            ),
            models.CheckConstraint(condition=Q(form="new") ^ Q(request__isnull=False), name="unsent_form_of_request"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.request_id or ''} kept {self.kept_at:%Y-%m-%d %H:%M}"
