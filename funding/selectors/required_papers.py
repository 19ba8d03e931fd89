"""Which papers a request needs and has, and what other required papers would ask of open requests."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from core.policy import found_on
from funding.models import FundingRequest, RequiredPapers
from funding.policy_words import Difference, differences, papers_say
from funding.rules.lifecycle import UNDECIDED
from funding.services import required_papers as services
from funding.services.frozen import WORD
from work.models import Document


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper that the tier asks for, and whether it is with the request."""

    label: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """An open request, and the papers that it would have to bring."""

    request: FundingRequest
    papers: Sequence[str]


@dataclass(frozen=True, slots=True)
class PapersImpact:
    """What differs from the papers before, and which open requests would lack one. They keep their own rule."""

    replaces: RequiredPapers | None
    differences: Sequence[Difference]
    judged: int
    lacking: Sequence[Lacking]


def required_papers() -> "QuerySet[RequiredPapers]":
    rows = RequiredPapers.objects.select_related("proposed_by", "approved_by", "withdrawn_by")
    return rows.order_by("-starts_on", "-pk")


def of_request(request: FundingRequest | None, tier: str) -> list[Paper]:
    """Each paper that the tier asks for, with whether it is there. Nothing is there before a draft is saved."""
    kinds = services.wanted(request, tier)
    there = services.attached(request) if kinds and request else set()
    return [Paper(services.paper_label(kind), kind in there) for kind in kinds]


def papers_impact(papers: RequiredPapers, user: User) -> PapersImpact:
    """Which open requests that the reader may see would lack a paper if the proposal applied to them."""
    replaces = found_on(required_papers(), papers.starts_on)
    rows = FundingRequest.objects.visible_to(user).filter(status__in=UNDECIDED).order_by("reference")
    requests = list(rows)
    there = defaultdict(set)
    documents = Document.objects.filter(
        subject_kind=WORD, subject_id__in=[one.pk for one in requests], withdrawn_at__isnull=True
    )
    for subject, kind in documents.values_list("subject_id", "kind"):
        there[subject].add(kind)
    found = [(one, [kind for kind in papers.of_tier(one.tier) if kind not in there[one.pk]]) for one in requests]
    return PapersImpact(
        replaces=replaces,
        differences=differences(papers_say(replaces), papers_say(papers)) if replaces else (),
        judged=len(requests),
        lacking=[Lacking(one, [services.paper_label(kind) for kind in kinds]) for one, kinds in found if kinds],
    )
