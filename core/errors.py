"""Refusals that a person can read, and the HTTP status each kind carries to every edge."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from django.utils.functional import Promise

Text: TypeAlias = str | Promise
FieldErrors: TypeAlias = Mapping[str, Sequence[Text]]


class DomainError(Exception):
    """A refusal with a stable dotted `code`, one plain sentence and, where they apply, the fields at fault.

    Services raise it; `core.api` and `core.middleware` are the only places that turn it into an answer.
    """

    status = 400
    retry_after = 0  # seconds after which trying again may help; 0 when it never will

    def __init__(self, code: str, message: Text, *, fields: FieldErrors | None = None) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.fields: dict[str, list[Text]] = {name: list(texts) for name, texts in (fields or {}).items()}

    def __str__(self) -> str:
        return str(self.message)


class InvalidInput(DomainError):
    """What was sent cannot be read as what was asked for. Nothing was stored."""

    status = 400


class Unprocessable(DomainError):
    """Well formed, yet impossible: a date before the beginning, a value out of its range."""

    status = 422


class NotAuthentic(DomainError):
    """Nothing shows that the sender is who they say; the words never tell what exactly is missing."""

    status = 401


class NotAllowed(DomainError):
    """The person may see the thing but may not do this to it, now; the message says why."""

    status = 403


class NotVisible(DomainError):
    """The thing does not exist for this person, which is all they may learn (DESIGN 8)."""

    status = 404


class Gone(DomainError):
    """It was there for this person, for a time that is over."""

    status = 410


class Conflict(DomainError):
    """The state of the record forbids it: somebody else was first, or the record is locked."""

    status = 409


class InvalidMove(Conflict):
    """A lifecycle does not have this move from the state the record is in."""


class Stale(DomainError):
    """The sender looked at an older version than the one stored."""

    status = 412


class TooLarge(DomainError):
    """More than one request may carry."""

    status = 413


class UnsupportedType(DomainError):
    """A body of another kind than this address reads."""

    status = 415


class PreconditionNeeded(DomainError):
    """A change that must say which version it was based on, and did not."""

    status = 428


class TooMany(DomainError):
    """More tries than one place may make in a while."""

    status = 429
    retry_after = 900  # as the log-in limits of the settings


class Unavailable(DomainError):
    """Nothing is wrong with the request; a part of the system is away. Nothing was stored."""

    status = 503
    retry_after = 5  # the database is back sooner than this after a restart (TRUST F9)


class MethodNotAllowed(DomainError):
    """A method nobody offers here."""

    status = 405


class UrlTooLong(DomainError):
    """An address longer than any of ours."""

    status = 414


class HeaderTooLong(DomainError):
    """One header longer than any browser sends."""

    status = 431
