"""The accounts of a demonstration, listed where people sign in so that a newcomer can try every duty.

`installation` says once which they are. Nothing is listed unless the database carries the demonstration mark.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import User
from core.errors import Text
from core.models import Installation

_password = ""
_duties: dict[str, Text] = {}


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    name: str
    duty: Text
    password: str


def describe(*, password: str, duties: Mapping[str, Text]) -> None:
    """Name the demonstration's password and, by user name, what each account is there to show."""
    global _password  # one fact of the process, set while apps load
    _password = password
    _duties.update(duties)


def accounts() -> list[Account]:
    """The described accounts that exist and may sign in, in the order described; none in a real installation."""
    if not Installation.objects.filter(is_demonstration=True).exists():
        return []
    users = User.objects.filter(username__in=_duties, is_active=True).select_related("person")
    named = {user.username: str(user.person) for user in users}
    return [Account(name, named[name], duty, _password) for name, duty in _duties.items() if name in named]
