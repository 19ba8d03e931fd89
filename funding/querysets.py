"""Which requests and rounds a person may see (DESIGN 8)."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts import grants
from accounts.models import Posting
from core import clock

if TYPE_CHECKING:
    from accounts.models import User


class FundingRequestQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        raise RuntimeError("written by funding")


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        raise RuntimeError("written by funding")


__all__ = ["Posting", "Q", "clock", "grants"]
