"""Which rows a person may see (DESIGN 8). Who sees a subject and who is its insider is the subject's to say."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from accounts.rights import departments_of
from work import subjects, things

if TYPE_CHECKING:
    from accounts.models import User


class OfSubjectQuerySet(models.QuerySet):
    def of(self, kind: str, subject_id: int) -> Self:
        return self.filter(subject_kind=kind, subject_id=subject_id)


class DocumentQuerySet(OfSubjectQuerySet):
    def visible_to(self, user: "User") -> Self:
        """Open ones by everybody who sees the subject, the others by its insiders."""
        return self.filter(Q(subjects.visible(user), classification="open") | subjects.inside(user))


class DocumentVersionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Those of visible documents, unless withdrawn."""
        from work.models import Document

        return self.filter(document__in=Document.objects.visible_to(user).filter(withdrawn_at__isnull=True))


class CommentQuerySet(OfSubjectQuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(subjects.inside(user))


class FollowQuerySet(OfSubjectQuerySet):
    def visible_to(self, user: "User") -> Self:
        """One's own, of what one still sees."""
        return self.filter(subjects.visible(user), person=user.person_id)


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """One's own, of what one still sees: of anything else a notice says nothing, not even that it is there."""
        return self.filter(things.visible(user), person=user.person_id)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """One's own, and those shared with a department one is posted in today."""
        return self.filter(Q(owner=user.person_id) | Q(shared_with__in=departments_of(user.person_id)))


class TagQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Tags that something visible carries, and one's own: a tag only on a hidden draft would tell of it."""
        from work.models import Tagging

        used = Tagging.objects.visible_to(user).filter(tag=OuterRef("pk"))
        return self.filter(Q(made_by=user.person_id) | Exists(used))


class TaggingQuerySet(OfSubjectQuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(subjects.visible(user))


class TaskQuerySet(OfSubjectQuerySet):
    def visible_to(self, user: "User") -> Self:
        """Those one gave, has or had, of what one still sees; insiders of a subject see all of its tasks."""
        return self.filter((_in_hand(user.person_id) & subjects.visible(user)) | subjects.inside(user))

    def of_person(self, person: int) -> Self:
        """Those that this person gave, has, or had before they handed them on."""
        return self.filter(_in_hand(person))

    def open(self) -> Self:
        return self.filter(state="open")


def _in_hand(person: int) -> Q:
    from work.models import TaskStep

    had = TaskStep.objects.filter(Q(to=person) | Q(by=person), task=OuterRef("pk"))
    return Q(owner=person) | Q(given_by=person) | Q(Exists(had))


ANY_TAG = "EXISTS (SELECT FROM work_tag)"


def any_tag() -> RawSQL:
    """Whether there is any tag at all, as part of a query that reads something else: `work.selectors.any_tags`."""
    return RawSQL(ANY_TAG, (), BooleanField())  # noqa: S611 - nothing bound


def tagged(rows: "QuerySet[Any]", kind: str, tag: Any) -> "QuerySet[Any]":
    """Those rows of a register that carry the tag."""
    from work.models import Tagging

    return rows.filter(Exists(Tagging.objects.filter(tag=tag, subject_kind=kind, subject_id=OuterRef("pk"))))


def follows(kind: str, user: "User") -> Exists:
    """Whether this person follows a row of a register, as part of the query that reads it."""
    from work.models import Follow

    return Exists(Follow.objects.filter(person=user.person_id, subject_kind=kind, subject_id=OuterRef("pk")))


def followed(rows: "QuerySet[Any]", kind: str, user: "User") -> "QuerySet[Any]":
    """Those rows of a register that this person follows."""
    return rows.filter(follows(kind, user))
