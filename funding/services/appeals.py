"""Appeals: a new request that asks for a published decision to be looked at again (DESIGN 4)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import InvalidInput
from core.text import is_blank
from funding import policies
from funding.models import Appeal, Decision, FundingRequest
from funding.services import drafts, locks
from funding.services.recording import Entry, record


@transaction.atomic
def appeal(*, actor: User, request_id: int, ground: str) -> FundingRequest:
    """Draft a new request against the decision of an old one, linked with it and with its lines, and submit it later.

    The old decision stands and stays on its page. The two are counted together like any linked requests.
    """
    old = locks.request_row(request_id, seen_by=actor)
    decision: Decision = policies.can_appeal(actor, old).or_raise()
    if is_blank(ground):
        message = _("Say why the decision should be looked at again.")
        raise InvalidInput("ground.required", message, fields={"ground": [message]})
    columns = ("category", "description", "financial_year", "amount")
    request = drafts.draft_request(
        actor=actor,
        project_id=old.project_id,
        title_en=old.title_en,
        title_zh_hant=old.title_zh_hant,
        justification=ground,
        lines=[dict(line) for line in old.lines.values(*columns)],
        procedure_ids=list(old.procedures.filter(projects=old.project_id).values_list("pk", flat=True)),
        linked_ids=[old.pk],
        reuse=old.reuse,
        reuse_reason=old.reuse_reason,
    )
    Appeal.objects.create(request=request, against=decision, ground=ground, filed_by=actor.person, filed_at=clock.now())
    record(
        actor, Entry("request.appealed", old, {"appeal": request.reference, "decision": decision.pk, "ground": ground})
    )
    return request
