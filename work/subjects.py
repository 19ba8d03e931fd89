"""What documents, comments, followers, tags and history can belong to, without this app knowing what it is.

An app registers each of its kinds once, from `AppConfig.ready`:

    subjects.register(subjects.Kind(word="project", model=Project, ...))

`word` is kept in our rows and names the sub-pages (`projects:project-documents`). Who sees a subject, who is
an insider of it and who may change it is the owner's to say (DESIGN 8).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import as_at, kept
from core.errors import NotVisible, Text
from core.verdicts import Verdict


@dataclass(frozen=True)
class Part:
    """Rows that belong to a subject and appear in its history.

    `of` finds the row events of one subject. `public` says which of them everybody who sees the subject may
    read; None keeps all of them to insiders. Columns without a label are never shown.
    """

    name: str
    label: Text
    model: type[Model]
    of: Callable[[Any], Q]
    labels: Mapping[str, Text]
    public: Q | None = None


def _any_document(thing: Any, document: Any) -> Verdict:
    return Verdict.yes()


def _nobody(thing: Any) -> Collection[int]:
    return ()


def _anybody(user: User, thing: Any) -> Verdict:
    return Verdict.yes()


def _perhaps(thing: Any, kind: str) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """One kind of subject and what its owner says of it."""

    word: str
    model: type[Model]
    label: Text
    many: Text
    title: str  # the trilingual column that names a row
    namespace: str
    may_edit: Callable[[User, Any], Verdict]
    may_discuss: Callable[[User, Any], Verdict]
    tabs: Callable[[User, Any], Sequence[Any]]
    may_withdraw: Callable[[Any, Any], Verdict] = _any_document  # of a subject, one of its documents
    may_task: Callable[[User, Any], Verdict] = _anybody  # of those who see it: who gives and takes tasks about it
    parts: Callable[[], Sequence[Part]] = field(default=tuple)
    acts: Callable[[], Sequence[Any]] = field(default=tuple)  # of `work.bulk.BulkAct`
    may_have: Callable[[Any, str], bool] = _perhaps  # of a row, whether to ask for its "tags" or "tasks"
    readers: Callable[[Any], Collection[int]] = _nobody  # of a subject, keys of people among its insiders

    @property
    def rows(self) -> Any:
        return self.model._default_manager

    @property
    def list_address(self) -> str:
        return reverse(f"{self.namespace}:{self.word}-list")

    @property
    def bulk_address(self) -> str:
        return reverse(f"{self.namespace}:{self.word}-bulk")

    def address_of(self, thing: Any) -> str:
        return reverse(f"{self.namespace}:{self.word}-detail", args=[thing.reference])

    def visible_to(self, user: User) -> "QuerySet[Any]":
        found: QuerySet[Any] = self.rows.visible_to(user)
        return found

    def insiders(self, user: User) -> "QuerySet[Any]":
        found: QuerySet[Any] = self.rows.insider_to(user)
        return found


@dataclass(frozen=True)
class Subject:
    """One row of a registered kind, as one reader sees it."""

    kind: Kind
    thing: Any
    user: User

    @property
    def reference(self) -> str:
        return str(self.thing.reference)

    @property
    def title(self) -> str:
        return str(self.thing.in_language(self.kind.title))

    @property
    def address(self) -> str:
        return self.url("detail")

    @cached_property
    def is_insider(self) -> bool:
        return is_insider(self.user, self.thing)

    @cached_property
    def may_edit(self) -> Verdict:
        return self.kind.may_edit(self.user, self.thing)

    def url(self, page: str, *more: Any) -> str:
        """The address of one of its sub-pages: `subject.url("documents")`."""
        return reverse(f"{self.kind.namespace}:{self.kind.word}-{page}", args=[self.reference, *more])

    @property
    def tabs(self) -> Sequence[Any]:
        return self.kind.tabs(self.user, self.thing)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known, once per word."""
    _kinds[kind.word] = kind


def kinds() -> list[Kind]:
    return list(_kinds.values())


def kind(word: str) -> Kind:
    return _kinds[word]


def kind_of(thing: Model) -> Kind:
    """The kind that a row of a registered model is of."""
    return next(each for each in kinds() if isinstance(thing, each.model))


def is_insider(user: User, thing: Model) -> bool:
    """Whether this person reads the comments and documents of a subject that is before them."""

    def ask() -> bool:
        return bool(kind_of(thing).insiders(user).filter(pk=thing.pk).exists())

    return kept.answer(_of_insider(user, thing), ask)


def know_insider(user: User, thing: Model, is_inside: bool) -> None:
    """Spare `is_insider` its question while a page is read, where the query that found the subject answered it."""
    kept.answer(_of_insider(user, thing), lambda: is_inside)


def _of_insider(user: User, thing: Model) -> tuple[object, ...]:
    return ("insider", user.pk, as_at.current(), thing._meta.label, thing.pk)


def words() -> list[tuple[str, Text]]:
    """The kinds as choices."""
    return [(each.word, each.label) for each in kinds()]


def find(word: str, reference: str, *, user: User) -> Subject:
    """The subject of this reference, or 404 in the same words whether it is hidden or not there."""
    thing = kind(word).visible_to(user).filter(reference=reference).first()
    if thing is None:
        raise not_there()
    return Subject(kind(word), thing, user)


def locked(word: str, subject_id: int, *, actor: User) -> Subject:
    """The subject, locked until commit."""
    rows = kind(word).visible_to(actor).select_for_update(of=("self",))
    thing = rows.filter(pk=subject_id).first()
    if thing is None:
        raise not_there()
    return Subject(kind(word), thing, actor)


def of(row: Any, *, user: User) -> Subject:
    """The subject that a row of ours belongs to."""
    thing = kind(row.subject_kind).visible_to(user).filter(pk=row.subject_id).first()
    if thing is None:
        raise not_there()
    return Subject(kind(row.subject_kind), thing, user)


def visible(user: User) -> Q:
    """Rows of ours whose subject this person sees."""
    return _any(lambda each: each.visible_to(user))


def inside(user: User) -> Q:
    """Rows of ours whose subject counts this person among its insiders."""
    return _any(lambda each: each.insiders(user))


def not_there() -> NotVisible:
    return NotVisible("not_found", _("There is no such thing, or you may not see it."))


def _any(rows: Callable[[Kind], "QuerySet[Any]"]) -> Q:
    found = Q(pk__in=[])
    for each in kinds():
        found |= Q(subject_kind=each.word, subject_id__in=rows(each).order_by().values("pk"))
    return found
