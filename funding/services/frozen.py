"""What a version freezes: everything that a voter decides on, in one spelling (TRUST C4)."""

from collections.abc import Iterable
import hashlib
from typing import Any

import rfc8785

from accounts.models import User
from core import clock
from funding.models import CostLine, FundingRequest, RequestVersion
from work.models import Document, DocumentVersion

WORD = "request"
"""The word under which `work` keeps the papers of a request."""


def freeze(request: FundingRequest, *, actor: User, reason: str) -> RequestVersion:
    """Keep what is submitted as canonical bytes with their SHA-256; rounds and votes refer to it (TRUST C4)."""
    request.submitted_version += 1
    frozen = rfc8785.dumps(content(request))
    return RequestVersion.objects.create(
        request=request,
        number=request.submitted_version,
        content=frozen.decode(),
        digest=hashlib.sha256(frozen).hexdigest(),
        own_amount=request.own_amount,
        submitted_by=actor.person,
        submitted_at=clock.now(),
        reason=reason,
    )


def content(request: FundingRequest) -> dict[str, Any]:
    """Money as text, people and records by reference, papers by digest, so that the bytes have one spelling."""
    return {
        "reference": request.reference,
        "version": request.submitted_version,
        "project": request.project.reference,
        "department": request.department.safe_code,
        "applicant": request.applicant.ledger_ref,
        "lead": request.lead.ledger_ref,
        "title_en": request.title_en,
        "title_zh_hant": request.title_zh_hant,
        "justification": request.justification,
        "procedures": sorted(request.procedures.values_list("reference", flat=True)),
        "linked": sorted(request.linked.values_list("reference", flat=True)),
        "programme": request.programme.reference if request.programme else "",
        "supplements": request.supplements.reference if request.supplements else "",
        **besides(request, request.lines.all()),
        "own_amount": str(request.own_amount),
        "recurrent_amount": str(request.recurrent_amount),
    }


def besides(request: FundingRequest, lines: Iterable[CostLine]) -> dict[str, Any]:
    """The parts beside text and links: cost lines, promises, the reuse answer and papers."""
    return {
        "lines": [
            {
                "category": line.category,
                "description": line.description,
                "financial_year": line.financial_year,
                "amount": str(line.amount),
            }
            for line in lines
        ],
        "benefits": [
            {
                "number": promise.number,
                "kind": promise.kind,
                "description": promise.description,
                "amount": str(promise.amount),
                "due_on": promise.due_on.isoformat(),
            }
            for promise in request.benefits.all()
        ],
        "reuse": {
            "answer": request.reuse,
            "reason": request.reuse_reason,
            "considered": sorted(request.reuse_considered),
        },
        "attachments": [_attachment(version) for version in attached(request)],
    }


def attached(request: FundingRequest) -> list[DocumentVersion]:
    """The version in force of every paper that is not withdrawn, oldest paper first."""
    papers = Document.objects.of(WORD, request.pk).filter(withdrawn_at__isnull=True)
    newest = DocumentVersion.objects.filter(document__in=papers).select_related("document")
    return list(newest.order_by("document_id", "-number").distinct("document_id"))


def _attachment(version: DocumentVersion) -> dict[str, Any]:
    document = version.document
    return {
        "reference": document.reference,
        "title_en": document.title_en,
        "title_zh_hant": document.title_zh_hant,
        "kind": document.kind,
        "version": version.number,
        "file": version.shown_name,
        "size": version.size,
        "sha256": version.digest,
    }
