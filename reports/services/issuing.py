"""From draft to cleared to issued, by three people; or withdrawn. Each step is a named act of the ledger."""

from typing import Any

from django.db import transaction

from accounts.models import User
from core import checkpoints, clock, ledger, signing
from reports import policies
from reports.models import Report
from reports.rules.content import canonical
from reports.rules.lifecycle import MOVES
from reports.selectors.asking import stored_content


@transaction.atomic
def clear_report(*, actor: User, report_id: int) -> Report:
    report = _locked(report_id)
    policies.can_clear(actor, report).or_raise()
    report.cleared_by, report.cleared_at = actor.person, clock.database_now()
    _move(report, "clear", ["cleared_by", "cleared_at"])
    ledger.record("report.cleared", actor=actor, subject=report, facts={"digest": report.digest})
    return report


@transaction.atomic
def issue_report(*, actor: User, report_id: int) -> Report:
    """Sign the report as it was drafted and cleared. From here on nobody changes it, whatever their rights."""
    report = _locked(report_id)
    policies.can_issue(actor, report).or_raise()
    report.issued_by, report.issued_at = actor.person, clock.database_now()
    document = canonical(_document(report))
    signature = signing.sign(document)
    report.document, report.signature, report.signed_with = document.decode(), signature.text, signature.key
    _move(report, "issue", ["issued_by", "issued_at", "document", "signature", "signed_with"])
    facts: dict[str, ledger.Fact] = {
        "digest": report.digest,
        "signature": report.signature,
        "signed_with": report.signed_with,
        "replaces": report.replaces.reference if report.replaces else "",
    }
    ledger.record("report.issued", actor=actor, subject=report, facts=facts)
    checkpoints.request(key=f"report:{report.reference}")
    return report


@transaction.atomic
def withdraw_report(*, actor: User, report_id: int, reason: str) -> Report:
    report = _locked(report_id)
    policies.can_withdraw(actor, report).or_raise()
    report.withdrawn_by, report.withdrawn_at = actor.person, clock.database_now()
    report.withdrawn_because = reason
    _move(report, "withdraw", ["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    ledger.record("report.withdrawn", actor=actor, subject=report, facts={"reason": reason})
    return report


def _document(report: Report) -> dict[str, Any]:
    return {
        "reference": report.reference,
        "replaces": report.replaces.reference if report.replaces else None,
        "reason": report.reason,
        "issued_at": ledger.instant_text(report.issued_at) if report.issued_at else None,
        "sha256": report.digest,
        "content": stored_content(report),
    }


def _locked(report_id: int) -> Report:
    return Report.objects.select_for_update(of=("self",)).select_related("replaces", "department").get(pk=report_id)


def _move(report: Report, move: str, fields: list[str]) -> None:
    report.status = MOVES[move][1].value
    report.version += 1
    report.save(update_fields=["status", "version", *fields])
