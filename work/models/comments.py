"""What insiders say to each other about a subject."""

from django.db import models
from django.db.models import Q
import pghistory

from accounts.models import Person
from work.models.subject import OfSubject
from work.querysets import CommentQuerySet


@pghistory.track()
class Comment(OfSubject):
    """Said once, never edited. Withdrawn, its place, its author and the reason stay and the words are not shown."""

    text = models.TextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    said_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "said_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="comment_withdrawn_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.said_at:%Y-%m-%d}"


class Mention(models.Model):
    """One person named in a comment, kept for good. Whoever is named reads the comment (decision 21)."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["comment", "pk"]
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mention_once")]

    def __str__(self) -> str:
        return str(self.person)
