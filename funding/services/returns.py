"""The yearly return, position at 31 March: numbered, frozen with its digest, never changed afterwards."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext_lazy as _
import rfc8785

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, Unprocessable
from core.references import next_reference
from funding import policies
from funding.models import Envelope, YearlyReturn
from funding.rules import spending
from funding.selectors import positions, variance


@transaction.atomic
def issue_return(*, actor: User, financial_year: int) -> YearlyReturn:
    """Freeze the position at 31 March of a year that is over. A later one of the same year names this one.

    Refused while a variance of the year waits for its explanation. Envelopes of the year are locked, so
    that no figure moves while it is read.
    """
    policies.can_issue_return(actor).or_raise()
    envelopes = Envelope.objects.select_for_update().filter(financial_year=financial_year, amount__gt=0)
    held = {envelope.code: f"{envelope.amount:.2f}" for envelope in envelopes.order_by("pk")}
    if not held:
        raise Unprocessable("return.empty", _("No money was voted for this financial year."))
    if clock.today() <= spending.last_day(financial_year):
        raise Conflict("return.early", _("The return is issued after 31 March, when the year is over."))
    waiting = variance.unexplained(financial_year)
    if waiting:
        message = _("Variances wait for their explanation: %(references)s.") % {"references": ", ".join(waiting)}
        raise Conflict("return.unexplained", message)
    content = _content(positions.year_position(financial_year), held)
    row = YearlyReturn.objects.create(
        reference=next_reference(f"MR-{financial_year + 1}"),
        financial_year=financial_year,
        content=content.decode(),
        digest=hashlib.sha256(content).hexdigest(),
        position=ledger.head().number,
        replaces=YearlyReturn.objects.filter(financial_year=financial_year).first(),
        issued_by=actor.person,
        issued_at=clock.now(),
    )
    facts: dict[str, ledger.Fact] = {
        "financial_year": financial_year,
        "digest": row.digest,
        "known_to": row.position,
        "replaces": row.replaces.reference if row.replaces else "",
    }
    ledger.record("money.return_issued", actor=actor, subject=row, facts=facts)
    return row


def _content(found: positions.YearPosition, held: dict[str, str]) -> bytes:
    """Canonical bytes; amounts are text."""
    return rfc8785.dumps(
        {
            "financial_year": found.financial_year,
            "at": found.at.isoformat(),
            "allocated": held,
            "rows": [row.as_text() for row in found.rows],
            "by_envelope": [row.as_text() for row in found.by_envelope],
            "by_department": [row.as_text() for row in found.by_department],
            "total": found.total.as_text(),
        }
    )
