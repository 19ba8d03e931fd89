"""The history of a subject: every change of its row and of what belongs to it, before and after, who, when, why.

It is read from the events that the database itself keeps (pghistory), never from what a service remembered to
write. Whoever is no insider reads the events that a part calls public, compared among themselves, so that the
value before a publication never shows (DESIGN 8).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import CharField, ForeignKey, Model, QuerySet, TextField, Value
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import Person, User
from core.errors import Text
from work.subjects import Part, Subject

LONGEST = 300  # characters of a value before it is cut
UNGROUPED = 10_000  # smaller numbers may be years
NAMED_BY = ("reference", "name_en", "title_en", "title", "number", "month", "resource", "tag")


@dataclass(frozen=True, slots=True)
class Change:
    """One column before and after, in words; None where there was nothing."""

    label: Text
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: which row, what changed, who did it, in which request, and the reason if one was given."""

    at: datetime
    part: Text
    row: str
    what: str  # added, changed or removed
    changes: list[Change]
    person: Person | None
    by: str  # the task or command, where no account acted
    reason: str
    request: str


def events(subject: Subject) -> "QuerySet[Any]":
    """The events this reader may see, newest first, as (part, event) keys: the list that is paged."""
    found = [_of_part(number, part, subject) for number, part in enumerate(_parts(subject))]
    columns = ("part", "pgh_id", "pgh_obj_id", "pgh_created_at")
    each = [rows.values(*columns) for rows in found]
    return each[0].union(*each[1:], all=True).order_by("-pgh_created_at", "-part", "-pgh_id")


def entries(subject: Subject, page: Iterable[dict[str, Any]]) -> list[Entry]:
    """The events of one page in words. One query for each part on the page, one for each kind of row they name."""
    wanted = list(page)
    parts = _parts(subject)
    loaded = {number: _with_predecessors(parts[number], number, subject, wanted) for number in _numbers(wanted)}
    names = _Names(subject.user, [event for pairs in loaded.values() for pair in pairs.values() for event in pair])
    told = [_entry(parts[key["part"]], *loaded[key["part"]][key["pgh_id"]], names) for key in wanted]
    return [entry for entry in told if entry.changes or entry.what != "changed"]


def _parts(subject: Subject) -> list[Part]:
    """Those parts that have anything for this reader."""
    parts = subject.kind.parts()
    return [part for part in parts if subject.is_insider or part.public is not None]


def _of_part(number: int, part: Part, subject: Subject) -> "QuerySet[Any]":
    rows = _event_model(part).objects.filter(part.of(subject.thing))
    if not subject.is_insider:
        rows = rows.filter(part.public)
    return rows.annotate(part=Value(number)).order_by()


def _event_model(part: Part) -> Any:
    return part.model.pgh_event_model  # type: ignore[attr-defined] # given by pghistory


def _numbers(wanted: Sequence[dict[str, Any]]) -> list[int]:
    return sorted({key["part"] for key in wanted})


Pair = tuple[Any, Any]


def _with_predecessors(part: Part, number: int, subject: Subject, wanted: Sequence[dict[str, Any]]) -> dict[int, Pair]:
    """Each event of the page with the one before it of the same row, as far as this reader may see it."""
    objects = {key["pgh_obj_id"] for key in wanted if key["part"] == number}
    newest = max(key["pgh_id"] for key in wanted if key["part"] == number)
    rows = _of_part(number, part, subject).filter(pgh_obj__in=objects, pgh_id__lte=newest)
    before: dict[int, Any] = defaultdict(lambda: None)
    pairs: dict[int, Pair] = {}
    for event in rows.select_related("pgh_context").order_by("pgh_id"):
        pairs[event.pgh_id] = (before[event.pgh_obj_id], event)
        before[event.pgh_obj_id] = event
    return {key["pgh_id"]: pairs[key["pgh_id"]] for key in wanted if key["part"] == number}


class _Names:
    """The rows that events name by key, loaded once per kind; those hidden from the reader have no name."""

    def __init__(self, user: User, found: Sequence[Any]) -> None:
        keys: dict[type[Model], set[Any]] = defaultdict(set)
        accounts = set()
        for event in found:
            if event is None:
                continue
            for column in event._meta.fields:
                if isinstance(column, ForeignKey) and not column.name.startswith("pgh_"):
                    keys[column.related_model].add(getattr(event, column.attname))
            accounts.add(_told(event).get("user"))
        self.rows = {model: _seen(model, user).in_bulk(wanted - {None}) for model, wanted in keys.items()}
        people = User.objects.filter(pk__in=[key for key in accounts if key is not None]).select_related("person")
        self.people = {str(account.pk): account.person for account in people}

    def of(self, column: "ForeignKey[Any, Any]", key: Any) -> str:
        row = self.rows[column.related_model].get(key)
        return str(row) if row is not None else _("not shown to you")


def _seen(model: Any, user: User) -> Any:
    rows = model._default_manager
    return rows.visible_to(user) if hasattr(rows, "visible_to") else rows


def _entry(part: Part, before: Any, event: Any, names: _Names) -> Entry:
    told = _told(event)
    what = {"insert": "added", "delete": "removed"}.get(event.pgh_label, "changed")
    changes = [] if what == "removed" else list(_changes(part, before, event, names))
    return Entry(
        at=event.pgh_created_at,
        part=part.label,
        row=_row_name(part, event, names),
        what=what,
        changes=changes,
        person=names.people.get(str(told.get("user"))),
        by=str(told.get("task") or told.get("command") or ""),
        reason=str(told.get("reason") or ""),
        request=str(told.get("request") or ""),
    )


def _told(event: Any) -> dict[str, Any]:
    context = event.pgh_context
    return dict(context.metadata) if context is not None else {}


def _changes(part: Part, before: Any, event: Any, names: _Names) -> Iterable[Change]:
    for name, label in part.labels.items():
        column = event._meta.get_field(name)
        now = _words(column, event, names)
        then = _words(column, before, names) if before is not None else None
        if now != then:
            yield Change(label, then, now)


def _row_name(part: Part, event: Any, names: _Names) -> str:
    """What tells this row from the others of its part: its reference, else its name."""
    columns = {column.name: column for column in event._meta.fields}
    found = next((columns[name] for name in NAMED_BY if name in columns), None)
    return (_words(found, event, names) or "") if found is not None else ""


def _words(column: Any, event: Any, names: _Names) -> str | None:
    """One value as a reader says it; None for nothing."""
    value = getattr(event, column.attname)
    if value is None or value == "" or value == []:
        return None
    if isinstance(column, ForeignKey):
        return names.of(column, value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal | int):
        return number_format(value, force_grouping=not -UNGROUPED < value < UNGROUPED)
    if isinstance(column, CharField | TextField):
        return value if len(value) <= LONGEST else value[:LONGEST] + " …"
    return str(value)
