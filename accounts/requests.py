"""A request behind `login_required`: its user is one of our accounts, never an anonymous one."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """For annotations only."""

    user: User
