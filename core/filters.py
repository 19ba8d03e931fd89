"""Filters that lists of several registers share."""

import django_filters as filters

from core.forms import DayField


class DayFilter(filters.DateFilter):
    """A Hong Kong day, written as in every form."""

    field_class = DayField
