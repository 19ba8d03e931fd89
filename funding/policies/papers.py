"""Whether a submitted request carries the papers of the tier that decides it now (DESIGN 4)."""

from django.utils.translation import gettext as _

from core.errors import Conflict
from core.verdicts import Verdict
from funding import paper_facts
from funding.models import FundingRequest
from funding.policies.lookalikes import nothing_asked
from funding.policies.reviews import reviews_passed
from work.models import DocumentKind


def ready_to_decide(request: FundingRequest) -> Verdict:
    """Nothing is decided while a look-alike question could raise the tier, a review waits, or a paper is missing."""
    for waits in (nothing_asked(request), reviews_passed(request)):
        if not waits:
            return waits
    return papers_are_there(request)


def papers_are_there(request: FundingRequest) -> Verdict:
    """A tier that rose after submission wants papers that were not asked for then: the next version brings them."""
    missing = paper_facts.missing([request]).get(request.pk)
    if not missing:
        return Verdict.yes()
    named = _(", ").join(str(DocumentKind(kind).label) for kind in missing)
    reason = _(
        "The body that decides now wants papers that this request does not carry: %(papers)s. The department adds them"
        " and submits a new version."
    ) % {"papers": named}
    return Verdict.no("papers.missing", reason, error=Conflict)
