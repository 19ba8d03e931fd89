"""What a project is to bring, in the units that requests promise and the register of benefits holds (DESIGN 4, F2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BenefitKind(models.TextChoices):
    """What a benefit is measured in. Amounts of different kinds are never added up."""

    HOURS = "hours", _("staff hours freed, a year")
    DAYS = "days", _("days of waiting saved, a case")
    MONEY = "money", _("cost avoided, HK$ a year")
