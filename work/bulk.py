"""One act on many records: each judged by its own policy, all or nothing (TRUST T35).

Ids are always given one by one; "everything that matches" is never an instruction. A refusal of one row
refuses the whole and says which rows and why; nothing is stored.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from core.errors import DomainError, Text, TooLarge, Unprocessable
from core.forms import TrackerForm
from core.limits import LONGEST_LIST
from core.verdicts import Verdict
from work import subjects
from work.subjects import Kind


@dataclass(frozen=True, slots=True)
class BulkAct:
    """An act as lists offer it. `judge` is the policy of one row, `work` does all rows that were judged."""

    name: str
    label: Text
    explains: Text
    form: type[TrackerForm]
    judge: Callable[[User, Any, Mapping[str, Any]], Verdict]
    work: Callable[[User, Kind, Sequence[Any], Mapping[str, Any]], object]
    done: Text = ""
    answer: Callable[[User, Kind, Sequence[Any], Mapping[str, Any]], Any] | None = None  # for an act that gives a file
    offered: Callable[[User], bool] = lambda user: True  # whether a list shows it to this person at all


@dataclass(frozen=True, slots=True)
class Judged:
    """One chosen row: what it is, if the person sees it, and what the policy says."""

    reference: str
    thing: Any
    verdict: Verdict


class BulkRefused(DomainError):
    """At least one row was refused, so none was done. `fields` names each with its reason."""

    def __init__(self, judged: Sequence[Judged]) -> None:
        refused = [row for row in judged if not row.verdict]
        message = ngettext(
            "Nothing was done: %(refused)s of %(all)s record was refused.",
            "Nothing was done: %(refused)s of %(all)s records were refused.",
            len(judged),
        ) % {"refused": len(refused), "all": len(judged)}
        fields = {row.reference: [row.verdict.reason] for row in refused}
        super().__init__("bulk.refused", message, fields=fields)
        self.status = refused[0].verdict.error.status


def references_of(given: Sequence[str]) -> list[str]:
    """The references once each, in the order given; none and too many are refused."""
    found = list(dict.fromkeys(text.strip() for text in given if text.strip()))
    if len(found) > LONGEST_LIST:
        raise TooLarge("bulk.limit", _("At most 10,000 entries can be sent at once."))
    if not found:
        raise Unprocessable("bulk.none", _("Choose at least one record."), fields={"references": []})
    return found


def judge(
    act: BulkAct, *, kind: Kind, actor: User, references: Sequence[str], typed: Mapping[str, Any], lock: bool = False
) -> list[Judged]:
    """What the policy says of each row. Locked, rows are taken in the order of their keys."""
    rows = kind.visible_to(actor).filter(reference__in=references).order_by("pk")
    if lock:
        rows = rows.select_for_update(of=("self",))
    seen = {thing.reference: thing for thing in rows}
    return [Judged(each, seen.get(each), _verdict(act, actor, seen.get(each), typed)) for each in references]


def _verdict(act: BulkAct, actor: User, thing: Any, typed: Mapping[str, Any]) -> Verdict:
    if thing is None:
        hidden = subjects.not_there()
        return Verdict.no(hidden.code, hidden.message, error=type(hidden))
    return act.judge(actor, thing, typed)
