"""Addresses of this installation as somebody outside its pages needs them."""

from django.conf import settings


def absolute(address: str) -> str:
    """A path of ours with the site before it."""
    return settings.SITE_URL.rstrip("/") + address
