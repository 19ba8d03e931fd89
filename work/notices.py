"""The kinds of notices, and what each says. An app registers its own from `AppConfig.ready`.

A notice keeps facts, never sentences: it is said in the reader's language when it is read, and only as long as the
reader sees what it is about. A pressing kind cannot be switched off.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.errors import Text

Facts = Mapping[str, Any]
TWICE = _("A kind is named twice.")


class Mail(models.TextChoices):
    """How a kind of notice is mailed; in the app it stands in every case."""

    AT_ONCE = "at_once", _("at once")
    DIGEST = "digest", _("once a day")
    NONE = "none", _("not at all")


def _here(facts: Facts, page: str) -> str:
    return page


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind. `say` makes the sentence from the facts, `address` the page from them and the record's own page."""

    name: str
    label: Text
    say: Callable[[Facts], str]
    is_pressing: bool = False
    address: Callable[[Facts, str], str] = _here

    @property
    def usual_mail(self) -> Mail:
        return Mail.AT_ONCE if self.is_pressing else Mail.DIGEST

    @property
    def choices(self) -> list[Mail]:
        """A pressing kind is mailed at once or once a day, never not at all."""
        return [Mail.AT_ONCE, Mail.DIGEST] if self.is_pressing else list(Mail)


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be told to whom: `about` and `about_id` name the record (`work.things`)."""

    kind: str
    about: str
    about_id: int
    people: Collection[int | None]
    facts: Facts = field(default_factory=dict)


_kinds: dict[str, NoticeKind] = {}
_acts: dict[str, Text] = {}


def register(*kinds: NoticeKind) -> None:
    for kind in kinds:
        _kinds[kind.name] = kind


def register_acts(acts: Mapping[str, Text]) -> None:
    """Say how ledger acts on a record that people follow are told."""
    _acts.update(acts)


def kinds() -> dict[str, NoticeKind]:
    return dict(_kinds)


def get(name: str) -> NoticeKind:
    return _kinds[name]


def names() -> list[tuple[str, Text]]:
    """The kinds as choices."""
    return [(kind.name, kind.label) for kind in _kinds.values()]


def act(name: str) -> Text:
    return _acts[name]


def acts() -> Collection[str]:
    return _acts.keys()


def day(facts: Facts, name: str = "due_on") -> str:
    """A day of the facts as the reader writes it."""
    found = parse_date(str(facts[name]))
    return date_format(found, "DATE_FORMAT") if found else ""
