"""Query parameters: each is known, given once, and readable, or the request is refused (TRUST 4.8)."""

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput


def one(request: HttpRequest, name: str, default: str = "") -> str:
    """The value of a parameter that may be given once."""
    values = request.GET.getlist(name)
    if len(values) > 1:
        raise repeated(name)
    return values[0] if values else default


def refuse_repeated(query: QueryDict, *, repeatable: frozenset[str] = frozenset()) -> None:
    for name, values in query.lists():
        if len(values) > 1 and name not in repeatable:
            raise repeated(name)


def refuse_unreadable(query: QueryDict) -> None:
    if any("\x00" in text for name, values in query.lists() for text in (name, *values)):
        raise InvalidInput("text.control", _("The address contains a character that cannot be shown."))


def refuse_unknown(query: QueryDict, known: frozenset[str]) -> None:
    unknown = sorted(set(query) - known)
    if unknown:
        raise InvalidInput(
            "param.unknown",
            _("The address has a parameter that is not known here."),
            fields={name[:40]: [_("Not known here.")] for name in unknown},
        )


def whole(value: str, name: str, *, most: int) -> int:
    """A whole number from 1 to `most`, written in ASCII digits."""
    if not (value.isascii() and value.isdigit() and int(value[:12]) >= 1):
        raise InvalidInput("param.format", _("A whole number from 1 on is wanted."), fields={name: []})
    if len(value) > 12 or int(value) > most:
        raise InvalidInput(
            "param.max", _("At most %(most)s can be asked for at once.") % {"most": most}, fields={name: []}
        )
    return int(value)


def repeated(name: str) -> InvalidInput:
    message = _("A parameter is given twice where one is wanted.")
    return InvalidInput("param.repeated", message, fields={name[:40]: [message]})
