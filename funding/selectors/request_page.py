"""Everything the page of one request shows, gathered once."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from funding import services, wording
from funding.forms import CommitForm
from funding.models import CostLine, FundingRequest, RequestStatus, RequestStep, RequestVersion, Round
from funding.rules.tiers import Route
from funding.selectors import money, requests, rounds, routes
from projects.models import Procedure


@dataclass(frozen=True, slots=True)
class RequestPage:
    """`rounds` are those this person may see; `route` is empty while a draft has no amount yet."""

    stages: list[requests.Stage]
    holder: requests.Holder | None
    route: str
    related: Sequence[routes.RelatedLine]
    lines: Sequence[CostLine]
    procedures: Sequence[Procedure]
    versions: Sequence[RequestVersion]
    steps: Sequence[RequestStep]
    rounds: Sequence[Round]
    decisions: list[money.DecisionRow]


def request_page(
    user: User, request: FundingRequest, *, refused_commit: tuple[int, CommitForm] | None = None
) -> RequestPage:
    steps = list(request.steps.select_related("person"))
    procedures = list(request.procedures.all())
    route = _route(user, request, [procedure.pk for procedure in procedures])
    holder = requests.holder(request)
    return RequestPage(
        stages=requests.stages(request, holder),
        holder=holder,
        route=wording.route_sentence(route) if route else "",
        related=routes.related_lines(route) if route else (),
        lines=list(request.lines.all()),
        procedures=procedures,
        versions=list(request.versions.select_related("submitted_by").order_by("-number")),
        steps=steps[::-1],
        rounds=list(rounds.for_list(user).filter(request=request)),
        decisions=money.decision_rows(user, request, refused=refused_commit),
    )


def _route(user: User, request: FundingRequest, procedure_ids: list[int]) -> Route | None:
    """The route as it stands, which a withdrawn request or a draft without amounts does not have."""
    if not request.own_amount or request.status == RequestStatus.WITHDRAWN:
        return None
    return services.explain_route(
        actor=user,
        project_id=request.project_id,
        own_amount=request.own_amount,
        linked_ids=[linked.pk for linked in request.linked.all()],
        procedure_ids=procedure_ids,
        request_id=request.pk,
    )
