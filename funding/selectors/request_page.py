"""Everything the page of one request shows, gathered once."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from funding.forms import CommitForm
from funding.models import CostLine, FundingRequest, RequestStep, RequestVersion, Round
from funding.selectors import money, requests, rounds, routes
from projects.models import Procedure


@dataclass(frozen=True, slots=True)
class RequestPage:
    """`rounds` are those this person may see; `route` is empty while a draft has no amount yet."""

    stages: list[requests.Stage]
    holder: requests.Holder | None
    route: str
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
    holder = requests.holder(request)
    return RequestPage(
        stages=requests.stages(request, holder),
        holder=holder,
        route=routes.sentence_of(user, request),
        lines=list(request.lines.all()),
        procedures=list(request.procedures.all()),
        versions=list(request.versions.select_related("submitted_by").order_by("-number")),
        steps=steps[::-1],
        rounds=list(rounds.for_list(user).filter(request=request)),
        decisions=money.decision_rows(user, request, refused=refused_commit),
    )
