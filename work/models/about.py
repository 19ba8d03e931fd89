"""A row that is about a record of any app that registered it with `work.things`."""

from django.db import models


class About(models.Model):
    """`about` is the registered word, `about_id` the key. Such records are never deleted, so it stays true."""

    about = models.CharField(max_length=30)
    about_id = models.BigIntegerField()

    class Meta:
        abstract = True
