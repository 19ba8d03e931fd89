"""Refusals worth a look by the auditor (the rows marked +A in TRUST 4): who and which rule, never what was sent."""

import logging

from django.db import DatabaseError, transaction

from core.ledger import Actor
from core.models import SecurityRefusal

logger = logging.getLogger(__name__)

ANONYMOUS = "anonymous"
# Refused with one of these codes, a request tried something that no page or documented call offers.
WATCHED = frozenset(
    {"field.unknown", "field.read_only", "param.unknown", "csrf.failed", "login.limit", "vote.conflict", "file.malware"}
)


def refused(actor: Actor | None, rule: str) -> None:
    """Keep one row. Called after the refused transaction ended, so that it stays; it never hides the refusal."""
    who = getattr(actor, "ledger_ref", "") or ANONYMOUS
    try:
        with transaction.atomic():
            SecurityRefusal.objects.create(actor=who, rule=rule)
    except DatabaseError:
        logger.exception("a security refusal could not be kept: %s by %s", rule, who)
    logger.warning("security.refused %s by %s", rule, who)


def watch(actor: Actor | None, code: str) -> None:
    """Keep the refusal when its code is a watched one."""
    if code in WATCHED:
        refused(actor, code)
