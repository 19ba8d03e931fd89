"""What pages and the API read of this app's rows, in as few queries as there are kinds of rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Case, Count, Q, QuerySet, When

from accounts.models import User
from core import kept
from work import subjects
from work.models import Document, Follow, OfSubject, SavedView, Tag, Tagging, Task

Row = TypeVar("Row", bound=OfSubject)


def tags_of(kind: str, keys: Iterable[int]) -> dict[int, list[Tag]]:
    """The tags of each of these rows, by its key: one query."""
    found: dict[int, list[Tag]] = defaultdict(list)
    for row in Tagging.objects.filter(subject_kind=kind, subject_id__in=list(keys)).select_related("tag"):
        found[row.subject_id].append(row.tag)
    return found


def any_tags() -> bool:
    """Whether there is any tag at all; which of them somebody may see is a longer question."""
    return bool(kept.answer("tags", Tag.objects.exists))


def know_tags(is_any: bool) -> None:
    """Spare `any_tags` its question while a page is read, where the query of the page answered it."""
    kept.answer("tags", lambda: is_any)


def documents_of(user: User, kind: str, subject_id: int) -> "QuerySet[Document]":
    """Documents of one subject, with the person who added each; withdrawn ones are among them as tombstones."""
    rows = Document.objects.visible_to(user).of(kind, subject_id)
    return rows.select_related("created_by", "withdrawn_by").prefetch_related("versions__uploaded_by")


def follows(user: User, kind: str, subject_id: int) -> bool:
    return Follow.objects.of(kind, subject_id).filter(person=user.person_id).exists()


def views_of(user: User, list_name: str) -> "QuerySet[SavedView]":
    rows = SavedView.objects.visible_to(user).filter(list_name=list_name)
    return rows.select_related("owner", "shared_with")


def tags_in_use(user: User) -> "QuerySet[Tag]":
    """Tags with how many records that this person sees carry each."""
    seen = Q(taggings__in=Tagging.objects.visible_to(user))
    return Tag.objects.visible_to(user).annotate(used=Count("taggings", filter=seen))


def with_references(rows: Sequence[Any]) -> list[Any]:
    """Rows of subjects, each carrying the reference of its subject as `subject_reference`: one query a kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.subject_kind].add(row.subject_id)
    found = {
        (word, key): reference
        for word, keys in wanted.items()
        for key, reference in subjects.kind(word).rows.filter(pk__in=keys).values_list("pk", "reference")
    }
    for row in rows:
        row.subject_reference = found.get((row.subject_kind, row.subject_id), "")
    return list(rows)


def follows_of(user: User) -> "QuerySet[Follow]":
    return Follow.objects.visible_to(user)


def with_subjects(user: User, rows: Iterable[Row]) -> list[tuple[Row, subjects.Subject]]:
    """Rows of subjects, each with its subject as this person sees it: one query for each kind.

    What the person does not see is left out, whoever selected the rows.
    """
    asked = list(rows)
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in asked:
        wanted[row.subject_kind].add(row.subject_id)
    found = {
        (word, thing.pk): subjects.Subject(subjects.kind(word), thing, user)
        for word, keys in wanted.items()
        for thing in subjects.kind(word).visible_to(user).filter(pk__in=keys)
    }
    by_key = [(row, found.get((row.subject_kind, row.subject_id))) for row in asked]
    return [(row, subject) for row, subject in by_key if subject is not None]


def tasks_of(subject: subjects.Subject) -> "QuerySet[Task]":
    """Tasks about one subject that its reader may see, open ones first."""
    rows = Task.objects.of(subject.kind.word, subject.thing.pk).select_related("owner", "given_by")
    if not subject.is_insider:
        rows = rows.of_person(subject.user.person_id)
    return rows.order_by(Case(When(state=Task.State.OPEN, then=0), default=1), "due_on", "pk")


def tasks_in_hand(user: User) -> "QuerySet[Task]":
    """Tasks that this person gave, has or had, of what they still see; open ones first."""
    rows = Task.objects.visible_to(user).of_person(user.person_id).select_related("owner", "given_by")
    return rows.order_by(Case(When(state=Task.State.OPEN, then=0), default=1), "due_on", "pk")
