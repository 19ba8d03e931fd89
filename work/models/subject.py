"""A row that belongs to a project, a procedure, or whatever else registers as a subject."""

from django.db import models


class OfSubject(models.Model):
    """`subject_kind` is the registered word, `subject_id` the key. Subjects are never deleted, so it stays true."""

    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()

    class Meta:
        abstract = True
