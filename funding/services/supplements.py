"""The draft that asks for what was spent above an approval. From then on it is a request like any other (DESIGN 4)."""

from django.db import transaction

from core import clock
from core.references import next_reference
from funding import money_facts
from funding.models import CostLine, Decision, Envelope, FundingRequest, RequestStatus, Supplement

ANSWERED = (RequestStatus.PUBLISHED, RequestStatus.WITHDRAWN)
TITLE_EN = "Supplement to %s"
TITLE_ZH_HANT = "%s的追加撥款"
TITLE_ZH_HANS = "%s的追加拨款"


@transaction.atomic
def open_if_overspent(decision: Decision, envelope: Envelope, category: str) -> Supplement | None:
    """Draft the supplement of a locked decision that is overspent, unless one is on its way already.

    It is drafted in the name of whoever asked first, with the answer about reuse that was given then, and linked
    to the request, so that both are summed. What is
    spent above a supplement asks for another one of the same first decision.
    """
    excess = money_facts.overspent(decision)
    root = Decision.objects.select_related("request__project").get(pk=money_facts.first_of(decision.pk))
    waiting = root.supplements.exclude(request__status__in=ANSWERED)
    if not excess or waiting.exists():
        return None
    first = root.request
    request = FundingRequest.objects.create(
        reference=next_reference(f"FR-{clock.today().year}"),
        project=first.project,
        department=first.department,
        title_en=TITLE_EN % first.reference,
        title_zh_hant=TITLE_ZH_HANT % first.reference,
        title_zh_hans=TITLE_ZH_HANS % first.reference,
        applicant=first.applicant,
        lead=first.lead,
        own_amount=excess,
        holder_since=clock.now(),
        reuse=first.reuse,
        reuse_reason=first.reuse_reason,
    )
    CostLine.objects.create(
        request=request, category=category, financial_year=envelope.financial_year, amount=excess, description=""
    )
    request.linked.add(first)
    return Supplement.objects.create(decision=root, request=request, amount=excess, opened_at=clock.now())
