"""The life of a request between its draft and its decision: submitted, revised, endorsed, screened, withdrawn."""

from typing import Any, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import InvalidInput
from core.text import is_blank
from funding import policies
from funding.models import FundingRequest, Outcome, RequestStatus, RequestVersion, Tier
from funding.rules.group import Member
from funding.services import (
    deferring,
    drafts,
    frozen,
    links,
    locks,
    lookalikes,
    reclassifying,
    required_papers,
    reviews,
    routing,
)
from funding.services.drafts import RequestFields
from funding.services.recording import Entry, end_open_round, move, record


@transaction.atomic
def submit_request(*, actor: User, request_id: int, expected_version: int) -> FundingRequest:
    """Freeze the draft as version 1, choose its tier, and route every related request anew."""
    _hold_links(request_id)
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_submit(actor, request).or_raise()
    drafts.expect(request, expected_version)
    _refuse_nothing_asked(request)
    _refuse_unanswered(request)
    request.first_submitted_at = clock.now()
    request.policy = routing.policy_today()
    drafts.remember_editor(request, actor)
    routing.settle(request)
    required_papers.refuse_missing(request)
    version = frozen.freeze(request, actor=actor, reason="")
    move(request, "submit", actor=actor, columns=("first_submitted_at", "submitted_version", *routing.ROUTE))
    rerouted = routing.settle_others(request, actor=actor)
    asked = [*lookalikes.ask(request), *reviews.ask(request)]
    record(actor, Entry("request.submitted", request, _submitted(request, version)), *rerouted, *asked)
    return request


@transaction.atomic
def revise_request(
    *, actor: User, request_id: int, expected_version: int, reason: str, **fields: Unpack[RequestFields]
) -> FundingRequest:
    """Submit a new version with its reason. An open round ends; endorsement and screening are done again."""
    _hold_links(request_id, fields)
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_revise(actor, request).or_raise()
    drafts.expect(request, expected_version)
    _require(reason, "reason", _("Say why the request is revised."))
    ended = end_open_round(request, Outcome.SUPERSEDED)
    deferring.end_deferral(request, actor=actor, because=reason)
    assessed_before = request.assessed_amount
    drafts.write(request, actor=actor, fields=fields)
    _refuse_nothing_asked(request)
    _refuse_unanswered(request)
    reclassifying.keep(request)
    routing.settle_revised(request, assessed_before=assessed_before)
    required_papers.refuse_missing(request)
    version = frozen.freeze(request, actor=actor, reason=reason)
    columns = (*drafts.CONTENT, "submitted_version", *routing.ROUTE)
    move(request, "revise", actor=actor, note=reason, columns=columns)
    rerouted = routing.settle_others(request, actor=actor)
    told = {**_submitted(request, version), "reason": reason}
    asked = [*lookalikes.ask(request), *reviews.ask(request)]
    record(actor, *ended, Entry("request.revised", request, told), *rerouted, *asked)
    return request


@transaction.atomic
def withdraw_request(*, actor: User, request_id: int, reason: str) -> FundingRequest:
    """Take the request back, with a reason; it stays on record. Related requests are routed without it."""
    _hold_links(request_id)
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_withdraw(actor, request).or_raise()
    _require(reason, "reason", _("Say why the request is withdrawn."))
    ended = end_open_round(request, Outcome.WITHDRAWN)
    deferring.end_deferral(request, actor=actor, because=reason)
    was_draft = request.status == RequestStatus.DRAFT
    move(request, "withdraw", actor=actor, note=reason)
    rerouted = [] if was_draft else routing.settle_others(request, actor=actor)
    lookalikes.drop(request)
    record(actor, *ended, Entry("request.withdrawn", request, {"reason": reason}), *rerouted)
    return request


@transaction.atomic
def endorse_request(*, actor: User, request_id: int, statement: str) -> FundingRequest:
    """The Head of Department stands behind the request; the statement goes with the paper."""
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_endorse(actor, request).or_raise()
    _require(statement, "statement", _("Write the statement that goes with the paper."))
    move(request, "endorse", actor=actor, note=statement)
    told: dict[str, ledger.Fact] = {"version": request.submitted_version, "statement": statement}
    record(actor, Entry("request.endorsed", request, told))
    return request


@transaction.atomic
def screen_request(*, actor: User, request_id: int, note: str = "") -> FundingRequest:
    """The secretary finds the paper complete.

    A request no head may endorse, because all are involved in it, comes here straight from submission;
    if it was in the department's tier it goes to the working group in the same act.
    """
    _hold_links(request_id)
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_screen(actor, request).or_raise()
    rerouted = []
    if request.tier == Tier.DEPARTMENT:
        rerouted = routing.settle_one(request, actor=actor, because=request.reference)
    endorsed = request.status == RequestStatus.ENDORSED
    move(request, "screen", actor=actor, note=note)
    told: dict[str, ledger.Fact] = {"version": request.submitted_version, "endorsed": endorsed}
    record(actor, *rerouted, Entry("request.screened", request, told))
    return request


def _hold_links(request_id: int, fields: RequestFields | None = None) -> None:
    """Hold the group of a request as stored and as it is about to be, before the request itself is locked."""
    stored = FundingRequest.objects.filter(pk=request_id).first()
    if stored is None:
        return
    start = links.member(stored)
    if fields:
        start = Member(
            key=start.key,
            project=start.project,
            first_submitted_on=start.first_submitted_on,
            counts=None,
            procedures=start.procedures | frozenset(fields.get("procedure_ids", ())),
            declared=start.declared | frozenset(fields.get("linked_ids", ())),
            programme=start.programme or fields.get("programme_id"),
            supplements=start.supplements or fields.get("supplements_id"),
        )
    links.hold(start)


def _submitted(request: FundingRequest, version: RequestVersion) -> dict[str, ledger.Fact]:
    return {"version": version.number, "digest": version.digest, **routing.route_facts(request)}


def _refuse_nothing_asked(request: FundingRequest) -> None:
    if not request.own_amount > 0:
        message = _("The request asks for no non-recurrent money: add at least one line over HK$0.00.")
        raise InvalidInput("amount.min", message, fields={"lines": [message]})


def _refuse_unanswered(request: FundingRequest) -> None:
    """Whether something that is there could be reused is asked before new money is (FEATURES K4)."""
    if not request.reuse:
        message = _("Say whether something that is there already could be reused (part 5 of the form).")
        raise InvalidInput("reuse.unanswered", message, fields={"reuse": [message]})


def _require(text: str, field: str, message: Any) -> None:
    if is_blank(text):
        raise InvalidInput(f"{field}.required", message, fields={field: [message]})
