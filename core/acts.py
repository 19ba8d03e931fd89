"""The acts a page offers. Each names its policy, its form and its service once; button and POST both read it here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from core import audit
from core.errors import DomainError, Text
from core.forms import TrackerForm
from core.pages import once
from core.verdicts import Verdict


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """One thing a person can do to a record. `work` calls the service with the cleaned form.

    Each is itself alone: by its parts its hash would follow the language, as its words do, and no table would hold it.
    """

    name: str
    label: Text
    explains: Text
    form: type[TrackerForm]
    may: Callable[[Any, Any], Verdict]
    work: Callable[[Any, Any, Mapping[str, Any]], object]
    done: Text
    style: str = "primary"


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that this person may do now, with its form ready to show."""

    act: Act
    form: TrackerForm
    address: str


def offers(
    acts: Iterable[Act],
    *,
    user: Any,
    thing: Any,
    form: Callable[[Act], TrackerForm],
    address: Callable[[Act], str],
    refused: Mapping[str, TrackerForm],
) -> list[Offer]:
    """The acts whose policy says yes; a policy of several acts is asked once. A refused form is shown as typed."""
    allowed: dict[Callable[[Any, Any], Verdict], bool] = {}
    found = []
    for act in acts:
        if act.may not in allowed:
            allowed[act.may] = bool(act.may(user, thing))
        if allowed[act.may]:
            found.append(Offer(act, refused.get(act.name) or form(act), address(act)))
    return found


def send(
    request: HttpRequest, form: TrackerForm, *, work: Callable[[], str], again: Callable[[], HttpResponse]
) -> HttpResponse:
    """Do the work once if the form holds; show it again with the faults beside their fields if it does not."""
    if not form.is_valid():
        return again()
    try:
        return once(request, form, work)
    except DomainError as refusal:
        if not set(refusal.fields) & set(form.fields):
            raise
        audit.watch(getattr(request, "user", None), refusal.code)
        form.refuse(refusal)
    return again()
