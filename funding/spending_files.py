"""Rows of a file of expenditure, judged one by one; the same judgement shows the preview and records the rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.days import parse_day
from core.errors import DomainError, InvalidInput, Text, Unprocessable
from core.money import parse_typed_amount
from core.reading import FileRefused, Row, open_table
from core.tabular import Column, csv_lines
from core.text import clean_line
from funding import policies
from funding.models import CostCategory, Decision, Envelope, Expenditure, Outcome
from funding.services.spending import Payment, judge

COLUMNS = ("request", "envelope", "category", "amount", "spent_on", "voucher", "description")
MOST_ROWS = 2_000
LONGEST = {"voucher": 100, "description": 300}
CATEGORIES = {str(name): str(name) for name in CostCategory.values}


@dataclass(frozen=True, slots=True)
class Judged:
    """One row: what it would record, or the column and the reason why it is refused. `is_known`: recorded before."""

    number: int
    cells: Mapping[str, str]
    payment: Payment | None = None
    decision: Decision | None = None
    envelope: Envelope | None = None
    column: str = ""
    code: str = ""
    reason: Text = ""
    is_known: bool = False

    @property
    def held(self) -> str:
        """What the refused cell holds."""
        return self.cells.get(self.column, "")

    @property
    def is_new(self) -> bool:
        return self.payment is not None and not self.is_known


def template() -> str:
    """A file with the heading alone, which `read` takes back."""
    return "".join(csv_lines([Column(name, name) for name in COLUMNS], []))


def read(file: BinaryIO, *, file_name: str) -> list[dict[str, Any]]:
    """The rows of the file as they are kept: number, cells by column, and a cell that no value can be read from."""
    try:
        table = open_table(file, file_name=file_name, most_rows=MOST_ROWS)
        places = {column.name: column.position for column in table.exactly(COLUMNS)}
        return [_kept(row, places) for row in table.rows()]
    except FileRefused as refused:
        raise Unprocessable(refused.code, refused.message, fields={"file": [refused.message]}) from refused


def _kept(row: Row, places: Mapping[str, int]) -> dict[str, Any]:
    kept: dict[str, Any] = {"number": row.number, "cells": {}}
    for name, position in places.items():
        try:
            text = row.day_text(position) if name == "spent_on" else row.text(position)
        except DomainError as error:
            text = row.cells[position]
            kept["unread"] = {"column": name, "code": error.code}
        kept["cells"][name] = text.strip()
    return kept


def judged(rows: Iterable[Mapping[str, Any]], *, user: User, source: str) -> list[Judged]:
    """Every row as it stands now: new, already on record from this source, or refused with its reason."""
    judge_ = _Judge(user)
    found = [judge_.row(row) for row in rows]
    digests = {_digest(one): one for one in found if one.payment}
    known = set(Expenditure.objects.filter(source=source, row_digest__in=digests).values_list("row_digest", flat=True))
    return list(_marked(found, known))


def _marked(rows: Iterable[Judged], known: set[str]) -> Iterator[Judged]:
    """A row that the source gave before, or that this very file gives twice, is known."""
    seen = set(known)
    for row in rows:
        digest = _digest(row) if row.payment else ""
        yield row if not digest or digest not in seen else _known(row)
        seen.add(digest)


def _known(row: Judged) -> Judged:
    return Judged(row.number, row.cells, row.payment, row.decision, row.envelope, is_known=True)


def _digest(row: Judged) -> str:
    if row.payment is None or row.decision is None or row.envelope is None:
        return ""
    return row.payment.digest(request=row.decision.request.reference, envelope=row.envelope.code)


class _Judge:
    """Judges the rows of one file for one person; requests and envelopes are looked up once."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._decisions: dict[str, Decision | None] = {}
        self._envelopes = {envelope.code: envelope for envelope in Envelope.objects.filter(amount__gt=0)}

    def row(self, kept: Mapping[str, Any]) -> Judged:
        cells: Mapping[str, str] = kept["cells"]
        column = "request"
        try:
            if "unread" in kept:
                column = kept["unread"]["column"]
                raise InvalidInput(kept["unread"]["code"], _("This cell holds a formula or an error, not a value."))
            decision = self._decision(cells["request"])
            policies.can_record_spending(self.user, decision).or_raise()
            column = "envelope"
            envelope = self._envelope(cells["envelope"])
            column = "category"
            category = _category(cells["category"])
            column = "amount"
            amount = parse_typed_amount(cells["amount"])
            column = "spent_on"
            spent_on = parse_day(cells["spent_on"])
            column = "voucher"
            voucher, description = (_line(cells, name) for name in ("voucher", "description"))
            payment = Payment(category, amount, spent_on, voucher, description)
            judge(decision, envelope, payment)
        except DomainError as error:
            named = next(iter(error.fields), column)
            return Judged(kept["number"], cells, column=named, code=error.code, reason=error.message)
        return Judged(kept["number"], cells, payment, decision, envelope)

    def _decision(self, reference: str) -> Decision:
        if reference not in self._decisions:
            self._decisions[reference] = (
                Decision.objects.filter(
                    request__reference=reference, published_at__isnull=False, outcome=Outcome.APPROVED
                )
                .select_related("request__project")
                .first()
            )
        found = self._decisions[reference]
        if found is None:
            raise InvalidInput("choice.invalid", _("No published decision approved money for such a request."))
        return found

    def _envelope(self, code: str) -> Envelope:
        found = self._envelopes.get(code)
        if found is None:
            raise InvalidInput("choice.invalid", _("There is no such envelope."))
        return found


def _category(text: str) -> str:
    found = CATEGORIES.get(text.lower())
    if found is None:
        raise InvalidInput("choice.invalid", _("There is no such category."))
    return found


def _line(cells: Mapping[str, str], name: str) -> str:
    text = clean_line(cells[name])
    if len(text) > LONGEST[name]:
        message = _("At most %(most)s characters fit here.") % {"most": LONGEST[name]}
        raise InvalidInput("text.max", message, fields={name: [message]})
    return text
