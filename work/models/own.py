"""What a person keeps for themselves: what they follow, and lists they come back to. Preferences may be removed."""

from django.db import models
from django.db.models.functions import Lower

from accounts.models import Department, Person
from work.models.subject import OfSubject
from work.querysets import FollowQuerySet, SavedViewQuerySet


class Follow(OfSubject):
    """A person follows a subject: their favourites (FEATURES A10, M4)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="follows")
    since = models.DateTimeField()

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "subject_kind", "subject_id"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.subject_kind} {self.subject_id}"


class SavedView(models.Model):
    """A list with its filters and order under a name, for one person or for everybody of a department."""

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="saved_views")
    list_name = models.CharField(max_length=20, help_text="The registered list it opens.")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2_000, blank=True, help_text="Filters and order, as in the address.")
    shared_with = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Department whose people see it too; empty: only the owner.",
    )
    created_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["list_name", "name", "pk"]
        constraints = [models.UniqueConstraint("owner", "list_name", Lower("name"), name="savedview_named_once")]

    def __str__(self) -> str:
        return self.name
