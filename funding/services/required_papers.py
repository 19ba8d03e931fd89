"""Which papers go with a request, as dated policy, and the refusal of a request that lacks one (DESIGN 4)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict
from core.policy import found_on, refuse_overlap, refuse_past
from funding import policies
from funding.models import PAPERS, FundingRequest, RequiredPapers
from funding.services import dated, frozen
from work.models import DocumentKind

OFFERED = [str(kind) for kind in PAPERS]


@transaction.atomic
def propose_required_papers(
    *,
    actor: User,
    starts_on: date,
    source: str,
    department_papers: Sequence[str] = (),
    working_group_papers: Sequence[str] = (),
    legco_papers: Sequence[str] = (),
) -> RequiredPapers:
    """Propose the papers of each tier from a day on, until the next ones. Nothing changes until approved."""
    policies.can_propose_policy(actor).or_raise()
    refuse_past(starts_on, today=clock.today())
    dated.refuse_unsourced(source)
    said = {
        "department_papers": department_papers,
        "working_group_papers": working_group_papers,
        "legco_papers": legco_papers,
    }
    for name, kinds in said.items():
        for kind in kinds:
            dated.refuse_unknown(name, kind, OFFERED)
    refuse_overlap(RequiredPapers.objects.all(), starts_on)
    ordered = {name: [kind for kind in OFFERED if kind in kinds] for name, kinds in said.items()}
    papers = RequiredPapers.objects.create(starts_on=starts_on, source=source, proposed_by=actor.person, **ordered)
    ledger.record("required_papers.proposed", actor=actor, subject=papers, facts=_told(papers))
    return papers


@transaction.atomic
def approve_required_papers(*, actor: User, papers_id: int) -> RequiredPapers:
    """Put proposed papers in force from their first day. A request keeps those of its first submission."""
    papers = dated.locked(RequiredPapers.objects.all(), actor=actor, number=papers_id)
    dated.approve(papers, actor=actor, rows=RequiredPapers.objects.all())
    ledger.record("required_papers.approved", actor=actor, subject=papers, facts=_told(papers))
    return papers


@transaction.atomic
def withdraw_required_papers(*, actor: User, papers_id: int, reason: str) -> RequiredPapers:
    papers = dated.locked(RequiredPapers.objects.all(), actor=actor, number=papers_id)
    dated.withdraw(papers, actor=actor, reason=reason, action="required_papers.withdrawn")
    return papers


def wanted(request: FundingRequest | None, tier: str) -> list[str]:
    """The kinds of paper this tier asks for on the day the request was first submitted; of a draft, today."""
    filed = request.first_submitted_at if request else None
    rule = found_on(RequiredPapers.objects.all(), clock.hong_kong_day(filed) if filed else clock.today())
    return rule.of_tier(tier) if rule else []


def attached(request: FundingRequest) -> set[str]:
    """The kinds of the papers that would be frozen with the request now."""
    return {version.document.kind for version in frozen.attached(request)}


def refuse_missing(request: FundingRequest) -> None:
    """A routed request is not submitted without the papers of its tier; the refusal names each that is missing."""
    kinds = wanted(request, request.tier)
    there = attached(request) if kinds else set()
    missing = [kind for kind in kinds if kind not in there]
    if missing:
        named = _(", ").join(paper_label(kind) for kind in missing)
        raise Conflict("papers.missing", _("Add these papers before you submit: %(papers)s.") % {"papers": named})


def paper_label(kind: str) -> str:
    return str(DocumentKind(kind).label)


def _told(papers: RequiredPapers) -> dict[str, ledger.Fact]:
    kinds: dict[str, ledger.Fact] = {name: list(getattr(papers, name)) for name in RequiredPapers.COLUMNS.values()}
    return {"starts_on": papers.starts_on.isoformat(), "source": papers.source, **kinds}
