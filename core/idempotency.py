"""Sending the same thing twice does it once (TRUST F25): forms by their hidden token, the API by Idempotency-Key."""

from collections.abc import Callable
import hashlib
import re
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput, Unprocessable
from core.ledger import Actor
from core.models import Submission

KEY = re.compile(r"[\x21-\x7e]{1,100}", re.ASCII)

Answer = dict[str, Any]


@transaction.atomic
def run_once(*, sender: Actor, key: str, purpose: str, body: bytes, work: Callable[[], Answer]) -> tuple[Answer, bool]:
    """Do `work` unless this sender already sent `key`; returns its answer and whether it was a repeat.

    The row is made before the work and commits with it, so a parallel repeat waits for the first one and
    then gets its answer, and a refused sending leaves nothing behind and may be tried again.
    """
    if not KEY.fullmatch(key):
        raise InvalidInput("idempotency.key", _("The Idempotency-Key is 1 to 100 visible ASCII characters."))
    digest = hashlib.sha256(body).hexdigest()
    kept, is_new = Submission.objects.get_or_create(
        sender=sender.ledger_ref, key=key, defaults={"purpose": purpose[:120], "body_digest": digest}
    )
    if not is_new:
        if (kept.purpose, kept.body_digest) != (purpose[:120], digest):
            raise Unprocessable("idempotency.mismatch", _("This was already sent with other content. Open it again."))
        return kept.answer or {}, True
    answer = kept.answer = work()
    kept.save(update_fields=["answer"])
    return answer, False
