"""Everything the page of one request shows, gathered once."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from core.forms import TrackerForm
from funding import wording
from funding.forms import CommitForm
from funding.models import (
    CostLine,
    FundingRequest,
    Reclassification,
    Reminder,
    RequestStatus,
    RequestStep,
    RequestVersion,
    Round,
)
from funding.rules.tiers import Route
from funding.selectors import besides, money, outcomes, requests, required_papers, rounds, routes
from funding.selectors.besides import Besides
from funding.selectors.clock import Clock, clock_of, told
from funding.selectors.holders import Holder, holder
from funding.selectors.outcomes import Outcomes
from funding.selectors.required_papers import Paper
from projects.models import Procedure


@dataclass(frozen=True, slots=True)
class RequestPage:
    """`rounds` are those this person may see; `route` is empty while a draft has no amount yet."""

    stages: list[requests.Stage]
    holder: Holder | None
    clock: Clock | None
    reminders: Sequence[Reminder]
    route: str
    needed: Sequence[Paper]
    lines: Sequence[CostLine]
    besides: Besides
    procedures: Sequence[Procedure]
    versions: Sequence[RequestVersion]
    steps: Sequence[RequestStep]
    rounds: Sequence[Round]
    decisions: list[money.DecisionRow]
    outcomes: Outcomes
    reclassified: Sequence[Reclassification]


def request_page(
    user: User,
    request: FundingRequest,
    *,
    refused_commit: tuple[int, CommitForm] | None = None,
    refused_answer: tuple[int, TrackerForm] | None = None,
) -> RequestPage:
    lines = list(request.lines.all())
    versions = list(request.versions.select_related("submitted_by").order_by("-number"))
    steps = list(request.steps.select_related("person"))
    waits = clock_of(request)
    route = routes.of_request(user, request)
    here = waits.holder if waits else holder(request)
    return RequestPage(
        stages=requests.stages(request, here),
        holder=here,
        clock=waits,
        reminders=told(waits),
        route=wording.route_sentence(route) if route else "",
        needed=_needed(request, route, waits),
        lines=lines,
        besides=besides.of_newest(user, request, versions[0]) if versions else besides.of_request(user, request, lines),
        procedures=list(request.procedures.all()),
        versions=versions,
        steps=steps[::-1],
        rounds=list(rounds.for_list(user).filter(request=request)),
        decisions=money.decision_rows(user, request, refused=refused_commit),
        outcomes=outcomes.of_request(user, request, steps, refused=refused_answer),
        reclassified=_reclassified(request, steps),
    )


def _needed(request: FundingRequest, route: Route | None, waits: Clock | None) -> list[Paper]:
    """While it is with the applicant: the papers without which it is not submitted; later those it still lacks."""
    if waits and waits.missing and request.status != RequestStatus.RETURNED:
        return [Paper(label, is_there=False) for label in waits.missing]
    if route is None or request.status not in (RequestStatus.DRAFT, RequestStatus.RETURNED):
        return []
    return required_papers.of_request(request, route.tier)


def _reclassified(request: FundingRequest, steps: Sequence[RequestStep]) -> Sequence[Reclassification]:
    """Asked only where the steps say that it happened."""
    if all(step.move != "reclassify" for step in steps):
        return ()
    return list(request.reclassifications.select_related("by"))
