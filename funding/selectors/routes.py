"""The route of a request, explained before and after it is submitted (DESIGN 4)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.errors import DomainError
from core.models import LedgerEntry
from core.policy import in_force
from funding import facts, services, wording
from funding.forms import RequestForm
from funding.models import FundingPolicy, FundingRequest, RequestStatus, Tier
from funding.rules import tiers
from funding.rules.service_times import Likely
from funding.rules.tiers import Route
from funding.selectors import clock, required_papers
from funding.selectors.required_papers import Paper

BODIES = {
    Tier.DEPARTMENT: gettext_lazy("the Head of Department"),
    Tier.WORKING_GROUP: gettext_lazy("the digitalisation working group"),
    Tier.LEGCO: gettext_lazy("the Finance Committee of the Legislative Council"),
}


@dataclass(frozen=True, slots=True)
class RelatedLine:
    """A request counted together with this one: its reference, or words where the reader may not see it."""

    reference: str
    amount: Decimal
    link: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The route of what would be submitted today, and when its answer is likely."""

    route: Route
    answer: Likely | None


@dataclass(frozen=True, slots=True)
class Explained:
    """What the page says about who decides: `sentence` is empty while too little is typed, and `missing` says what."""

    own: Decimal
    sentence: str = ""
    tier: str = ""
    body: str | Promise = ""
    assessed: Decimal = Decimal("0.00")
    related: Sequence[RelatedLine] = ()
    papers: list[str] = field(default_factory=list)
    needed: Sequence[Paper] = ()
    answer: str = ""
    missing: str = ""
    faults: list[str] = field(default_factory=list)


def explained(user: User, form: RequestForm) -> Explained:
    """The route of what stands in the form now, typed or stored; unreadable amounts are named."""
    known = form.so_far()
    project, own = known.pop("project"), known.pop("own_amount")
    faults = form.amount_faults()
    if project is None or not own:
        return Explained(own, missing=_("Choose a project and type an amount to see who decides."), faults=faults)
    try:
        route = services.explain_route(
            actor=user,
            project_id=project.pk,
            own_amount=own,
            request_id=form.stored.pk if form.stored else None,
            **known,
        )
    except DomainError as refusal:
        return Explained(own, missing=str(refusal.message), faults=faults)
    return Explained(
        own,
        sentence=wording.route_sentence(route),
        tier=route.tier,
        body=BODIES[Tier(route.tier)],
        assessed=route.assessed,
        related=related_lines(route),
        papers=papers(route.tier),
        needed=required_papers.of_request(form.stored, route.tier),
        answer=clock.answer_words(clock.if_filed(route.tier, form.stored)),
        faults=faults,
    )


def preview(route: Route, stored: FundingRequest | None) -> Preview:
    return Preview(route, clock.if_filed(route.tier, stored))


def related_lines(route: Route) -> list[RelatedLine]:
    hidden = _("another department’s request")
    return [RelatedLine(one.reference or hidden, one.amount, wording.link_words(one.why)) for one in route.related]


def of_request(user: User, request: FundingRequest) -> Route | None:
    """Why this body decides it: of a draft as it would be routed today, later the route that was stored.

    What was decided keeps its route, whatever is linked to it afterwards (DESIGN 4).
    """
    if request.policy is not None:
        return _stored(request, request.policy)
    return _live(user, request) if request.status == RequestStatus.DRAFT else None


def sentence_at(request: FundingRequest, position: int) -> str:
    """The same as it was told last before an entry of the ledger, whatever has moved since."""
    told = LedgerEntry.objects.filter(subject=request.ledger_ref, position__lt=position).order_by("-position")
    said = next((entry.facts for entry in told if "policy_from" in entry.facts), None)
    if said is None:
        return ""
    policy = in_force(FundingPolicy.objects.all(), date.fromisoformat(said["policy_from"]))
    own, assessed = Decimal(said["own_amount"]), Decimal(said["assessed_amount"])
    line = tiers.tier_for(assessed, facts.tier_lines(policy))
    return wording.route_sentence(Route(said["tier"], own, assessed, line, raised=said["raised"]))


def related(user: User, request: FundingRequest) -> list[RelatedLine]:
    """The requests counted together with this one, as things stand now."""
    route = _live(user, request)
    return related_lines(route) if route else []


def _stored(request: FundingRequest, policy: FundingPolicy) -> Route:
    line = tiers.tier_for(request.assessed_amount, facts.tier_lines(policy))
    return Route(request.tier, request.own_amount, request.assessed_amount, line, raised=request.raised)


def _live(user: User, request: FundingRequest) -> Route | None:
    if not request.own_amount:
        return None
    return services.explain_route(
        actor=user,
        project_id=request.project_id,
        own_amount=request.own_amount,
        linked_ids=[linked.pk for linked in request.linked.all()],
        procedure_ids=[procedure.pk for procedure in request.procedures.all()],
        programme_id=request.programme_id,
        supplements_id=request.supplements_id,
        request_id=request.pk,
    )


def papers(tier: str) -> list[str]:
    """What the body wants to read."""
    base = [_("this form, with the justification and the procedures served")]
    if tier == Tier.DEPARTMENT:
        return base
    base.append(_("the statement of the Head of Department"))
    if tier == Tier.LEGCO:
        base.append(_("a paper for the Panel and one for the Finance Committee (FCR), after the recommendation"))
    return base
