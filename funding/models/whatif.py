"""What a replay under an assumed policy came to, kept as a note (FEATURES G8). Written once, never changed."""

from django.db import models

from accounts.models import Person
from funding.querysets_lookalikes import WhatIfNoteQuerySet


class WhatIfNote(models.Model):
    """The assumed policy, the figures it gave that day, and the SHA-256 of both."""

    title = models.CharField(max_length=200)
    remark = models.TextField(blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    content = models.TextField(help_text="RFC 8785 JSON of the assumed policy, the ledger position and the figures.")
    digest = models.CharField(max_length=64)

    objects = WhatIfNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.title
