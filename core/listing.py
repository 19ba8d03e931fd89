"""How a list page reads its address: filters, order and format, each known and given once (TRUST 4.8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from core import as_at, params
from core.errors import InvalidInput

M = TypeVar("M", bound=Model)
Orderings = Mapping[str, tuple[str, ...]]

ALWAYS_KNOWN = frozenset({"page", "page_size", "ordering"})
FORMATS = ("csv", "xlsx")  # of a sheet to fill in or a stored return; lists come in `core.exports.FORMATS`


@dataclass(frozen=True, slots=True)
class Sort:
    """What a column heading asks for next, and how the column stands now (`ascending`, `descending` or nothing)."""

    ask: str
    standing: str


class Reader(HttpRequest):
    """A list read outside a request, with the parameters of its address: when a file of it is made later."""

    user: Any  # one of our accounts

    def __init__(self, user: Any, query: QueryDict) -> None:
        super().__init__()
        self.user = user
        self.GET = query  # type: ignore[assignment] # never changed
        self.answers_as_at = True


def filtered(
    request: HttpRequest, filterset: type[FilterSet], rows: "QuerySet[M]", *, extra: set[str] | None = None
) -> tuple["QuerySet[M]", Any]:
    """The rows that the address asks for, and the form of its filters. What cannot be read is refused."""
    params.refuse_repeated(request.GET)
    params.refuse_unreadable(request.GET)
    timed = {as_at.PARAMETER} if getattr(request, "answers_as_at", False) else set()
    params.refuse_unknown(request.GET, ALWAYS_KNOWN | set(filterset.base_filters) | timed | (extra or set()))
    asked = filterset(request.GET, queryset=rows, request=request)
    if not asked.is_valid():
        fields = {name: [str(text) for text in texts] for name, texts in asked.errors.items()}
        raise InvalidInput("param.format", _("A filter in the address cannot be read."), fields=fields)
    return asked.qs, asked.form


def ordered(request: HttpRequest, rows: "QuerySet[M]", orderings: Orderings) -> "QuerySet[M]":
    """Rows in the order asked for, by a named column only; as they come when none is asked for."""
    asked = params.one(request, "ordering")
    if not asked:
        return rows
    columns = orderings.get(asked.removeprefix("-"))
    if columns is None:
        raise InvalidInput("param.unknown", _("This list cannot be ordered by that."), fields={"ordering": []})
    sign = "-" if asked.startswith("-") else ""
    return rows.order_by(*[sign + column for column in columns], "pk")


def sorts(request: HttpRequest, orderings: Orderings) -> dict[str, Sort]:
    """For each column: what a click on its heading asks for next, and how it stands."""
    now = params.one(request, "ordering")
    found = {}
    for name in orderings:
        standing = {name: "ascending", f"-{name}": "descending"}.get(now, "")
        found[name] = Sort(ask=f"-{name}" if standing == "ascending" else name, standing=standing)
    return found


def file_format(request: HttpRequest) -> str:
    asked = params.one(request, "format", "csv")
    if asked not in FORMATS:
        raise InvalidInput("export.format", _("Files come as CSV or XLSX."), fields={"format": []})
    return asked
