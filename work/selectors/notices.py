"""Notices as a person reads them, and how each wants them mailed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from core.errors import Text
from work import notices, things
from work.models import Notice, NoticeSetting
from work.notices import Mail

MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in words."""

    id: int
    kind: str
    label: Text
    is_pressing: bool
    says: str
    about: str  # what sort of record
    reference: str
    title: str
    address: str
    told_at: datetime
    read_at: datetime | None


def notices_of(user: User) -> "QuerySet[Notice]":
    """One's own, newest first, of what one still sees."""
    return Notice.objects.visible_to(user)


def lines(user: User, rows: Iterable[Notice]) -> list[Line]:
    """These notices in the reader's language: one query for each sort of record among them.

    What the reader does not see any more is left out, whoever selected the rows.
    """
    asked = list(rows)
    seen = things.seen(user, asked)
    return [_line(row, seen[row.about, row.about_id]) for row in asked if (row.about, row.about_id) in seen]


def unread(user: User) -> int:
    """Unread notices of what the person still sees, counted up to a hundred: the badge on every page."""
    rows = Notice.objects.filter(person=user.person_id).unread().only("about", "about_id")[:MOST_COUNTED]
    asked = list(rows)
    seen = things.seen(user, asked) if asked else {}
    return sum((row.about, row.about_id) in seen for row in asked)


def wanted_by(people: Sequence[int]) -> dict[int, dict[str, Mail]]:
    """How each of these persons wants each kind mailed."""
    usual = {name: kind.usual_mail for name, kind in notices.kinds().items()}
    found = {person: dict(usual) for person in people}
    for person, kind, how in NoticeSetting.objects.filter(person__in=people).values_list("person", "kind", "mail"):
        if kind in usual:
            found[person][kind] = Mail(how)
    return found


def _line(row: Notice, about: things.Shown) -> Line:
    kind = notices.get(row.kind)
    return Line(
        id=row.pk,
        kind=kind.name,
        label=kind.label,
        is_pressing=kind.is_pressing,
        says=kind.say(row.facts),
        about=str(about.label),
        reference=about.reference,
        title=about.title,
        address=kind.address(row.facts, about.address),
        told_at=row.told_at,
        read_at=row.read_at,
    )
