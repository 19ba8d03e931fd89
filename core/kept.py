"""What one reading of a page would ask again and again, asked once: where its reader is posted, say.

Kept from the first question to the end of one GET or HEAD request and for nobody else. What changes something asks
anew every time, because it judges under its locks; so does everything outside a request.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept_answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """From here on the same question has the same answer."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def is_reading() -> bool:
    """Whether answers are kept now."""
    return _answers.get() is not None


def answer(question: Hashable, ask: Callable[[], T]) -> T:
    """What `ask` says; asked once while a page is read. The question names whom the answer is about, and the
    moment (`as_at.current()`) where the registers of the past would answer otherwise.
    """
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    found: T = answers[question]
    return found
