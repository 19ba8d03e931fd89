"""Pieces of columns that several tables share."""

from typing import Any

from django.db import models
from django.db.models import Q


def money(**options: Any) -> models.DecimalField:
    return models.DecimalField(max_digits=18, decimal_places=2, **options)


def not_negative(column: str, name: str) -> models.CheckConstraint:
    """Zero or more, and a number: PostgreSQL's NaN is above everything, so the upper bound refuses it."""
    return models.CheckConstraint(condition=Q(**{f"{column}__gte": 0, f"{column}__lt": 10**13}), name=name)
