"""What is there already and could perhaps be reused: similar projects, their requests, and the tools they use (K4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from funding.models import FundingRequest, RequestStatus
from projects.models import Project, Resource
from projects.selectors import similar

SHOWN = 5
TOOLS = (Resource.Kind.MODEL, Resource.Kind.SYSTEM)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing to look at, why it is offered, and where it is."""

    reference: str
    title: str
    why: str
    address: str


def candidates(
    user: User, *, title_en: str, title_zh_hant: str, project: Project | None, besides: int | None = None
) -> list[Candidate]:
    """At most five of each kind, the likest projects first; nothing while nothing is typed."""
    alike = similar.to_typed(user, title_en, title_zh_hant, besides=project.pk if project else None)
    found = [_project(one.project, one.why) for one in alike]
    keys = [one.project.pk for one in alike]
    near = [*keys, *([project.pk] if project else [])]
    earlier = FundingRequest.objects.visible_to(user).filter(project__in=near).exclude(status=RequestStatus.DRAFT)
    found += [_request(one, _("asked for one of these projects")) for one in earlier.exclude(pk=besides or 0)[:SHOWN]]
    in_use = Q(uses__ends_on__isnull=True) | Q(uses__ends_on__gt=clock.today())
    tools = Resource.objects.visible_to(user).filter(
        in_use, kind__in=TOOLS, uses__project__in=keys, withdrawn_at__isnull=True
    )
    found += [_tool(one, _("used by one of these projects")) for one in tools.distinct()[:SHOWN]]
    return found


def known(user: User, references: Iterable[str]) -> list[Candidate]:
    """Stored references in words; one that this reader does not see is named by its reference alone."""
    wanted = list(references)
    if not wanted:
        return []
    seen = {
        one.reference: one
        for one in (
            *(_project(row, "") for row in _rows(Project, user, wanted)),
            *(_request(row, "") for row in _rows(FundingRequest, user, wanted)),
            *(_tool(row, "") for row in _rows(Resource, user, wanted)),
        )
    }
    return [seen.get(reference) or Candidate(reference, "", "", "") for reference in wanted]


def together(first: Sequence[Candidate], more: Sequence[Candidate]) -> list[Candidate]:
    """Both lists, each thing once."""
    there = {one.reference for one in first}
    return [*first, *(one for one in more if one.reference not in there)]


def _rows(model: Any, user: User, references: list[str]) -> Any:
    return model.objects.visible_to(user).filter(reference__in=references)


def _project(project: Project, why: str) -> Candidate:
    address = reverse("projects:project-detail", args=[project.reference])
    return Candidate(project.reference, project.in_language("title"), why, address)


def _request(request: FundingRequest, why: str) -> Candidate:
    address = reverse("funding:request-detail", args=[request.reference])
    return Candidate(request.reference, request.in_language("title"), why, address)


def _tool(tool: Resource, why: str) -> Candidate:
    return Candidate(tool.reference, tool.in_language("name"), why, reverse("projects:resource", args=[tool.reference]))
