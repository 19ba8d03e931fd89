"""Days from outside come with how exactly they are known."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How exactly a date from outside is known. Only a day supports a claim (DESIGN 3)."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    NOT_STATED = "", _("not stated")
