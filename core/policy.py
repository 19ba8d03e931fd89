"""Dated policy rows (TRUST T5): proposed by one person, approved by another, never in the past, never overlapping."""

from datetime import date, datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, NotAllowed
from core.models import DatedPolicy

P = TypeVar("P", bound=DatedPolicy)


def in_force(rows: "QuerySet[P]", on: date) -> P:
    """The one approved row whose period holds the Hong Kong day `on`. Raises `Conflict` when none does."""
    found = found_on(rows, on)
    if found is None:
        raise Conflict("policy.none", _("No approved policy covers this date."))
    return found


def found_on(rows: "QuerySet[P]", on: date) -> P | None:
    """As `in_force`, where having none is an answer too."""
    return (
        rows.filter(status=DatedPolicy.Status.APPROVED, starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        .first()
    )


def approve(row: P, *, rows: "QuerySet[P]", approver_id: int, today: date, now: datetime) -> P:
    """Put a proposed row in force from its start, ending an open predecessor there.

    `rows` are the rows it may not overlap with (the same body's, for a voting rule). Refuses the
    proposer, a start in the past and an overlap; the database refuses an overlap on its own too.
    """
    if row.status != DatedPolicy.Status.PROPOSED:
        raise Conflict("policy.state", _("Only a proposed policy can be approved."))
    if row.proposed_by_id == approver_id:
        raise NotAllowed("duty.separate", _("A policy is approved by a second person, not by the one who proposed it."))
    refuse_past(row.starts_on, today=today)
    predecessor = rows.filter(status=DatedPolicy.Status.APPROVED, ends_on__isnull=True, starts_on__lt=row.starts_on)
    try:
        with transaction.atomic():
            predecessor.update(ends_on=row.starts_on)
            row.status = DatedPolicy.Status.APPROVED
            row.approved_by_id = approver_id
            row.approved_at = now
            row.save(update_fields=["status", "approved_by", "approved_at"])
    except IntegrityError as error:
        raise Conflict("policy.overlap", _("An approved policy already covers part of this period.")) from error
    return row


def refuse_overlap(rows: "QuerySet[P]", starts_on: date) -> None:
    """A new open row follows the open one before it; it never cuts into an approved period or an approved future."""
    clashing = rows.filter(status=DatedPolicy.Status.APPROVED).filter(
        Q(ends_on__gt=starts_on) | Q(starts_on__gte=starts_on)
    )
    if clashing.exists():
        raise Conflict("policy.overlap", _("An approved policy already covers part of this period."))


def refuse_past(starts_on: date, *, today: date) -> None:
    """After installation a policy never starts before today."""
    if starts_on < today:
        raise Conflict("policy.past", _("A policy cannot start in the past."))
