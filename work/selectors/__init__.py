"""What pages and the API read of this app's rows, in as few queries as there are kinds of rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from work import subjects
from work.models import Document, Follow, SavedView, Tag, Tagging


def tags_of(kind: str, keys: Iterable[int]) -> dict[int, list[Tag]]:
    """The tags of each of these rows, by its key: one query."""
    found: dict[int, list[Tag]] = defaultdict(list)
    for row in Tagging.objects.filter(subject_kind=kind, subject_id__in=list(keys)).select_related("tag"):
        found[row.subject_id].append(row.tag)
    return found


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


def followed_things(user: User, rows: Iterable[Follow]) -> list[tuple[Follow, subjects.Subject]]:
    """Each with what it follows: one query for each kind."""
    asked = list(rows)
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in asked:
        wanted[row.subject_kind].add(row.subject_id)
    found = {
        (word, thing.pk): subjects.Subject(subjects.kind(word), thing, user)
        for word, keys in wanted.items()
        for thing in subjects.kind(word).visible_to(user).filter(pk__in=keys)
    }
    return [(row, found[row.subject_kind, row.subject_id]) for row in asked]
