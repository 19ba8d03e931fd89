"""What may be done to many subjects of any kind at once; an app adds its own beside them (`Kind.acts`)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from work import forms, services
from work.bulk import BulkAct
from work.models import Tagging
from work.services.tags import MOST_PER_SUBJECT
from work.subjects import Kind, Subject, kind_of


def _may_tag(user: User, thing: Any, typed: Mapping[str, Any]) -> Verdict:
    subject = Subject(kind_of(thing), thing, user)
    may = subject.may_edit
    chosen = typed.get("tag")
    if not may or chosen is None:
        return may
    others = Tagging.objects.of(subject.kind.word, thing.pk).exclude(tag=chosen)
    if others.count() >= MOST_PER_SUBJECT:
        message = _("A record carries at most %(most)s tags.") % {"most": MOST_PER_SUBJECT}
        return Verdict.no("tag.max", message, error=Conflict)
    return may


def _may_untag(user: User, thing: Any, typed: Mapping[str, Any]) -> Verdict:
    return kind_of(thing).may_edit(user, thing)


def _anybody(user: User, thing: Any, typed: Mapping[str, Any]) -> Verdict:
    return Verdict.yes()


def _tag(user: User, kind: Kind, things: Sequence[Any], typed: Mapping[str, Any]) -> None:
    now = clock.now()
    rows = [
        Tagging(tag=typed["tag"], subject_kind=kind.word, subject_id=each.pk, tagged_by=user.person, tagged_at=now)
        for each in things
    ]
    Tagging.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)


def _untag(user: User, kind: Kind, things: Sequence[Any], typed: Mapping[str, Any]) -> None:
    keys = [each.pk for each in things]
    Tagging.objects.filter(tag=typed["tag"], subject_kind=kind.word, subject_id__in=keys).delete()


def _follow(user: User, kind: Kind, things: Sequence[Any], typed: Mapping[str, Any]) -> None:
    services.follow(actor=user, kind=kind.word, subject_ids=[each.pk for each in things])


def _unfollow(user: User, kind: Kind, things: Sequence[Any], typed: Mapping[str, Any]) -> None:
    services.unfollow(actor=user, kind=kind.word, subject_ids=[each.pk for each in things])


TAG = BulkAct(
    name="tag",
    label=_("Put a tag on them"),
    explains=_("Only on records that you may change; each is judged by itself."),
    form=forms.BulkTagForm,
    judge=_may_tag,
    work=_tag,
    done=_("The tag is on all of them."),
)
UNTAG = BulkAct(
    name="untag",
    label=_("Take a tag off them"),
    explains=_("Only from records that you may change; each is judged by itself."),
    form=forms.BulkTagForm,
    judge=_may_untag,
    work=_untag,
    done=_("The tag is off all of them."),
)
FOLLOW = BulkAct(
    name="follow",
    label=_("Follow them"),
    explains=_("You find what you follow with the filter “Only what I follow”."),
    form=forms.BulkForm,
    judge=_anybody,
    work=_follow,
    done=_("You follow all of them."),
)
UNFOLLOW = BulkAct(
    name="unfollow",
    label=_("Stop following them"),
    explains=_("They leave the filter “Only what I follow”."),
    form=forms.BulkForm,
    judge=_anybody,
    work=_unfollow,
    done=_("You follow none of them."),
)
FOR_EVERY_KIND: tuple[BulkAct, ...] = (TAG, UNTAG, FOLLOW, UNFOLLOW)


def of(kind: Kind) -> dict[str, BulkAct]:
    """The acts that lists of this kind offer, by name."""
    return {act.name: act for act in (*FOR_EVERY_KIND, *kind.acts())}
