"""Following a project or a procedure. Doing it twice is doing it once."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from core import clock
from work import subjects
from work.models import Follow


@transaction.atomic
def follow(*, actor: User, kind: str, subject_ids: Iterable[int]) -> int:
    """Follow each of these that the person sees; the others are 404. Returns how many are new."""
    wanted = set(subject_ids)
    seen = set(subjects.kind(kind).visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True))
    if seen != wanted:
        raise subjects.not_there()
    had = set(
        Follow.objects.filter(person=actor.person, subject_kind=kind, subject_id__in=wanted).values_list(
            "subject_id", flat=True
        )
    )
    now = clock.now()
    new = [Follow(person=actor.person, subject_kind=kind, subject_id=each, since=now) for each in sorted(wanted - had)]
    Follow.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def unfollow(*, actor: User, kind: str, subject_ids: Iterable[int]) -> int:
    """Stop following these; returns how many were followed."""
    own = Follow.objects.filter(person=actor.person, subject_kind=kind, subject_id__in=set(subject_ids))
    return own.delete()[0]
