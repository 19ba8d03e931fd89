"""Words that people put on subjects to find them again, in English and Chinese."""

from django.db import models
from django.db.models import Q
import pghistory

from accounts.models import Person, Trilingual
from work.models.subject import OfSubject
from work.querysets import TaggingQuerySet, TagQuerySet


@pghistory.track()
class Tag(Trilingual):
    """One tag. The keys are the names without case and width, so that “OCR” and “ocr” are one tag."""

    reference = models.CharField(max_length=32, unique=True)
    name_en = models.CharField(max_length=40, blank=True)
    name_zh_hant = models.CharField(max_length=40, blank=True)
    name_zh_hans = models.CharField(max_length=40, blank=True)
    key_en = models.CharField(max_length=80, blank=True, editable=False)
    key_zh = models.CharField(max_length=80, blank=True, editable=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["key_en", "key_zh"]
        constraints = [
            models.CheckConstraint(condition=~Q(key_en="") | ~Q(key_zh=""), name="tag_has_a_name"),
            models.UniqueConstraint(fields=["key_en"], condition=~Q(key_en=""), name="tag_english_once"),
            models.UniqueConstraint(fields=["key_zh"], condition=~Q(key_zh=""), name="tag_chinese_once"),
        ]

    def __str__(self) -> str:
        return self.in_language("name")


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class Tagging(OfSubject):
    """A subject carries a tag. Taking it off removes the row; its history stays."""

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings")
    tagged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    tagged_at = models.DateTimeField()

    objects = TaggingQuerySet.as_manager()

    class Meta:
        ordering = ["tag__key_en", "tag__key_zh"]
        constraints = [models.UniqueConstraint(fields=["tag", "subject_kind", "subject_id"], name="tagging_once")]
        indexes = [models.Index(fields=["subject_kind", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.subject_kind} {self.subject_id}"
