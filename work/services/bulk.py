"""One act on many records, whole or not at all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from work import bulk, subjects
from work.bulk import BulkAct, BulkRefused


@transaction.atomic
def do_in_bulk(*, actor: User, kind: str, act: BulkAct, references: Sequence[str], typed: Mapping[str, Any]) -> int:
    """Lock every row, judge every row, then do them all; returns how many. One refusal refuses them all."""
    chosen = bulk.references_of(references)
    found = subjects.kind(kind)
    judged = bulk.judge(act, kind=found, actor=actor, references=chosen, typed=typed, lock=True)
    if not all(row.verdict for row in judged):
        raise BulkRefused(judged)
    act.work(actor, found, [row.thing for row in judged], typed)
    return len(judged)
