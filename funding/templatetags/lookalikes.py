"""Tiers in words, where only their code is kept."""

from django import template

from funding.models import Tier

register = template.Library()


@register.simple_tag
def tier_label(tier: str) -> str:
    return str(Tier(tier).label)
