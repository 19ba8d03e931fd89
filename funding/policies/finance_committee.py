"""Who records and who confirms an outcome of the Finance Committee: two persons of different units (TRUST T11)."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Posting, User
from core import clock
from core.errors import Conflict, InvalidMove
from core.verdicts import Verdict
from funding import facts
from funding.models import FinanceCommitteeItem, FundingRequest, ItemStatus
from funding.policies.states import serves_committee
from funding.rules import lifecycle

NOT_BEFORE_COUNCIL = _("This request is not before the Legislative Council: only a published recommendation is.")


def can_set_papers(user: User, request: FundingRequest) -> Verdict:
    return _by_secretary(user, request, "set_papers")


def can_record_outcome(user: User, request: FundingRequest) -> Verdict:
    """The secretary, from the evidence, once panel and paper are known."""
    state = _by_secretary(user, request, "record")
    if not state:
        return state
    item: FinanceCommitteeItem = state.found
    if not (item.panel_on and item.panel_paper and item.paper):
        message = _("Enter the Panel’s date and paper and the Finance Committee’s paper number first.")
        return Verdict.no("legco.papers", message, error=Conflict)
    return state


def can_confirm_outcome(user: User, request: FundingRequest) -> Verdict:
    """A second officer of the office or of finance, from a unit that is not the recorder's. Finds the item."""
    if not (user.has_perm("funding.serve_committee") or user.has_perm("funding.commit_money")):
        return Verdict.no("legco.confirm", _("Another secretary or finance staff confirms the outcome."))
    if facts.is_own_item(user.person_id, request):
        return Verdict.no(
            "duty.separate", _("You asked for, lead or wrote this request, so somebody else must do this.")
        )
    state = _state(request, "confirm")
    if not state:
        return state
    recorder = state.found.entries.last().recorded_by_id
    if recorder == user.person_id:
        return Verdict.no("duty.separate", _("You recorded this outcome, so a second officer confirms it."))
    if same_unit(recorder, user.person_id):
        message = _("You belong to the unit of the officer who recorded this outcome, or to its parent or child.")
        return Verdict.no("duty.unit", message)
    return state


def can_return_entry(user: User, request: FundingRequest) -> Verdict:
    """Whoever could confirm it; who recorded it may take it back as well."""
    state = _state(request, "return")
    if state and state.found.entries.last().recorded_by_id == user.person_id:
        return state
    return can_confirm_outcome(user, request)


def can_publish_outcome(user: User, request: FundingRequest) -> Verdict:
    return _by_secretary(user, request, "publish")


def same_unit(one: int, other: int) -> bool:
    """Whether two persons are posted today to one department, or to a department and its parent or child."""
    today = Posting.objects.on(clock.today())
    departments = set(today.filter(person=one).values_list("department", flat=True))
    family = Department.objects.related_to(departments)
    return today.filter(person=other, department__in=family.values("pk")).exists()


def _by_secretary(user: User, request: FundingRequest, move: str) -> Verdict:
    serves = serves_committee(user, request)
    return _state(request, move) if serves else serves


def _state(request: FundingRequest, move: str) -> Verdict:
    item = FinanceCommitteeItem.objects.filter(request=request).first()
    if item is None:
        return Verdict.no("tier.mismatch", NOT_BEFORE_COUNCIL, error=Conflict)
    if lifecycle.allows(lifecycle.FINANCE_COMMITTEE, move, item.status):
        return Verdict.yes(item)
    reason = _("The item is at the stage “%(stage)s”, where this cannot be done.") % {
        "stage": ItemStatus(item.status).label
    }
    return Verdict.no("state.move", reason, error=InvalidMove)
