"""A report ready to be shown: its title, what it is about, its sections in the reader's language, its marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from reports.blocks import Section
from reports.house import FORMS
from reports.models import Report
from reports.telling import Content, day_words, instant_words, name, period_words


@dataclass(frozen=True, slots=True)
class Told:
    """The same for page, PDF and Word. `facts` are names with what they are; `stamp` says what is not final."""

    title: str
    reference: str
    mark: str
    stamp: str
    at: datetime
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    proof: Sequence[str]


def told(report: Report) -> Told:
    """The stored report in the language that is switched on. Nothing is asked of the registers."""
    content = Content.read(report.content)
    house = FORMS[report.form]
    return Told(
        title=title_of(report),
        reference=report.reference,
        mark=mark(),
        stamp=stamp_of(report),
        at=report.issued_at or report.drafted_at,
        facts=_facts(report, content),
        sections=house.sections(content),
        proof=_proof(report),
    )


def title_of(report: Report) -> str:
    house = FORMS[report.form]
    content = Content.read(report.content)
    parts: dict[str, Any] = {"form": house.title, "period": period_words(content.period)}
    if content.department is not None:
        parts["department"] = name(content.department["name"])
        return _("%(form)s: %(department)s, %(period)s") % parts
    return _("%(form)s: %(period)s") % parts


def mark() -> str:
    return _("For use within the government")


def stamp_of(report: Report) -> str:
    """What a reader must know first: not issued yet, withdrawn, or replaced."""
    if report.status != "issued":
        return {
            "draft": _("DRAFT: neither cleared nor issued"),
            "cleared": _("CLEARED: not issued yet"),
            "withdrawn": _("WITHDRAWN: never issued"),
        }[report.status]
    newer = next((one for one in report.errata.all() if one.status == "issued"), None)
    return _("REPLACED by erratum %(reference)s") % {"reference": newer.reference} if newer else ""


def _facts(report: Report, content: Content) -> list[tuple[str, str]]:
    facts = [
        (_("Number"), report.reference),
        (_("Period"), period_words(content.period)),
        (_("Figures of"), day_words(content.day)),
        (
            _("As known at"),
            _("%(instant)s, ledger position %(position)s")
            % {"instant": instant_words(content.known_before), "position": f"{report.position:,}"},
        ),
    ]
    if report.issued_at is not None:
        facts.append((_("Issued"), instant_words(report.issued_at)))
    if report.replaces is not None:
        facts.append((_("Replaces"), report.replaces.reference))
        facts.append((_("Reason"), report.reason))
    return facts


def _proof(report: Report) -> list[str]:
    lines = [_("SHA-256 of the data: %(digest)s") % {"digest": report.digest}]
    if report.signature:
        lines.append(
            _("Signed with Ed25519 key %(key)s: the data file and its signature are checked at %(address)s.")
            % {"key": report.signed_with, "address": "/reports/verify/"}
        )
    return lines
