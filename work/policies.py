"""Who may do what with documents, comments and tags, and why not. Pages and services ask the same functions."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from core.errors import Conflict
from core.verdicts import Verdict
from work.models import Comment, Document, SavedView
from work.subjects import Subject


def can_add_document(subject: Subject) -> Verdict:
    """Whoever may change the subject."""
    return subject.may_edit


def can_change_document(subject: Subject, document: Document) -> Verdict:
    """Whoever may change the subject, while the document stands."""
    if document.withdrawn_at:
        return Verdict.no(
            "document.withdrawn", _("This document was withdrawn; its entry is kept as it is."), error=Conflict
        )
    return subject.may_edit


def can_withdraw_document(subject: Subject, document: Document) -> Verdict:
    """Whoever may change it, unless its subject has to keep it."""
    return can_change_document(subject, document) and subject.kind.may_withdraw(subject.thing, document)


def can_comment(subject: Subject) -> Verdict:
    """Insiders who may write; an auditor reads everything and changes nothing (FEATURES N8)."""
    if not subject.is_insider:
        return Verdict.no("comment.insiders", _("Only people who work on this record discuss it here."))
    return subject.kind.may_discuss(subject.user, subject.thing)


def can_be_named(subject: Subject, person: Person) -> bool:
    """Whether this person reads the comments of the subject now, with an account that is open."""
    accounts = User.objects.filter(person=person, is_active=True).select_related("person").order_by("pk")
    return any(subject.kind.insiders(account).filter(pk=subject.thing.pk).exists() for account in accounts)


def can_withdraw_comment(subject: Subject, comment: Comment) -> Verdict:
    """The author takes back what they said, once."""
    if comment.withdrawn_at:
        return Verdict.no("comment.withdrawn", _("This comment was already withdrawn."), error=Conflict)
    if comment.author_id != subject.user.person_id:
        return Verdict.no("comment.other", _("Only its author may withdraw a comment."))
    return Verdict.yes()


def can_tag(subject: Subject) -> Verdict:
    """Whoever may change the subject, with tags that are there or with new ones."""
    return subject.may_edit


def can_change_view(user: User, view: SavedView) -> Verdict:
    """A saved view is its owner's, also while a department shares it."""
    if view.owner_id != user.person_id:
        return Verdict.no("view.other", _("Only its owner may change a saved view."))
    return Verdict.yes()
