"""The funding tables to look at, never to change: every write goes through a service (STYLE 5)."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from funding import models


class LookOnly(admin.ModelAdmin):
    """Shows rows to staff who may see them; adds, changes and removes nothing."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.register(
    [
        models.Body,
        models.Commitment,
        models.Decision,
        models.Envelope,
        models.FundingPolicy,
        models.FundingRequest,
        models.Round,
        models.Seat,
        models.VotingRule,
    ],
    LookOnly,
)
