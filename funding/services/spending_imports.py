"""Expenditure from a file of the department's ledger: offered, shown, then recorded once (DESIGN 4, Life)."""

from decimal import Decimal
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger, uploads
from core.errors import InvalidInput, NotVisible, Unprocessable
from core.reading import digest
from core.text import is_blank
from core.uploads.names import shown_name
from funding import policies, spending_files
from funding.models import Decision, Expenditure, SpendingImport
from funding.rules.spending import ZERO
from funding.services import locks, supplements
from funding.services.spending import write


@transaction.atomic
def offer_spending(*, actor: User, file: BinaryIO, file_name: str, source: str) -> SpendingImport:
    """Read a file and keep its rows. Nothing is recorded yet; a file that is no such table is refused whole."""
    policies.can_import_spending(actor).or_raise()
    if is_blank(source) or source == Expenditure.TYPED:
        message = _("Name the ledger system that the file comes from.")
        raise InvalidInput("blank", message, fields={"source": [message]})
    uploads.scan(file)
    rows = spending_files.read(file, file_name=file_name)
    ending = "xlsx" if file_name.lower().endswith(".xlsx") else "csv"
    return SpendingImport.objects.create(
        source=source,
        file_name=shown_name(file_name, ending=ending),
        file_digest=digest(file),
        rows=rows,
        offered_by=actor.person,
        offered_at=clock.now(),
    )


@transaction.atomic
def confirm_spending(*, actor: User, import_id: int) -> SpendingImport:
    """Record every row that is new and holds, as one act. Refused rows stay refused, known ones add nothing."""
    batch = _locked(actor, import_id)
    policies.can_confirm_import(actor, batch).or_raise()
    rows = [row for row in spending_files.judged(batch.rows, user=actor, source=batch.source) if row.is_new]
    decisions = locks.money_rows(row.decision.pk for row in rows if row.decision)
    keys = sorted({row.envelope.pk for row in rows if row.envelope})
    envelopes = dict(zip(keys, locks.envelopes(*keys), strict=True))
    again = [row for row in spending_files.judged(batch.rows, user=actor, source=batch.source) if row.is_new]
    if not again:
        raise Unprocessable("import.nothing", _("No row of this file is new and free of faults."))
    total, opened = ZERO, []
    for row in again:
        assert row.payment and row.decision and row.envelope  # new rows are whole
        decision, envelope = decisions[row.decision.pk], envelopes[row.envelope.pk]
        write(decision, envelope, row.payment, actor=actor, source=batch.source, batch=batch)
        total += row.payment.amount
        supplement = supplements.open_if_overspent(decision, envelope, row.payment.category)
        opened += [supplement.request.reference] if supplement else []
    batch.status = SpendingImport.Status.CONFIRMED
    batch.recorded = len(again)
    batch.decided_at = clock.now()
    batch.save(update_fields=["status", "recorded", "decided_at"])
    ledger.record("money.imported", actor=actor, subject=batch, facts=_told(batch, total, opened, decisions))
    return batch


@transaction.atomic
def withdraw_spending(*, actor: User, import_id: int) -> SpendingImport:
    """Take an offered file back; nothing of it was recorded."""
    batch = _locked(actor, import_id)
    policies.can_confirm_import(actor, batch).or_raise()
    batch.status = SpendingImport.Status.WITHDRAWN
    batch.decided_at = clock.now()
    batch.save(update_fields=["status", "decided_at"])
    return batch


def _locked(actor: User, import_id: int) -> SpendingImport:
    found = SpendingImport.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=import_id).first()
    if found is None:
        raise NotVisible("import.none", _("There is no such file for you."))
    return found


def _told(
    batch: SpendingImport, total: Decimal, opened: list[str], decisions: dict[int, Decision]
) -> dict[str, ledger.Fact]:
    """One entry for the whole file: how many rows, of which bytes (DESIGN 5)."""
    return {
        "source": batch.source,
        "file": batch.file_digest,
        "recorded": batch.recorded,
        "rows": len(batch.rows),
        "total": str(total),
        "requests": [*sorted(decision.request.reference for decision in decisions.values())],
        "supplements": [*opened],
    }
