"""Documents: added with a first version, given further versions, described anew, withdrawn. Nothing is deleted."""

from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import NotVisible, Stale
from core.history import because
from core.references import next_reference
from core.simplified import simplified
from core.uploads import StoredFile
from work import policies, subjects
from work.models import Document, DocumentVersion
from work.subjects import Subject


@transaction.atomic
def add_document(
    *,
    actor: User,
    kind: str,
    subject_id: int,
    title_en: str,
    document_kind: str,
    classification: str,
    stored: StoredFile,
    title_zh_hant: str = "",
    title_zh_hans: str = "",
    note: str = "",
) -> Document:
    """Add a document with its first version to a subject that the person may change."""
    subject = subjects.locked(kind, subject_id, actor=actor)
    policies.can_add_document(subject).or_raise()
    document = Document.objects.create(
        reference=next_reference("DOC"),
        subject_kind=kind,
        subject_id=subject_id,
        title_en=title_en,
        title_zh_hant=title_zh_hant,
        title_zh_hans=title_zh_hans or simplified(title_zh_hant),
        kind=document_kind,
        classification=classification,
        created_by=actor.person,
        created_at=clock.now(),
    )
    _keep(document, actor=actor, stored=stored, note=note)
    return document


@transaction.atomic
def add_version(*, actor: User, document_id: int, stored: StoredFile, note: str) -> DocumentVersion:
    """Add the next version; the earlier ones stay and can be fetched."""
    document, subject = _locked(actor, document_id)
    policies.can_change_document(subject, document).or_raise()
    return _keep(document, actor=actor, stored=stored, note=note)


@transaction.atomic
def edit_document(
    *,
    actor: User,
    document_id: int,
    expected_version: int,
    title_en: str,
    document_kind: str,
    classification: str,
    title_zh_hant: str = "",
    title_zh_hans: str = "",
    reason: str = "",
) -> Document:
    """Describe a document anew. Another classification is a sensitive change and needs a reason (FEATURES P2)."""
    document, subject = _locked(actor, document_id)
    policies.can_change_document(subject, document).or_raise()
    if document.version != expected_version:
        message = _(
            "Somebody changed this document after you opened it. Compare with what is stored now, and open it again."
        )
        raise Stale("document.stale", message, fields={"expected_version": [message]})
    regraded = classification != document.classification
    document.title_en = title_en
    document.title_zh_hant = title_zh_hant
    document.title_zh_hans = title_zh_hans or simplified(title_zh_hant)
    document.kind = document_kind
    document.classification = classification
    document.version += 1
    with because(reason) if regraded or reason else nullcontext():
        document.save(update_fields=["title_en", "title_zh_hant", "title_zh_hans", "kind", "classification", "version"])
    return document


@transaction.atomic
def withdraw_document(*, actor: User, document_id: int, reason: str) -> Document:
    """Close all versions to everybody. The entry stays as a tombstone with the reason."""
    document, subject = _locked(actor, document_id)
    policies.can_withdraw_document(subject, document).or_raise()
    document.withdrawn_by = actor.person
    document.withdrawn_at = clock.now()
    document.withdrawn_because = reason
    document.version += 1
    with because(reason):
        document.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because", "version"])
    return document


def quota_used(kind: str, subject_id: int) -> int:
    """Bytes of all versions of all documents of a subject, withdrawn ones included: they are still kept."""
    kept = DocumentVersion.objects.filter(document__in=Document.objects.of(kind, subject_id))
    return int(kept.aggregate(total=Sum("size"))["total"] or 0)


def _locked(actor: User, document_id: int) -> tuple[Document, Subject]:
    rows: Any = Document.objects.visible_to(actor).select_for_update(of=("self",))
    document = rows.filter(pk=document_id).first()
    if document is None:
        raise NotVisible("document.none", _("There is no such document, or you may not see it."))
    return document, subjects.of(document, user=actor)


def _keep(document: Document, *, actor: User, stored: StoredFile, note: str) -> DocumentVersion:
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    return DocumentVersion.objects.create(
        document=document,
        number=last + 1,
        stored_name=stored.name,
        shown_name=stored.shown_name,
        media_type=stored.media_type,
        size=stored.size,
        digest=stored.digest,
        note=note,
        uploaded_by=actor.person,
        uploaded_at=clock.now(),
    )
