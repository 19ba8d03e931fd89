"""Comments are said and withdrawn, never edited."""

from django.db import transaction

from accounts.models import User
from core import clock
from core.history import because
from work import policies, subjects
from work.models import Comment


@transaction.atomic
def say(*, actor: User, kind: str, subject_id: int, text: str) -> Comment:
    """Say something to the insiders of a subject."""
    subject = subjects.locked(kind, subject_id, actor=actor)
    policies.can_comment(subject).or_raise()
    return Comment.objects.create(
        subject_kind=kind, subject_id=subject_id, text=text, author=actor.person, said_at=clock.now()
    )


@transaction.atomic
def withdraw_comment(*, actor: User, comment_id: int, reason: str) -> Comment:
    """Take back one's own words; the tombstone says who, when and why."""
    comment = Comment.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=comment_id).first()
    if comment is None:
        raise subjects.not_there()
    policies.can_withdraw_comment(subjects.of(comment, user=actor), comment).or_raise()
    comment.withdrawn_by = actor.person
    comment.withdrawn_at = clock.now()
    comment.withdrawn_because = reason
    with because(reason):
        comment.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    return comment
