"""Working days of Hong Kong (`core.working_days`), as the rules of funding name them."""

from core.working_days import add, before, between, general_holidays, is_gazetted, is_working_day, latest_start

__all__ = ["add", "before", "between", "general_holidays", "is_gazetted", "is_working_day", "latest_start"]
