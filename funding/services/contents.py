"""The parts of a request beside its text and cost lines: promises, programme, supplement, and the reuse answer."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import FieldErrors, InvalidInput, Text, Unprocessable
from core.money import CENT
from core.references import next_reference
from core.simplified import simplified
from core.text import is_blank
from funding.models import (
    FundingRequest,
    Outcome,
    Programme,
    PromisedBenefit,
    RequestStatus,
    Reuse,
)
from funding.rules import editing
from projects.models import BenefitKind, Project, Resource

LARGEST_AMOUNT = Decimal(10**12)
NEEDS_REASON = (Reuse.DOES_NOT_FIT, Reuse.IN_PART, Reuse.BUILDS_ON)
TO_SUPPLEMENT = (Outcome.APPROVED, Outcome.RECOMMENDED)


def write_benefits(request: FundingRequest, promises: Sequence[Mapping[str, Any]]) -> None:
    """Set the promises of the working copy. One that is given with its number stays the same promise."""
    stored = {row.number: row for row in request.benefits.all()}
    kept = set()
    for promise in promises:
        row = _benefit(request, promise, stored)
        row.save()
        kept.add(row.number)
    request.benefits.exclude(number__in=kept).delete()


def _benefit(request: FundingRequest, promise: Mapping[str, Any], stored: dict[int, PromisedBenefit]) -> Any:
    amount: Decimal = promise["amount"]
    if not amount.is_finite() or not 0 < amount < LARGEST_AMOUNT:
        raise InvalidInput("amount.min", _("A promised amount is more than zero."))
    if amount != amount.quantize(CENT):
        raise InvalidInput("amount.precision", _("Write the amount with at most two decimals."))
    if promise["kind"] not in BenefitKind.values:
        raise InvalidInput("choice.invalid", _("There is no such kind of benefit."))
    row = stored.pop(promise.get("number") or 0, None)
    if row is None:
        request.benefits_numbered += 1
        row = PromisedBenefit(request=request, number=request.benefits_numbered)
    due_on: date = promise["due_on"]
    row.kind, row.description, row.amount, row.due_on = (
        promise["kind"],
        promise.get("description", ""),
        amount.quantize(CENT),
        due_on,
    )
    return row


def declare_programme(*, actor: User, department_id: int, name_en: str, name_zh_hant: str = "") -> Programme:
    """Declare a programme by name, or find the one that has this name already."""
    named = Programme.objects.filter(name_en__iexact=name_en.strip())
    if found := named.first():
        return found
    reference = next_reference(f"PG-{clock.today().year}")  # locks until commit, so look once more
    return named.first() or Programme.objects.create(
        reference=reference,
        name_en=name_en.strip(),
        name_zh_hant=name_zh_hant,
        name_zh_hans=simplified(name_zh_hant),
        department_id=department_id,
        declared_by=actor.person,
        declared_at=clock.now(),
    )


def write_programme(request: FundingRequest, programme: Programme | None) -> None:
    """A programme once submitted stays, as every link does."""
    if stays(request) and request.programme_id not in (None, programme.pk if programme else None):
        raise kept_link("programme")
    request.programme = programme


def programme_row(key: int | None) -> Programme | None:
    if key is None:
        return None
    found = Programme.objects.filter(pk=key).first()
    if found is None:
        raise _refused("programme", _("There is no such programme."))
    return found


def write_supplements(request: FundingRequest, actor: User, key: int | None) -> None:
    """The approved request of one's own department that this one asks more money for."""
    if stays(request) and request.supplements_id not in (None, key):
        raise kept_link("supplements")
    if key is None:
        request.supplements = None
        return
    found = to_supplement(actor).filter(department=request.department_id).exclude(pk=request.pk).filter(pk=key).first()
    if found is None:
        raise _refused("supplements", _("A supplement adds to a request of the same department that was approved."))
    request.supplements = found


def to_supplement(actor: User) -> "QuerySet[FundingRequest]":
    """Requests more money may be asked for."""
    return FundingRequest.objects.visible_to(actor).filter(status=RequestStatus.PUBLISHED, outcome__in=TO_SUPPLEMENT)


def write_reuse(request: FundingRequest, actor: User, fields: Mapping[str, Any]) -> None:
    """The answer to the question what is there already; an answer that found something says what and why."""
    answer = fields.get("reuse", request.reuse)
    reason = fields.get("reuse_reason", request.reuse_reason)
    considered = list(dict.fromkeys(fields.get("reuse_considered", request.reuse_considered)))
    if answer not in Reuse.values:
        raise _refused("reuse", _("There is no such answer."))
    if answer in NEEDS_REASON and is_blank(reason):
        raise _refused("reuse_reason", _("Say what was found, and what of it can be used or why not."), "blank")
    added = [reference for reference in considered if reference not in request.reuse_considered]
    if len(_known(actor, added)) != len(added):
        raise _refused("reuse_considered", _("One of the things that were looked at does not exist for you."))
    request.reuse, request.reuse_reason, request.reuse_considered = answer, reason, considered


def _known(actor: User, references: Sequence[str]) -> set[str]:
    """Those of the references that are a project, a request or a tool this person sees."""
    if not references:
        return set()
    return {
        str(found)
        for model in (Project, FundingRequest, Resource)
        for found in model.objects.visible_to(actor)
        .filter(reference__in=references)
        .values_list("reference", flat=True)
    }


def stays(request: FundingRequest) -> bool:
    """Whether the table lets links of this request only grow."""
    return editing.way(request.status, "linked", [editing.Role.DEPARTMENT]) is not editing.Way.EDIT


def kept_link(name: str) -> Unprocessable:
    """A link once submitted stays: only a recorded finding cuts it, or a revision could leave its group."""
    message = _("A link that was submitted stays. Only a finding of the secretary cuts it.")
    return Unprocessable("link.kept", message, fields={name: [message]})


def _refused(name: str, message: Text, code: str = "choice.invalid") -> InvalidInput:
    fields: FieldErrors = {name: [message]}
    return InvalidInput(code, message, fields=fields)
