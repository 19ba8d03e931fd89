"""The one place where a tier is chosen, for page, API, import and every later change of a sum (DESIGN 4)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import NotVisible, Unprocessable
from core.policy import in_force
from funding import facts
from funding.models import FundingPolicy, FundingRequest, Outcome, RequestStatus, Tier
from funding.rules import conflicts, group, lifecycle, routes, tiers
from funding.rules.group import Member, Related
from funding.rules.lifecycle import UNDECIDED
from funding.rules.tiers import RelatedAmount, Route
from funding.services import links, locks, reviews
from funding.services.recording import Entry, end_open_round, move
from projects.models import Project

LARGEST_SUM = Decimal(10**13)
ROUTE = ("policy", "tier", "raised", "assessed_amount")


def explain_route(
    *,
    actor: User,
    project_id: int,
    own_amount: Decimal,
    linked_ids: Collection[int] = (),
    procedure_ids: Collection[int] = (),
    programme_id: int | None = None,
    supplements_id: int | None = None,
    request_id: int | None = None,
) -> Route:
    """Who would decide this if it were submitted now, and why. Stores nothing.

    Related requests the reader may not see count with their amount and without their reference.
    """
    project = Project.objects.visible_to(actor).filter(pk=project_id).first()
    if project is None:
        raise NotVisible("project.none", _("There is no such project."))
    seen = FundingRequest.objects.visible_to(actor)
    stored = seen.filter(pk=request_id).select_related("project", "policy").first() if request_id else None
    start = Member(
        key=stored.pk if stored else 0,
        project=project.pk,
        first_submitted_on=links.member(stored).first_submitted_on if stored else clock.today(),
        counts=None,
        procedures=frozenset(procedure_ids),
        declared=frozenset(seen.filter(pk__in=linked_ids).values_list("pk", flat=True)),
        programme=programme_id,
        supplements=seen.filter(pk=supplements_id).values_list("pk", flat=True).first() if supplements_id else None,
    )
    others = links.connected_with(start)
    policy = _policy_for(stored, start, others, own_amount)
    related = group.group(start, others, months=policy.linking_months)
    route = route_under(policy, own=own_amount, related=related)
    if _nobody_free(actor, project, stored):
        route = tiers.raise_above_department(route)
    return replace(route, related=_related_amounts(related, seen))


def settle(request: FundingRequest) -> None:
    """Set the route of a locked request from its own amount and its group, under its own policy."""
    start = links.member(request)
    related = group.group(start, links.connected_with(start), months=_policy(request).linking_months)
    _apply(request, route_under(_policy(request), own=request.own_amount, related=related))


def settle_revised(request: FundingRequest, *, assessed_before: Decimal) -> None:
    """As `settle`; a version that raises the assessed amount takes the policy in force today (DESIGN 4)."""
    settle(request)
    if request.assessed_amount > assessed_before:
        request.policy = policy_today()
        settle(request)


def settle_others(around: FundingRequest, *, actor: User | None, also: Sequence[Member] = ()) -> list[Entry]:
    """Route anew every undecided request connected with one that changed; `also` were connected before.

    Links are held already. A sum that falls waits while a round is open; one that raises the tier ends it.
    """
    connected = {one.key for one in (*links.connected_with(links.member(around)), *also)} - {around.pk}
    open_ones = FundingRequest.objects.filter(pk__in=connected, status__in=UNDECIDED).order_by("pk")
    entries = []
    for key in list(open_ones.values_list("pk", flat=True)):
        other = locks.request_row(key)
        if other.status in UNDECIDED:
            entries += settle_one(other, actor=actor, because=around.reference)
    return entries


def settle_one(request: FundingRequest, *, actor: User | None, because: str) -> list[Entry]:
    """Route a locked, undecided request anew and do what a changed tier asks for."""
    before = (request.tier, request.raised, request.assessed_amount)
    settle(request)
    deciding = request.status == RequestStatus.DECIDING
    if deciding and request.assessed_amount < before[2]:
        request.tier, request.raised, request.assessed_amount = before
    if (request.tier, request.raised, request.assessed_amount) == before:
        return []
    entries = []
    if request.tier != before[0]:
        entries = _change_tier(request, actor=actor, because=because)
    else:
        request.version += 1
        request.save(update_fields=[*ROUTE, "version"])
    told = {**route_facts(request), "tier_before": before[0], "because": because}
    return [*entries, Entry("request.rerouted", request, told), *reviews.ask(request)]


def route_facts(request: FundingRequest) -> dict[str, str]:
    return {
        "own_amount": str(request.own_amount),
        "assessed_amount": str(request.assessed_amount),
        "tier": request.tier,
        "raised": request.raised,
        "policy_from": _policy(request).starts_on.isoformat(),
    }


def policy_today() -> FundingPolicy:
    return in_force(FundingPolicy.objects.all(), clock.today())


def come_down(request: FundingRequest, *, actor: User | None, note: str) -> bool:
    """Back to the Head of Department where the tier is the department's now; says whether it went."""
    down = request.tier == Tier.DEPARTMENT and lifecycle.allows(lifecycle.REQUEST, "route_down", request.status)
    if down:
        move(request, "route_down", actor=actor, note=note, columns=ROUTE)
    return down


def _change_tier(request: FundingRequest, *, actor: User | None, because: str) -> list[Entry]:
    note = str(_("The route changed with %(reference)s.") % {"reference": because})
    if request.status == RequestStatus.DECIDING:
        entries = end_open_round(request, Outcome.ROUTE_CHANGED)
        move(request, "end_round", actor=actor, note=note, columns=ROUTE)
        return entries
    if come_down(request, actor=actor, note=note):
        return []
    request.version += 1
    request.save(update_fields=[*ROUTE, "version"])
    return []


def _apply(request: FundingRequest, route: Route) -> None:
    if route.assessed >= LARGEST_SUM:
        raise Unprocessable("amount.max", _("Together with related requests the amount is too large."))
    if facts.heads_all_conflicted(request):
        route = tiers.raise_above_department(route)
    request.tier = route.tier
    request.raised = route.raised
    request.assessed_amount = route.assessed


def route_under(policy: FundingPolicy, *, own: Decimal, related: Sequence[Related]) -> Route:
    """The tier of an amount with its group under one policy, in force or only proposed. Stores nothing."""
    return routes.route(facts.tier_lines(policy), own=own, related=related)


def _policy(request: FundingRequest) -> FundingPolicy:
    if request.policy is None:
        raise ValueError("Only a submitted request has a policy.")
    return request.policy


def _policy_for(
    stored: FundingRequest | None, start: Member, others: Sequence[Member], own_amount: Decimal
) -> FundingPolicy:
    if stored is None or stored.policy is None:
        return policy_today()
    related = group.group(start, others, months=stored.policy.linking_months)
    raises = group.total(own_amount, related) > stored.assessed_amount
    return policy_today() if raises else stored.policy


def _nobody_free(actor: User, project: Project, stored: FundingRequest | None) -> bool:
    if stored is not None:
        return facts.heads_all_conflicted(stored)
    leads = frozenset({project.lead_id}) if project.lead_id else frozenset()
    mine = conflicts.Involved(applicants=frozenset({actor.person_id}), leads=leads)
    return conflicts.all_conflicted(facts.heads(project.department_id, clock.today()), mine.own_item_of)


def _related_amounts(related: Sequence[Related], seen: "QuerySet[FundingRequest]") -> tuple[RelatedAmount, ...]:
    counted = [one for one in related if one.member.counts is not None]
    names = dict(seen.filter(pk__in=[one.member.key for one in counted]).values_list("pk", "reference"))
    return tuple(
        RelatedAmount(names.get(one.member.key, ""), one.member.counts or Decimal(0), one.why) for one in counted
    )
