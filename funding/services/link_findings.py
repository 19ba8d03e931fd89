"""Findings about links: the secretary joins two requests; cutting takes a second person too (DESIGN 4)."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, NotVisible
from core.text import is_blank
from funding import policies
from funding.models import FundingRequest, LinkFinding
from funding.rules import group
from funding.rules.group import Member
from funding.rules.lifecycle import UNDECIDED
from funding.services import links, locks, routing
from funding.services.recording import Entry, record

Kind, Status = LinkFinding.Kind, LinkFinding.Status


@transaction.atomic
def propose_cut(*, actor: User, request_id: int, other_id: int, reason: str) -> LinkFinding:
    """The secretary finds that linked requests do not belong together; nothing changes until a second person agrees."""
    for key in (request_id, other_id):
        if not FundingRequest.objects.visible_to(actor).filter(pk=key).exists():
            raise NotVisible("request.none", _("There is no such request for you."))
    first, second = locked_pair(request_id, other_id)
    policies.can_propose_cut(actor, first, second).or_raise()
    _require(reason)
    if not group.link_between(links.member(first), links.member(second)):
        raise Conflict("link.none", _("No link joins these two requests, so there is nothing to cut."))
    if LinkFinding.objects.filter(first=first, second=second, status=Status.PROPOSED).exists():
        raise Conflict("finding.proposed", _("This finding waits for a second person already."))
    finding = LinkFinding.objects.create(
        kind=Kind.CUTS,
        status=Status.PROPOSED,
        first=first,
        second=second,
        reason=reason,
        found_by=actor.person,
        found_at=clock.now(),
    )
    record(actor, Entry("link.cut_proposed", first, _told(finding, first, second)))
    return finding


@transaction.atomic
def confirm_cut(*, actor: User, finding_id: int, agree: bool, reason: str) -> LinkFinding:
    """A second person of the Team agrees, and the link is cut; or turns the finding down, and nothing changes."""
    seen = LinkFinding.objects.visible_to(actor).filter(pk=finding_id).first()
    if seen is None:
        raise NotVisible("finding.none", _("There is no such finding for you."))
    first, second = locked_pair(seen.first_id, seen.second_id)
    finding = LinkFinding.objects.select_for_update().get(pk=finding_id)
    policies.can_confirm_cut(actor, finding).or_raise()
    _require(reason)
    connected = links.connected_with(links.member(first))
    if agree:
        _replace_standing(first, second)
    finding.status = Status.STANDS if agree else Status.TURNED_DOWN
    finding.second_by, finding.second_at, finding.second_reason = actor.person, clock.now(), reason
    finding.save(update_fields=["status", "second_by", "second_at", "second_reason"])
    told = Entry("link.cut" if agree else "link.cut_refused", first, _told(finding, first, second))
    record(actor, told, *(_routed_anew(first, second, actor=actor, also=connected) if agree else ()))
    return finding


def join(first: FundingRequest, second: FundingRequest, *, actor: User, reason: str) -> list[Entry]:
    """Count two locked requests together from now on, in place of any earlier finding about them."""
    _replace_standing(first, second)
    finding = LinkFinding.objects.create(
        kind=Kind.JOINS,
        status=Status.STANDS,
        first=first,
        second=second,
        reason=reason,
        found_by=actor.person,
        found_at=clock.now(),
    )
    joined = Entry("link.joined", first, _told(finding, first, second))
    return [joined, *_routed_anew(first, second, actor=actor)]


def locked_pair(one: int, other: int) -> tuple[FundingRequest, FundingRequest]:
    """Both requests locked, lower key first, after the links of both groups."""
    low, high = sorted((one, other))
    rows = {row.pk: row for row in FundingRequest.objects.filter(pk__in=[low, high])}
    if len(rows) != 2:
        raise NotVisible("request.none", _("There is no such request for you."))
    start = links.member(rows[low])
    links.hold(replace(start, declared=start.declared | {high}))
    return locks.request_row(low), locks.request_row(high)


def _replace_standing(first: FundingRequest, second: FundingRequest) -> None:
    for earlier in LinkFinding.objects.standing().filter(first=first, second=second):
        earlier.status = Status.REPLACED
        earlier.save(update_fields=["status"])


def _routed_anew(
    first: FundingRequest, second: FundingRequest, *, actor: User, also: Sequence[Member] = ()
) -> list[Entry]:
    """Every undecided request of either group, by the one routing function."""
    entries = routing.settle_one(first, actor=actor, because=second.reference) if first.status in UNDECIDED else []
    return [*entries, *routing.settle_others(first, actor=actor, also=also)]


def _require(reason: str) -> None:
    if is_blank(reason):
        message = _("Give the reason for the finding.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})


def _told(finding: LinkFinding, first: FundingRequest, second: FundingRequest) -> dict[str, ledger.Fact]:
    """Who found it stays in the entry of the second person, who agrees to a finding and not to a name."""
    return {
        "finding": finding.pk,
        "pair": [first.reference, second.reference],
        "reason": finding.reason,
        "found_by": finding.found_by.ledger_ref,
        "second_reason": finding.second_reason,
    }
