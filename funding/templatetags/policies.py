"""Policies of any kind as templates show them."""

from typing import Any

from django import template

from funding.policy_words import FINDINGS

register = template.Library()


@register.simple_tag
def policy_address(kind: Any, row: Any) -> str:
    """The page of one policy of a kind."""
    return str(kind.address("detail", row.pk))


@register.filter
def finding(found: str) -> str:
    """What a count came to, in words."""
    return str(FINDINGS[found])
