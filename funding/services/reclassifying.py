"""The secretary counts a line under another category, which routes the request anew (DESIGN 4)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import FieldErrors, InvalidInput, Text, Unprocessable
from core.money import hkd
from core.text import is_blank
from funding import policies
from funding.models import CostCategory, CostLine, FundingRequest, Reclassification
from funding.services import drafts, frozen, links, locks, lookalikes, reviews, routing
from funding.services.recording import Entry, move, record


@transaction.atomic
def reclassify_line(
    *, actor: User, request_id: int, expected_version: int, number: int, category: str, reason: str
) -> FundingRequest:
    """Put line `number` (1..n in the order of the paper) under another category, as a version of its own.

    The endorsement stands; a tier that changes takes the request to whoever decides there. Whoever reclassifies
    has written a part of the paper and never votes on it.
    """
    links.hold_request(request_id)
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_reclassify(actor, request).or_raise()
    drafts.expect(request, expected_version)
    line = _judged(request, number, category, reason)
    was, line.category = line.category, category
    line.save(update_fields=["category"])
    drafts.add_up(request, list(request.lines.all()))
    drafts.remember_editor(request, actor)
    routing.settle_revised(request, assessed_before=request.assessed_amount)
    version = frozen.freeze(request, actor=actor, reason=reason)
    done = Reclassification.objects.create(
        request=request,
        request_version=version,
        number=number,
        description=line.description,
        amount=line.amount,
        was=was,
        became=category,
        recurrent_after=request.recurrent_amount,
        reason=reason,
        by=actor.person,
        at=clock.now(),
    )
    columns = ("own_amount", "recurrent_amount", "submitted_version", *routing.ROUTE)
    move(request, "reclassify", actor=actor, note=reason, columns=columns)
    routing.come_down(request, actor=actor, note=reason)
    rerouted = routing.settle_others(request, actor=actor)
    asked = [*lookalikes.ask(request), *reviews.ask(request)]
    told: dict[str, ledger.Fact] = {"version": version.number, "digest": version.digest, "line": number}
    told |= {"was": done.was, "became": done.became, "reason": reason, **routing.route_facts(request)}
    record(actor, Entry("request.reclassified", request, told), *rerouted, *asked)
    return request


def keep(request: FundingRequest) -> None:
    """A revision cannot undo it: no more may be recurrent than when the secretary last classified a line."""
    last = request.reclassifications.order_by("-pk").first()
    if last is not None and request.recurrent_amount > last.recurrent_after:
        message = _(
            "The secretary has classified the lines of this request: at most %(amount)s of them may be recurrent."
        ) % {"amount": hkd(last.recurrent_after)}
        raise Unprocessable("line.reclassified", message, fields={"lines": [message]})


def _judged(request: FundingRequest, number: int, category: str, reason: str) -> CostLine:
    lines = list(request.lines.all())
    if not 1 <= number <= len(lines):
        raise _refused("number", "choice.invalid", _("There is no such line."))
    line = lines[number - 1]
    if category not in CostCategory.values or category == line.category:
        raise _refused("category", "choice.invalid", _("Choose another category than the line has."))
    if is_blank(reason):
        raise _refused("reason", "reason.required", _("Say why the line belongs there."))
    if category == CostCategory.RECURRENT and line.amount >= request.own_amount:
        raise _refused(
            "category", "amount.min", _("Then the request would ask for no non-recurrent money: return it instead.")
        )
    return line


def _refused(name: str, code: str, message: Text) -> InvalidInput:
    fields: FieldErrors = {name: [message]}
    return InvalidInput(code, message, fields=fields)
