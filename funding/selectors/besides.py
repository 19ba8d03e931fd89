"""What a paper says beside its text and cost lines, in words: of the working copy and of a frozen version alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.models import User
from core.money import hkd
from funding.financial_years import financial_year_words
from funding.models import CostCategory, CostLine, FundingRequest, Programme, RequestVersion, Reuse
from funding.selectors import reuse
from funding.selectors.versions import content as content_of
from funding.selectors.versions import promise_words
from funding.services import frozen


@dataclass(frozen=True, slots=True)
class Besides:
    """`attachments` are the frozen ones, or those that would be frozen now."""

    promises: list[tuple[str, str]]
    programme: Programme | None
    supplements: str
    answer: str
    is_answered: bool
    reason: str
    considered: list[reuse.Candidate]
    attachments: Sequence[Mapping[str, Any]]
    costs: "CostTable"


@dataclass(frozen=True, slots=True)
class CostTable:
    """Categories by financial year, with sums both ways; recurrent money in a row of its own."""

    years: list[str]
    rows: list[tuple[str, list[str], str]]
    total: list[str]
    whole: str


def of_request(user: User, request: FundingRequest, lines: Sequence[CostLine]) -> Besides:
    """Of the working copy of a draft; `lines` are its cost lines, read already."""
    content = frozen.besides(request, lines)
    supplements = request.supplements.reference if request.supplements else ""
    return _besides(user, {**content, "supplements": supplements}, request.programme)


def of_newest(user: User, request: FundingRequest, newest: RequestVersion) -> Besides:
    """Of the version that was submitted last, which after submission is the working copy too."""
    return _besides(user, content_of(newest), request.programme)


def of_content(user: User, content: Mapping[str, Any]) -> Besides:
    """Of a frozen version. One frozen before a part existed is read as if it were empty."""
    named = content.get("programme", "")
    return _besides(user, content, Programme.objects.filter(reference=named).first() if named else None)


def _besides(user: User, content: Mapping[str, Any], programme: Programme | None) -> Besides:
    answer = content.get("reuse", {})
    return Besides(
        promises=[(row["description"], promise_words(row)) for row in content.get("benefits", [])],
        programme=programme,
        supplements=content.get("supplements", ""),
        answer=str(Reuse(answer.get("answer", "")).label),
        is_answered=bool(answer.get("answer")),
        reason=answer.get("reason", ""),
        considered=reuse.known(user, answer.get("considered", [])),
        attachments=content.get("attachments", []),
        costs=cost_table(content.get("lines", [])),
    )


def cost_table(lines: Sequence[Mapping[str, Any]]) -> CostTable:
    """The nine categories that have money, by financial year; the last row is what counts for the tier."""
    years = sorted({line["financial_year"] for line in lines})
    rows = []
    for category in CostCategory:
        found = [line for line in lines if line["category"] == category]
        if found:
            rows.append((str(category.label), _by_year(found, years), hkd(_sum(found))))
    counted = [line for line in lines if line["category"] != CostCategory.RECURRENT]
    return CostTable(
        years=[financial_year_words(year) for year in years],
        rows=rows,
        total=_by_year(counted, years),
        whole=hkd(_sum(counted)),
    )


def _by_year(lines: Sequence[Mapping[str, Any]], years: Sequence[int]) -> list[str]:
    sums = [_sum([line for line in lines if line["financial_year"] == year]) for year in years]
    return [hkd(amount) if amount else "—" for amount in sums]


def _sum(lines: Sequence[Mapping[str, Any]]) -> Decimal:
    return sum((Decimal(line["amount"]) for line in lines), Decimal("0.00"))
