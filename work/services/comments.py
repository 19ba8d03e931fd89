"""Comments are said and withdrawn, never edited. Whoever is named in one is told of it (FEATURES M1)."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from core import clock
from core.errors import Text, Unprocessable
from core.history import because
from work import mentions, policies, subjects
from work.models import Comment, Mention, Notice
from work.notices import Message
from work.services.notices import tell
from work.subjects import Subject
from work.things import INSIDE


@transaction.atomic
def say(*, actor: User, kind: str, subject_id: int, text: str, to: Collection[Person] = ()) -> Comment:
    """Say something to the insiders of a subject; those of them who are named are told.

    People are named by `to`, or by @ and their user name in the text. Somebody who does not read the comments of this
    subject cannot be named, and is refused in the same words as somebody who is not there: nothing is stored then.
    """
    subject = subjects.locked(kind, subject_id, actor=actor)
    policies.can_comment(subject).or_raise()
    named = _named(subject, text, to)
    said = Comment.objects.create(
        subject_kind=kind, subject_id=subject_id, text=text, author=actor.person, said_at=clock.now()
    )
    Mention.objects.bulk_create(Mention(comment=said, person=person) for person in named)
    facts = {"comment": said.pk, "by_en": actor.person.name_en, "by_zh_hant": actor.person.name_zh_hant}
    people = {person.pk for person in named} - {actor.person_id}
    tell(Message("mention", kind + INSIDE, subject_id, people, facts), event=_event(said))
    return said


@transaction.atomic
def withdraw_comment(*, actor: User, comment_id: int, reason: str) -> Comment:
    """Take back one's own words; the tombstone says who, when and why. It waits for nobody any more."""
    comment = Comment.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=comment_id).first()
    if comment is None:
        raise subjects.not_there()
    policies.can_withdraw_comment(subjects.of(comment, user=actor), comment).or_raise()
    comment.withdrawn_by = actor.person
    comment.withdrawn_at = clock.now()
    comment.withdrawn_because = reason
    with because(reason):
        comment.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    Notice.objects.filter(event=_event(comment)).unread().update(read_at=comment.withdrawn_at)
    return comment


def _event(comment: Comment) -> str:
    return f"comment:{comment.pk}:mention"


def _named(subject: Subject, text: str, to: Collection[Person]) -> list[Person]:
    """Everybody named, each once; all of them read the comments of this subject, or nobody is."""
    names = mentions.names_in(text)
    if len(names) + len(to) > mentions.MOST:
        raise _refused(
            "mention.many", "to", _("At most %(most)s people can be named in one comment.") % {"most": mentions.MOST}
        )
    known = mentions.people_named(names)
    for name in names:
        person = known.get(name.lower())
        if person is None or not policies.can_be_named(subject, person):
            message = _("@%(name)s names nobody who reads this discussion.") % {"name": name}
            raise _refused("mention.person", "text", message)
    for person in to:
        if not policies.can_be_named(subject, person):
            raise _refused("mention.person", "to", _("One of the people chosen does not read this discussion."))
    return list({person.pk: person for person in (*to, *known.values())}.values())


def _refused(code: str, field: str, message: Text) -> Unprocessable:
    return Unprocessable(code, message, fields={field: [message]})
