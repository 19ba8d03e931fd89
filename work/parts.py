"""What this app adds to a subject's history: documents, their versions, comments, tasks and tags."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from work.models import Comment, Document, DocumentVersion, Tagging, Task
from work.subjects import Part

DOCUMENT_LABELS = {
    "reference": _("Reference"),
    "title_en": _("Title in English"),
    "title_zh_hant": _("Title in Chinese"),
    "title_zh_hans": _("Title in Simplified Chinese"),
    "kind": _("Kind of document"),
    "classification": _("Classification"),
    "withdrawn_at": _("Withdrawn"),
    "withdrawn_because": _("Reason for withdrawing"),
}
VERSION_LABELS = {
    "number": _("Version"),
    "shown_name": _("File"),
    "digest": _("Digest (SHA-256)"),
    "note": _("What changed"),
}
# The words of a comment are not repeated here: withdrawn, they are not shown any more.
COMMENT_LABELS = {
    "said_at": _("Said"),
    "withdrawn_at": _("Withdrawn"),
    "withdrawn_because": _("Reason for withdrawing"),
}

TASK_LABELS = {
    "wording": _("What is to be done"),
    "owner": _("Who does it"),
    "due_on": _("To be done by"),
    "state": _("State"),
}


def parts_of(word: str) -> tuple[Part, ...]:
    """The parts of a kind of subject."""

    def own(thing: Any) -> Q:
        return Q(subject_kind=word, subject_id=thing.pk)

    def versions(thing: Any) -> Q:
        return Q(document__in=Document.objects.of(word, thing.pk))

    is_open = Q(classification="open")
    return (
        Part("document", _("Document"), Document, own, DOCUMENT_LABELS, public=is_open),
        Part(
            "version",
            _("Version of a document"),
            DocumentVersion,
            versions,
            VERSION_LABELS,
            public=Q(document__classification="open"),
        ),
        Part("comment", _("Comment"), Comment, own, COMMENT_LABELS),
        Part("task", _("Task"), Task, own, TASK_LABELS),
        Part("tag", _("Tag"), Tagging, own, {"tag": _("Tag")}, public=Q()),
    )
