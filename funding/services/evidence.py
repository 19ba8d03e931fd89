"""Files that prove an outcome or a met condition, kept with their SHA-256 and never changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Sum

from accounts.models import User
from core import clock, uploads
from core.errors import Unprocessable
from core.uploads import StoredFile
from funding.models import EvidenceFile, FundingRequest


@contextmanager
def storing(request: FundingRequest, file: Any) -> Iterator[StoredFile]:
    """Keep the file for as long as what records it succeeds; what is wrong with it is said beside the field."""
    used = request.evidence_files.aggregate(total=Sum("size"))["total"] or 0
    try:
        with uploads.storing(file, shown_name=file.name, quota_used=int(used)) as stored:
            yield stored
    except Unprocessable as refusal:
        if refusal.code.startswith("file."):
            refusal.fields.setdefault("file", [refusal.message])
        raise


def keep(request: FundingRequest, stored: StoredFile, *, actor: User) -> EvidenceFile:
    return EvidenceFile.objects.create(
        request=request,
        stored_name=stored.name,
        shown_name=stored.shown_name,
        media_type=stored.media_type,
        size=stored.size,
        digest=stored.digest,
        uploaded_by=actor.person,
        uploaded_at=clock.now(),
    )
