"""A report's stored content read back in the reader's language: names, days, amounts, and where each figure opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
import json
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import as_at, clock
from core.simplified import simplified
from reports.blocks import Cell
from reports.rules.periods import Kind, Period

NOTHING = "—"


@dataclass(frozen=True)
class Content:
    """One report's content. Nothing in here is worked out anew from the registers."""

    raw: Mapping[str, Any]

    @classmethod
    def read(cls, stored: str) -> "Content":
        return cls(json.loads(stored))

    @cached_property
    def data(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.raw["data"]
        return found

    @property
    def day(self) -> date:
        return date.fromisoformat(self.raw["day"])

    @property
    def known_before(self) -> datetime:
        return datetime.fromisoformat(self.raw["known_before"])

    @property
    def period(self) -> Period:
        told = self.raw["period"]
        return Period(Kind(told["kind"]), date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))

    @property
    def department(self) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self.raw["department"]
        return found

    @property
    def warnings(self) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = self.raw["warnings"]
        return found

    def link(self, name: str, *args: str, **query: str) -> str:
        """A list or a record as it was known at this report's instant, or where that came later, on its day."""
        return today(name, *args, **query, **{as_at.PARAMETER: self.moment})

    @property
    def moment(self) -> str:
        """As it stands in an address: an instant within the report's day, else the end of that day.

        Figures of a list are those of the day its moment lies in, so a later one would show other records.
        """
        if self.known_before < clock.end_of_day(self.day):
            return self.known_before.astimezone(clock.HONG_KONG).isoformat()
        return self.day.isoformat()

    @property
    def knows_later_facts(self) -> bool:
        """Whether it holds what was learned after its day: an erratum does, and what was asked for as known later."""
        return self.known_before > clock.end_of_day(self.day)

    def own(self) -> dict[str, str]:
        """The filter of lists that keeps a department's report to its own rows."""
        return {"department": self.department["safe"], "own": "yes"} if self.department else {}


def today(name: str, *args: str, **query: str) -> str:
    """A list or a record as it is now, where its page does not tell the past."""
    return f"{reverse(name, args=args)}?{urlencode(query)}" if query else reverse(name, args=args)


def name(texts: Mapping[str, str]) -> str:
    """In the reader's language; Simplified is worked out where nobody wrote it, English stands in for Chinese."""
    if get_language() == "zh-hans":
        return texts["zh_hans"] or simplified(texts["zh_hant"]) or texts["en"]
    if get_language() == "zh-hant":
        return texts["zh_hant"] or texts["en"]
    return texts["en"] or texts["zh_hant"]


def number(value: int | None) -> str:
    return NOTHING if value is None else f"{value:,}"


def amount(text: str | None) -> str:
    """HK$ with thousands separators; cents only where there are any."""
    if text is None:
        return NOTHING
    whole, _dot, cents = text.removeprefix("-").partition(".")
    sign = "−" if text.startswith("-") else ""
    return f"{sign}HK${int(whole):,}" + ("" if cents in ("", "00") else f".{cents}")


def day_words(day: date | str) -> str:
    return str(date_format(date.fromisoformat(day) if isinstance(day, str) else day, "DATE_FORMAT"))


def instant_words(instant: datetime) -> str:
    return str(date_format(instant.astimezone(clock.HONG_KONG), "DATETIME_FORMAT"))


def period_words(period: Period) -> str:
    if period.kind is Kind.DAY:
        return day_words(period.last)
    if period.kind is Kind.MONTH:
        return str(date_format(period.first, "YEAR_MONTH_FORMAT"))
    if period.kind is Kind.FINANCIAL_YEAR:
        return period.written
    return _("%(first)s to %(last)s") % {"first": day_words(period.first), "last": day_words(period.last)}


def cells(*texts: str | Cell) -> list[Cell]:
    return [one if isinstance(one, Cell) else Cell(one) for one in texts]
