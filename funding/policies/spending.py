"""Who may vote money, record, correct, release, carry over, plan and report it. By person, never by account."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rights import posted_today
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from funding import facts
from funding.models import CarryOver, Decision, EnvelopeVote, Expenditure, Outcome, SpendingImport, TwoPerson
from funding.policies.money import can_commit

COMMIT = "funding.commit_money"
RECORD = "funding.record_spending"
APPROVE = "funding.approve_money"
Proposed = EnvelopeVote | CarryOver


def can_vote_money(user: User) -> Verdict:
    if not user.has_perm("funding.vote_money"):
        return Verdict.no("duty.envelope", _("Votes of money are proposed by finance staff or the Team."))
    return Verdict.yes()


def can_approve_money(user: User, proposed: Proposed) -> Verdict:
    """Somebody of the Team other than whoever proposed it."""
    if not user.has_perm(APPROVE):
        return Verdict.no("duty.money", _("Votes of money and carry-overs are approved by the Team."))
    if proposed.status != TwoPerson.Status.PROPOSED:
        return Verdict.no("money.state", _("Only what is proposed can be approved."), error=Conflict)
    if proposed.proposed_by_id == user.person_id:
        return Verdict.no("duty.separate", _("A second person approves it, not the one who proposed it."))
    return Verdict.yes()


def can_withdraw_money(user: User, proposed: Proposed) -> Verdict:
    """Whoever proposed it takes it back; whoever may approve turns it down."""
    if proposed.proposed_by_id != user.person_id and not user.has_perm(APPROVE):
        return Verdict.no("duty.money", _("A proposal is withdrawn by who proposed it or by the Team."))
    if proposed.status != TwoPerson.Status.PROPOSED:
        return Verdict.no("money.state", _("Only what is proposed can be withdrawn."), error=Conflict)
    return Verdict.yes()


def can_import_spending(user: User) -> Verdict:
    """Anybody posted in a department today, for its own expenditure; finance staff for every department."""
    if user.has_perm(RECORD) or posted_today(user.person_id):
        return Verdict.yes()
    return Verdict.no("spending.department", _("Expenditure is recorded by the department that spent it."))


def can_confirm_import(user: User, batch: SpendingImport) -> Verdict:
    if batch.offered_by_id != user.person_id:
        return Verdict.no("import.other", _("Whoever offered the file records it or takes it back."))
    if batch.status != SpendingImport.Status.OFFERED:
        return Verdict.no("import.state", _("This file was already recorded or withdrawn."), error=Conflict)
    return Verdict.yes()


def can_record_spending(user: User, decision: Decision) -> Verdict:
    """The department's own officers, and finance staff, on money that a published decision approved."""
    return _own_or_finance(user, decision) and _approved(decision)


def can_correct_spending(user: User, expenditure: Expenditure) -> Verdict:
    """A second person takes an entry back, once; a reversing entry itself stands."""
    right = _own_or_finance(user, expenditure.decision)
    if not right:
        return right
    if expenditure.reverses_id is not None:
        return Verdict.no("spending.reversing", _("A reversing entry stands."), error=Conflict)
    if Expenditure.objects.filter(reverses=expenditure.pk).exists():
        return Verdict.no("spending.reversed", _("This entry was already taken back."), error=Conflict)
    if expenditure.recorded_by_id == user.person_id:
        return Verdict.no("duty.separate", _("A second person takes an entry back, not the one who recorded it."))
    return Verdict.yes()


def can_release(user: User, decision: Decision) -> Verdict:
    """As commitments: finance staff, on the published approval of others."""
    return can_commit(user, decision)


def can_carry_over(user: User, decision: Decision) -> Verdict:
    return can_commit(user, decision)


def can_plan(user: User, decision: Decision) -> Verdict:
    """Moves between budget lines and explanations of variance: the department's own officers, and finance staff."""
    return can_record_spending(user, decision)


def can_issue_return(user: User) -> Verdict:
    if not user.has_perm(COMMIT):
        return Verdict.no("finance.only", _("Only finance staff issue the yearly return."))
    return Verdict.yes()


def _own_or_finance(user: User, decision: Decision) -> Verdict:
    if user.has_perm(RECORD) or facts.belongs(user.person_id, decision.request.department_id, clock.today()):
        return Verdict.yes()
    return Verdict.no("spending.department", _("Expenditure is recorded by the department that spent it."))


def _approved(decision: Decision) -> Verdict:
    if decision.published_at is None or decision.outcome != Outcome.APPROVED:
        return Verdict.no(
            "decision.not_approved", _("Money is spent on a published decision that approved some."), error=Conflict
        )
    return Verdict.yes()
