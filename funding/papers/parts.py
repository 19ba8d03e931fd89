"""Pieces that letters, minutes and packs share."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import clock
from core.models import LedgerEntry
from core.money import hkd
from core.paper import Facts, Heading, Items, Part, Table, Text
from funding.financial_years import financial_year_words
from funding.selectors.besides import Besides
from funding.selectors.rounds import PaperLine

NOTHING = "—"


def mark() -> str:
    return _("For use within the government")


def act(action: str, subject: str, **facts: Any) -> LedgerEntry | None:
    """The last ledger entry of this act on this record, with these facts."""
    for entry in LedgerEntry.objects.filter(action=action, subject=subject).order_by("-position"):
        if all(entry.facts.get(name) == value for name, value in facts.items()):
            return entry
    return None


def proof(entry: LedgerEntry | None) -> list[str]:
    """The lines by which a paper is checked against an exported ledger, years later and without us."""
    if entry is None:
        return []
    anchor = f"{entry.position}:{bytes(entry.entry_hash).hex()}"
    return [
        _("Ledger entry %(anchor)s") % {"anchor": anchor},
        _("An exported ledger that holds this entry with this SHA-256 is the one this paper was made from."),
    ]


def day_words(moment: datetime) -> str:
    return date_format(moment.astimezone(clock.HONG_KONG), "DATE_FORMAT")


def moment_words(moment: datetime) -> str:
    return date_format(moment.astimezone(clock.HONG_KONG), "DATETIME_FORMAT")


def facts(*rows: tuple[str, Any]) -> Facts:
    """Names with what they are; what is empty gets a dash."""
    return Facts([(str(name), str(value) or NOTHING) for name, value in rows])


def conditions(texts: Sequence[str]) -> list[Part]:
    return [Heading(_("Conditions"), 2), Items(list(texts), numbered=True)] if texts else []


def in_a_row(first: object, second: object) -> str:
    """Two words with the comma of the language between them; the first alone where there is no second."""
    return _("%(first)s, %(second)s") % {"first": first, "second": second} if second else str(first)


def cost_table(besides: Besides) -> list[Part]:
    """Categories by financial year; the last row is what counts for the tier."""
    costs = besides.costs
    head = [_("Category"), *costs.years, _("All years")]
    rows = [[label, *amounts, whole] for label, amounts, whole in costs.rows]
    rows.append([_("Counts for the tier"), *costs.total, costs.whole])
    return [
        Heading(_("Costs by category and year"), 2),
        Table(head, rows, right=list(range(1, len(head))), total=True),
    ]


def cost_lines(lines: Iterable[PaperLine]) -> list[Part]:
    head = [_("Category"), _("What it buys"), _("Financial year"), _("Amount")]
    rows = [
        [line.category, line.description or NOTHING, financial_year_words(line.financial_year), hkd(line.amount)]
        for line in lines
    ]
    return [Heading(_("Cost lines"), 2), Table(head, rows, right=[3])]


def promises(besides: Besides, *, most: int | None = None) -> list[Part]:
    """What is promised; with `most`, the first ones and how many more there are."""
    if not besides.promises:
        return [Heading(_("Benefits promised"), 2), Text(_("Nothing is promised."), "quiet")]
    shown = besides.promises[:most]
    items = [in_a_row(words, description) for description, words in shown]
    if len(shown) < len(besides.promises):
        items.append(_("and %(count)s more in the paper") % {"count": len(besides.promises) - len(shown)})
    return [Heading(_("Benefits promised"), 2), Items(items)]


def attachments(besides: Besides) -> list[Part]:
    if not besides.attachments:
        return [Heading(_("Papers"), 2), Text(_("None."), "quiet")]
    head = [_("Reference"), _("File"), "SHA-256"]
    rows = [[one["reference"], one["file"], one["sha256"]] for one in besides.attachments]
    return [Heading(_("Papers"), 2), Table(head, rows)]
