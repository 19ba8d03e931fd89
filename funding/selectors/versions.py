"""Submitted versions of a request, and any two of them side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
import json
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.days import parse_day
from core.errors import NotVisible
from core.money import hkd
from funding.financial_years import financial_year_words
from funding.models import CostCategory, FundingRequest, RequestVersion, Reuse
from funding.rules import differences
from funding.rules.differences import Comparison, Pair
from projects.models import BenefitKind

LARGEST_NUMBER = 9_999
FIELDS = {
    "title_en": gettext_lazy("Title in English"),
    "title_zh_hant": gettext_lazy("Title in Chinese"),
    "justification": gettext_lazy("Justification"),
    "project": gettext_lazy("Project"),
    "department": gettext_lazy("Department"),
    "applicant": gettext_lazy("Applicant"),
    "lead": gettext_lazy("Project lead"),
    "programme": gettext_lazy("Programme"),
    "supplements": gettext_lazy("Supplement to"),
    "procedures": gettext_lazy("Procedures served"),
    "linked": gettext_lazy("Related requests"),
    "reuse": gettext_lazy("Could something be reused?"),
    "reuse_reason": gettext_lazy("What was found"),
    "reuse_considered": gettext_lazy("What was looked at"),
    "attachments": gettext_lazy("Papers"),
}
KINDS = {
    differences.SAME: gettext_lazy("unchanged"),
    differences.CHANGED: gettext_lazy("changed"),
    differences.ADDED: gettext_lazy("added"),
    differences.REMOVED: gettext_lazy("removed"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One field or paragraph that differs, in words."""

    label: Any
    kind: str
    words: Any
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One cost line or promise as both versions have it, in words; `by` with its sign, empty where nothing moved."""

    kind: str
    words: Any
    label: str
    before: str
    after: str
    by: str


@dataclass(frozen=True, slots=True)
class Between:
    """Two versions and what lies between them."""

    before: RequestVersion
    after: RequestVersion
    found: Comparison
    changes: list[Said]
    lines: list[Line]
    benefits: list[Line]

    @property
    def own_by(self) -> str:
        return signed(self.found.own_by)

    @property
    def recurrent_by(self) -> str:
        return signed(self.found.recurrent_by)


def content(version: RequestVersion) -> dict[str, Any]:
    """What was frozen, as data."""
    found: dict[str, Any] = json.loads(version.content)
    return found


def of(request: FundingRequest) -> list[RequestVersion]:
    return list(request.versions.select_related("submitted_by", "request").order_by("-number"))


def between(versions: Sequence[RequestVersion], before: int | None, after: int | None) -> Between | None:
    """The two versions asked for; without numbers the last two. None while there is only one."""
    by_number = {version.number: version for version in versions}
    if before is None and after is None and len(by_number) < 2:
        return None
    newest = max(by_number, default=0)
    later = after if after is not None else newest
    earlier = before if before is not None else later - 1
    if earlier not in by_number or later not in by_number:
        raise NotVisible("version.none", _("There is no such version of this request."))
    return _between(by_number[earlier], by_number[later])


def _between(before: RequestVersion, after: RequestVersion) -> Between:
    found = differences.compare(content(before), content(after))
    return Between(
        before=before,
        after=after,
        found=found,
        changes=[
            Said(
                label=FIELDS[one.field],
                kind=one.kind,
                words=KINDS[one.kind],
                before=_words(one.field, one.before),
                after=_words(one.field, one.after),
            )
            for one in found.changes
        ],
        lines=[_line(pair) for pair in found.lines],
        benefits=[_benefit(pair) for pair in found.benefits],
    )


def signed(amount: Decimal) -> str:
    """`+HK$200.00` or `−HK$200.00`; nothing where nothing moved."""
    if not amount:
        return ""
    return f"{'+' if amount > 0 else '−'}{hkd(abs(amount))}"


def _words(field: str, text: str) -> str:
    return str(Reuse(text).label) if field == "reuse" and text in Reuse.values else text


def _line(pair: Pair) -> Line:
    row = pair.after or pair.before or {}
    return Line(
        kind=pair.kind,
        words=KINDS[pair.kind],
        label=row["description"] or str(CostCategory(row["category"]).label),
        before=_cost(pair.before),
        after=_cost(pair.after),
        by=signed(pair.by),
    )


def _cost(row: Any) -> str:
    if not row:
        return ""
    return _("%(amount)s, %(category)s, %(year)s") % {
        "amount": hkd(Decimal(row["amount"])),
        "category": CostCategory(row["category"]).label,
        "year": financial_year_words(row["financial_year"]),
    }


def _benefit(pair: Pair) -> Line:
    row = pair.after or pair.before or {}
    return Line(
        kind=pair.kind,
        words=KINDS[pair.kind],
        label=row["description"],
        before=promise_words(pair.before),
        after=promise_words(pair.after),
        by=f"{pair.by:+,.2f}" if pair.by else "",
    )


def promise_words(row: Any) -> str:
    """`1,200 staff hours freed, a year, by 31 March 2027`."""
    if not row:
        return ""
    return _("%(amount)s %(kind)s, by %(day)s") % {
        "amount": f"{Decimal(row['amount']):,.2f}".removesuffix(".00"),
        "kind": BenefitKind(row["kind"]).label,
        "day": date_format(parse_day(row["due_on"]), "DATE_FORMAT"),
    }
