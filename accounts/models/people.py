"""Departments, people, and the accounts people sign in with."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.querysets import DepartmentQuerySet, PersonQuerySet


class Trilingual(models.Model):
    """Nothing but a way to read `<field>_en`, `_zh_hant`, `_zh_hans` in the reader's language.

    A missing text falls back: Simplified to Traditional to English, and says so nowhere but in the data.
    """

    class Meta:
        abstract = True

    def in_language(self, field: str, language: str | None = None) -> str:
        order = {
            "zh-hans": ("zh_hans", "zh_hant", "en"),
            "zh-hant": ("zh_hant", "en"),
        }.get(language or get_language() or "en", ("en", "zh_hant"))
        texts = (getattr(self, f"{field}_{suffix}", "") for suffix in order)
        return next((text for text in texts if text), "")


@pghistory.track()
class Department(Trilingual):
    """A bureau or department (B/D), or another public body, in the government's own tree."""

    class Kind(models.TextChoices):
        BUREAU = "bureau", _("bureau")
        DEPARTMENT = "department", _("department")
        OTHER = "other", _("other body")

    code = models.CharField(max_length=16, unique=True, help_text="As written by the government, for example C&SD.")
    safe_code = models.CharField(max_length=16, unique=True, help_text="Letters and digits only, for references: CSD1.")
    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200, blank=True)
    name_zh_hans = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.in_language("name")

    @property
    def ledger_ref(self) -> str:
        return f"department:{self.safe_code}"


@pghistory.track()
class Person(Trilingual):
    """A human being. Duties, seats and conflicts go by Person; accounts come and go (DESIGN 2)."""

    name_en = models.CharField(max_length=120)
    name_zh_hant = models.CharField(max_length=60, blank=True)
    name_zh_hans = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    title_en = models.CharField(max_length=120, blank=True, help_text="Post title, for example Chief Systems Manager.")
    title_zh_hant = models.CharField(max_length=120, blank=True)
    title_zh_hans = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Grows with each edit; a stale form is refused.")

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name_en", "pk"]

    def __str__(self) -> str:
        return self.in_language("name")

    @property
    def ledger_ref(self) -> str:
        return f"person:{self.pk}"


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractUser):
    """An account. It is disabled, never deleted, and never carries a duty of its own: its Person does."""

    first_name = last_name = None  # type: ignore[assignment] # the Person has the name
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    language = models.CharField(max_length=7, default="en")
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_because = models.CharField(max_length=300, blank=True, editable=False)

    REQUIRED_FIELDS = ["email"]

    class Meta:
        permissions = [
            ("manage_people", "Invite people, give roles, end postings"),
            ("view_people_records", "Read everybody's accounts, roles and grants"),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return str(self.person)

    def get_short_name(self) -> str:
        return str(self.person)

    @property
    def ledger_ref(self) -> str:
        return self.person.ledger_ref
