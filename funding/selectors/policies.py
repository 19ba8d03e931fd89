"""What a proposed policy or voting rule would change, over the requests and rounds there are. Writes nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, prefetch_related_objects

from accounts.models import User
from core import clock
from core.policy import found_on
from core.working_days import add
from funding import facts
from funding.models import FundingPolicy, FundingRequest, Round, RoundStatus, ServiceTimes, Tier, VotingRule
from funding.policy_words import Difference, differences, policy_says, rule_says, times_say
from funding.rules import group, tally, tiers
from funding.rules.families import families
from funding.rules.lifecycle import UNDECIDED
from funding.rules.service_times import stage as stage_of
from funding.rules.tally import Finding
from funding.selectors.clock import overdue_first
from funding.services import links, routing


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides: a tier and the body that votes on it."""

    tier: str
    body: str

    @property
    def label(self) -> str:
        return str(Tier(self.tier).label)


@dataclass(frozen=True, slots=True)
class MovedRequest:
    """An open request that another tier or body would decide if the proposed lines applied to it."""

    request: FundingRequest
    before: Decider
    after: Decider
    assessed_before: Decimal
    assessed_after: Decimal


@dataclass(frozen=True, slots=True)
class Load:
    """Open requests of one tier: as they stand, and if the proposed lines applied to them."""

    tier: str
    before: int
    after: int

    @property
    def label(self) -> str:
        return str(Tier(self.tier).label)


@dataclass(frozen=True, slots=True)
class PolicyImpact:
    """What differs from the policy it would follow, and which open requests the reader sees would move."""

    replaces: FundingPolicy | None
    differences: Sequence[Difference]
    judged: int
    loads: Sequence[Load]
    moved: Sequence[MovedRequest]


@dataclass(frozen=True, slots=True)
class Recounted:
    """A published round that the proposed rule would have found otherwise. Its result stands."""

    round: Round
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RuleImpact:
    """What differs from the rule it would follow, the quorum of the body's seats, and past rounds counted again."""

    replaces: VotingRule | None
    differences: Sequence[Difference]
    seats: int
    quorum_before: int | None
    quorum_after: int
    counted: int
    recounted: Sequence[Recounted]
    open_rounds: int


@dataclass(frozen=True, slots=True)
class TimesImpact:
    """What differs from the times before, and how many open requests would be late today under the new ones."""

    replaces: ServiceTimes | None
    differences: Sequence[Difference]
    judged: int
    late_before: int
    late_after: int


def funding_policies() -> "QuerySet[FundingPolicy]":
    """Every policy with its lines and people, the latest first."""
    rows = FundingPolicy.objects.select_related("proposed_by", "approved_by", "withdrawn_by")
    return rows.prefetch_related("lines__body").order_by("-starts_on", "-pk")


def voting_rules() -> "QuerySet[VotingRule]":
    rows = VotingRule.objects.select_related("body", "proposed_by", "approved_by", "withdrawn_by")
    return rows.order_by("-starts_on", "-pk")


def service_times() -> "QuerySet[ServiceTimes]":
    return ServiceTimes.objects.select_related("proposed_by", "approved_by", "withdrawn_by").order_by(
        "-starts_on", "-pk"
    )


def times_impact(times: ServiceTimes, user: User) -> TimesImpact:
    """Which open requests that the reader may see would be late today under the proposed times."""
    replaces = found_on(service_times(), times.starts_on)
    found = overdue_first(user)
    today = clock.today()
    stages = [(one, stage_of(one.request.status, one.request.tier)) for one in found]
    late = [
        one
        for one, stage in stages
        if stage and add(clock.hong_kong_day(one.request.holder_since), times.days[stage]) < today
    ]
    return TimesImpact(
        replaces=replaces,
        differences=differences(times_say(replaces), times_say(times)) if replaces else (),
        judged=len(found),
        late_before=sum(one.is_overdue for one in found),
        late_after=len(late),
    )


def policy_impact(policy: FundingPolicy, user: User) -> PolicyImpact:
    """Route every open request that the reader may see as if the proposed policy were its own."""
    prefetch_related_objects([policy], "lines__body")
    replaces = found_on(funding_policies(), policy.starts_on)
    rows = (
        FundingRequest.objects.visible_to(user)
        .filter(status__in=UNDECIDED)
        .select_related("project", "policy", "appeal__against")
    )
    requests = list(rows.prefetch_related("policy__lines__body").order_by("reference"))
    deciders = {request.pk: _decider(request.tier, request.policy) for request in requests}
    routes = _routes(policy, requests)
    moved = [
        MovedRequest(
            request=request,
            before=deciders[request.pk],
            after=_decider(routes[request.pk].tier, policy),
            assessed_before=request.assessed_amount,
            assessed_after=routes[request.pk].assessed,
        )
        for request in requests
        if _decider(routes[request.pk].tier, policy) != deciders[request.pk]
    ]
    now, then = (Counter(tiers_of) for tiers_of in ((r.tier for r in requests), (r.tier for r in routes.values())))
    return PolicyImpact(
        replaces=replaces,
        differences=differences(policy_says(replaces), policy_says(policy)) if replaces else (),
        judged=len(requests),
        loads=[Load(tier, now[tier], then[tier]) for tier in tiers.TIERS],
        moved=moved,
    )


def rule_impact(rule: VotingRule, user: User) -> RuleImpact:
    """Count the body's published rounds that the reader may see again under the proposed rule."""
    replaces = found_on(VotingRule.objects.filter(body=rule.body_id), rule.starts_on)
    proposed = facts.voting_rule(rule)
    seats = facts.seats_on(rule.body, clock.today()).count()
    of_body = Round.objects.visible_to(user).filter(body=rule.body_id).select_related("request")
    published = list(of_body.filter(status=RoundStatus.PUBLISHED).order_by("-opened_at"))
    found = [(round_, _finding(round_, proposed)) for round_ in published]
    return RuleImpact(
        replaces=replaces,
        differences=differences(rule_says(replaces), rule_says(rule)) if replaces else (),
        seats=seats,
        quorum_before=facts.voting_rule(replaces).quorum(seats=seats, recused=0) if replaces else None,
        quorum_after=proposed.quorum(seats=seats, recused=0),
        counted=len(published),
        recounted=[
            Recounted(round_, before=round_.result["finding"], after=str(finding))
            for round_, finding in found
            if finding != round_.result["finding"]
        ],
        open_rounds=of_body.filter(status=RoundStatus.OPEN).count(),
    )


def _routes(policy: FundingPolicy, requests: Sequence[FundingRequest]) -> Mapping[int, tiers.Route]:
    """The route of each request under the policy, by the one routing function; a fixed number of queries."""
    submitted = FundingRequest.objects.filter(first_submitted_at__isnull=False)
    everyone = links.members(submitted.values_list("pk", flat=True))
    of_family = families(everyone)
    starts = {one.key: one for one in everyone}
    no_free_head = facts.without_free_head(requests)
    routes = {}
    for request in requests:
        near = [starts[key] for key in of_family[request.pk]]
        related = group.group(starts[request.pk], near, months=policy.linking_months)
        route = routing.route_under(policy, own=request.own_amount, related=related)
        routes[request.pk] = tiers.raise_above_department(route) if request.pk in no_free_head else route
    return routes


def _decider(tier: str, policy: FundingPolicy | None) -> Decider:
    lines = policy.lines.all() if policy else ()
    return Decider(tier, next((str(line.body) for line in lines if line.tier == tier and line.body), ""))


def _finding(round_: Round, rule: tally.VotingRule) -> Finding:
    """What the stored numbers of a round come to under another rule, with the casting vote that was given, if any."""
    numbers = round_.result
    votes = [choice for choice in tally.Choice for _vote in range(numbers[choice])]
    casting = tally.Choice(numbers["casting"]) if numbers.get("casting") else None
    return tally.count(votes, seats=numbers["seats"], recused=numbers["recused"], rule=rule, casting=casting).finding
