"""Tags: made once whatever their case, put on subjects and taken off again."""

import unicodedata

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict, Unprocessable
from core.references import next_reference
from core.simplified import simplified
from work import policies, subjects
from work.models import Tag, Tagging

MOST_PER_SUBJECT = 20


@transaction.atomic
def make_tag(*, actor: User, name_en: str = "", name_zh_hant: str = "") -> Tag:
    """The tag of these names: the one there is, whatever its case and width, or a new one.

    A tag known in one language learns its name in the other. Names of two different tags are refused.
    """
    key_en, key_zh = key(name_en), key(name_zh_hant)
    if not key_en and not key_zh:
        raise Unprocessable("tag.name", _("Give the tag a name in English or Chinese."), fields={"name_en": []})
    found = list(_named(key_en, key_zh).select_for_update())
    if len(found) > 1:
        raise Conflict("tag.two", _("These are the names of two different tags."))
    if found:
        return _completed(found[0], name_en=name_en, name_zh_hant=name_zh_hant)
    try:
        with transaction.atomic():
            return Tag.objects.create(
                reference=next_reference("TAG"),
                name_en=name_en,
                name_zh_hant=name_zh_hant,
                name_zh_hans=simplified(name_zh_hant),
                key_en=key_en,
                key_zh=key_zh,
                made_by=actor.person,
                made_at=clock.now(),
            )
    except IntegrityError:  # somebody made it in the same instant
        made = _named(key_en, key_zh).first()
        if made is None:
            raise
        return made


@transaction.atomic
def tag(*, actor: User, kind: str, subject_id: int, tag_id: int) -> Tagging:
    """Put a tag on a subject that the person may change; once, however often it is done."""
    subject = subjects.locked(kind, subject_id, actor=actor)
    policies.can_tag(subject).or_raise()
    return _put(subject, tag_id)


@transaction.atomic
def tag_by_name(*, actor: User, kind: str, subject_id: int, name_en: str = "", name_zh_hant: str = "") -> Tagging:
    """Put on the tag of these names, making it if nobody has; nothing is made when the subject refuses."""
    subject = subjects.locked(kind, subject_id, actor=actor)
    policies.can_tag(subject).or_raise()
    return _put(subject, make_tag(actor=actor, name_en=name_en, name_zh_hant=name_zh_hant).pk)


@transaction.atomic
def untag(*, actor: User, kind: str, subject_id: int, tag_id: int) -> int:
    """Take a tag off again. Returns how many were taken off: one, or none."""
    subject = subjects.locked(kind, subject_id, actor=actor)
    policies.can_tag(subject).or_raise()
    return Tagging.objects.of(kind, subject_id).filter(tag=tag_id).delete()[0]


def key(name: str) -> str:
    """The name without case, width and spare spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _put(subject: subjects.Subject, tag_id: int) -> Tagging:
    kind, subject_id = subject.kind.word, subject.thing.pk
    carried = Tagging.objects.of(kind, subject_id)
    there = carried.filter(tag=tag_id).first()
    if there is not None:
        return there
    if carried.count() >= MOST_PER_SUBJECT:
        message = _("A record carries at most %(most)s tags.") % {"most": MOST_PER_SUBJECT}
        raise Conflict("tag.max", message)
    return Tagging.objects.create(
        tag_id=tag_id, subject_kind=kind, subject_id=subject_id, tagged_by=subject.user.person, tagged_at=clock.now()
    )


def _named(key_en: str, key_zh: str) -> "QuerySet[Tag]":
    wanted = Q(pk__in=[])
    if key_en:
        wanted |= Q(key_en=key_en)
    if key_zh:
        wanted |= Q(key_zh=key_zh)
    return Tag.objects.filter(wanted)


def _completed(found: Tag, *, name_en: str, name_zh_hant: str) -> Tag:
    """A name in the other language is added where there is none; a name that differs is two tags."""
    told = {"key_en": key(name_en), "key_zh": key(name_zh_hant)}
    if any(value and getattr(found, column) not in ("", value) for column, value in told.items()):
        raise Conflict("tag.two", _("This tag already has another name in the other language."))
    if name_en and not found.name_en:
        found.name_en, found.key_en = name_en, told["key_en"]
    if name_zh_hant and not found.name_zh_hant:
        found.name_zh_hant, found.key_zh = name_zh_hant, told["key_zh"]
        found.name_zh_hans = simplified(name_zh_hant)
    found.save(update_fields=["name_en", "name_zh_hant", "name_zh_hans", "key_en", "key_zh"])
    return found
