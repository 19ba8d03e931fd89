"""What was known then: `?as_at=` of pages, lists, files and the API (DESIGN 3, FEATURES P6).

Inside `reading(moment)` the database itself answers as it knew things then: the tables of the registers
are read through the views of `core.known_then`, whoever asks, so lists, totals, charts and files agree.
What is fixed to that instant is what was recorded; who may see it is still judged by today's rights.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db import connection, transaction
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from psycopg.pq import TransactionStatus

from core import clock, ledger, params
from core.days import parse_day
from core.errors import InvalidInput

T = TypeVar("T")
PARAMETER = "as_at"
PRESENT, PAST = "public", "known_then, public"


@dataclass(frozen=True, slots=True)
class Moment:
    """What was recorded before `before`, which the ledger knows as `position`; figures are those of `day`."""

    day: date
    before: datetime
    position: int
    written: str  # as it stands in the address

    @property
    def query(self) -> str:
        """The end of an address without a query, so that a link stays in this moment; `further`: with one."""
        return f"?{urlencode({PARAMETER: self.written})}"

    @property
    def further(self) -> str:
        return f"&{urlencode({PARAMETER: self.written})}"

    @property
    def last_instant(self) -> datetime:
        return self.before - timedelta(microseconds=1)


_moment: ContextVar[Moment | None] = ContextVar("moment", default=None)


def current() -> Moment | None:
    """The moment being read, or None for now."""
    return _moment.get()


def day() -> date:
    """The Hong Kong day that figures are worked out for."""
    moment = _moment.get()
    return moment.day if moment else clock.today()


def now() -> datetime:
    moment = _moment.get()
    return moment.last_instant if moment else clock.now()


def position() -> int:
    """The ledger position that figures are known at."""
    moment = _moment.get()
    return moment.position if moment else ledger.head().number


def asked(query: QueryDict | Any) -> Moment | None:
    """The moment a query names: a day (its end, Hong Kong time) or an instant with its offset; None for now.

    Raises `param.repeated`, `date.format` and `date.future` (TRUST UR-08, UR-09).
    """
    values = query.getlist(PARAMETER)
    if len(values) > 1:
        raise params.repeated(PARAMETER)
    written = values[0].strip() if values else ""
    if not written:
        return None
    if "T" not in written:
        asked_day = parse_day(written)
        if asked_day == clock.today():
            return None
        return _moment_before(clock.end_of_day(asked_day), asked_day, written)
    instant = _instant(written)
    return _moment_before(instant, clock.hong_kong_day(instant), written)


def _instant(written: str) -> datetime:
    try:
        instant = datetime.fromisoformat(written)
    except ValueError as error:
        raise _unreadable() from error
    if instant.tzinfo is None:
        raise _unreadable()
    return instant


def _unreadable() -> InvalidInput:
    message = _("Write a day such as 2026-10-31, or an instant with its offset such as 2026-10-31T18:00:00+08:00.")
    return InvalidInput("date.format", message, fields={PARAMETER: [message]})


def _moment_before(before: datetime, on: date, written: str) -> Moment:
    if before > clock.now():
        message = _("What is known can be shown for the past only.")
        raise InvalidInput("date.future", message, fields={PARAMETER: [message]})
    return Moment(on, before, ledger.position_at(before), written)


@contextmanager
def reading(moment: Moment | None) -> Iterator[None]:
    """Read the registers as they were known at `moment`; writes to them are impossible inside. None: as now."""
    if moment is None:
        yield
        return
    with transaction.atomic():
        before = _moment.get()
        token = _moment.set(moment)
        _point(moment)
        try:
            yield
        finally:
            _moment.reset(token)
            if connection.connection.info.transaction_status is not TransactionStatus.INERROR:
                _point(before)


def _point(moment: Moment | None) -> None:
    """Aim this transaction's table names at the past, or back at the present."""
    told = (moment.before.isoformat(), str(moment.position), PAST) if moment else ("", "", PRESENT)
    # PostgreSQL groups a table by its key alone, a view only by every column it shows
    connection.features.allows_group_by_selected_pks = moment is None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('govai.known_before', %s, true), set_config('govai.known_position', %s, true),"
            " set_config('search_path', %s, true)",
            told,
        )


def through(moment: Moment | None, rows: Callable[[], Iterable[T]]) -> Iterator[T]:
    """Rows of a streamed file, read as known at `moment` although the view has long returned."""
    with reading(moment):
        yield from rows()


def honoured(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page view that answers `?as_at=`. Others refuse it as unknown, or say on the page that they show now only."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        moment = asked(request.GET)
        request.answers_as_at = True  # type: ignore[attr-defined] # core.listing and templates ask
        with reading(moment):
            return view(request, *args, **kwargs)

    return inner


def address(path: str, **query: str) -> str:
    """A link that stays in the moment being read."""
    moment = _moment.get()
    asked_for = query | ({PARAMETER: moment.written} if moment else {})
    return f"{path}?{urlencode(asked_for)}" if asked_for else path
