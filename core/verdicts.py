"""The answer to "may this person do this now, and if not, why?"."""

from dataclasses import dataclass
from typing import Any, Self

from core.errors import DomainError, NotAllowed, Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """Allowed, with what the rule found on its way (a seat, a delegation), or denied with a reason.

    Pages ask it to show or hide a button; services call `or_raise`. Both ask the same policy.
    """

    allowed: bool
    found: Any = None
    code: str = ""
    reason: Text = ""
    error: type[DomainError] = NotAllowed

    @classmethod
    def yes(cls, found: Any = None) -> Self:
        return cls(allowed=True, found=found)

    @classmethod
    def no(cls, code: str, reason: Text, *, error: type[DomainError] = NotAllowed) -> Self:
        return cls(allowed=False, code=code, reason=reason, error=error)

    def __bool__(self) -> bool:
        return self.allowed

    def or_raise(self) -> Any:
        """What the rule found, or the refusal as the error that every edge knows how to show."""
        if self.allowed:
            return self.found
        raise self.error(self.code, self.reason)
