"""Who answers whether look-alikes belong together, who cuts a link, and what waits for the answer (DESIGN 4)."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict
from core.verdicts import Verdict
from funding import facts
from funding.models import FundingRequest, LinkFinding, LookalikeQuestion
from funding.policies.states import SECRETARY, serves_committee
from funding.rules import tiers

CONFIRM = "funding.confirm_finding"


def can_answer_lookalike(user: User, question: LookalikeQuestion) -> Verdict:
    """The secretary, for questions about other people's requests that are still open."""
    serves = _serves_both(user, question.first, question.second)
    if not serves:
        return serves
    if question.status != LookalikeQuestion.Status.OPEN:
        return Verdict.no("lookalike.answered", _("This question is no longer open."), error=Conflict)
    return Verdict.yes()


def can_propose_cut(user: User, first: FundingRequest, second: FundingRequest) -> Verdict:
    serves = _serves_both(user, first, second)
    if not serves:
        return serves
    if first.first_submitted_at is None or second.first_submitted_at is None:
        return Verdict.no("state.move", _("A finding is about requests that were submitted."), error=Conflict)
    return Verdict.yes()


def can_confirm_cut(user: User, finding: LinkFinding) -> Verdict:
    """Somebody of the Team other than who found it, whichever account that person used, and not on an own item."""
    if not user.has_perm(CONFIRM):
        return Verdict.no("team.only", _("A finding that cuts a link is agreed to by a second person of the Team."))
    if finding.found_by_id == user.person_id:
        return Verdict.no("duty.separate", _("You made this finding, so somebody else agrees to it."))
    if any(facts.is_own_item(user.person_id, request) for request in (finding.first, finding.second)):
        return Verdict.no(
            "duty.separate", _("You asked for, lead or wrote one of these requests, so somebody else must do this.")
        )
    if finding.status != LinkFinding.Status.PROPOSED:
        return Verdict.no("finding.state", _("This finding does not wait for a second person."), error=Conflict)
    return Verdict.yes()


def nothing_asked(request: FundingRequest) -> Verdict:
    """Whether a decision at the request's tier may be taken: not while an answer could raise it (DESIGN 4)."""
    for question in LookalikeQuestion.objects.open().about(request.pk):
        if tiers.is_higher(question.together_tier, request.tier):
            reason = _(
                "It looks like a part of the same work as another request. The decision waits until the secretary has"
                " answered whether they belong together; the answer is due by %(day)s."
            ) % {"day": date_format(question.due_on)}
            return Verdict.no("lookalike.open", reason, error=Conflict)
    return Verdict.yes()


def _serves_both(user: User, first: FundingRequest, second: FundingRequest) -> Verdict:
    if not user.has_perm(SECRETARY):
        return Verdict.no("secretary.only", _("Only the secretary does this."))
    for request in (first, second):
        serves = serves_committee(user, request)
        if not serves:
            return serves
    return Verdict.yes()
