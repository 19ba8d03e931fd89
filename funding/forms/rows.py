"""Rows of a form set that grow and shrink by a round trip, with or without JavaScript."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Rows:
    """How one form set is named in what is posted; `least` rows always stay."""

    prefix: str
    fields: Sequence[str]
    most: int
    least: int = 1

    def with_one_more(self, data: QueryDict, first: Mapping[str, str]) -> QueryDict:
        """The same posted data with one more row that holds `first`."""
        changed = data.copy()
        count = self.count(data)
        if count < self.most:
            changed[f"{self.prefix}-TOTAL_FORMS"] = str(count + 1)
            changed.setdefault(f"{self.prefix}-INITIAL_FORMS", "0")
            for name, value in first.items():
                changed[f"{self.prefix}-{count}-{name}"] = value
        return changed

    def without(self, data: QueryDict, place: str) -> QueryDict:
        """The same posted data without the row at `place`; those after it move up."""
        changed = data.copy()
        count = self.count(data)
        if place not in map(str, range(count)):
            return changed
        for index in range(int(place), count):
            for name in self.fields:
                after = data.get(f"{self.prefix}-{index + 1}-{name}")
                if after is None:
                    changed.pop(f"{self.prefix}-{index}-{name}", None)
                else:
                    changed[f"{self.prefix}-{index}-{name}"] = after
        changed[f"{self.prefix}-TOTAL_FORMS"] = str(max(self.least, count - 1))
        return changed

    def count(self, data: QueryDict) -> int:
        text = data.get(f"{self.prefix}-TOTAL_FORMS", str(self.least))
        readable = text.isascii() and text.isdecimal() and len(text) < 4
        return min(int(text), self.most) if readable else self.least
