"""The edit table asked about one person and one request (FEATURES N2)."""

from collections.abc import Callable, Collection

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from funding import facts
from funding.models import FundingRequest
from funding.policies.outcomes import answers_are_complete
from funding.policies.states import SECRETARY, state_of
from funding.rules import editing
from funding.rules.editing import Role, Way


def _belongs(user: User, request: FundingRequest) -> bool:
    return facts.belongs(user.person_id, request.department_id, clock.today())


def _serves(user: User, request: FundingRequest) -> bool:
    return user.has_perm(SECRETARY)


def _sits(user: User, request: FundingRequest) -> bool:
    return FundingRequest.objects.open_to_seat_of(user.person_id).filter(pk=request.pk).exists()


IS: dict[Role, Callable[[User, FundingRequest], bool]] = {
    Role.DEPARTMENT: _belongs,
    Role.SECRETARY: _serves,
    Role.BODY: _sits,
}


def roles(user: User, request: FundingRequest, *, among: Collection[str] = tuple(Role)) -> frozenset[str]:
    """What this person is to this request today; `among` leaves out roles that nobody asks about."""
    return frozenset(role for role, holds in IS.items() if role in among and holds(user, request)) or frozenset(
        {Role.OTHER}
    )


def can_edit(user: User, request: FundingRequest) -> Verdict:
    """A draft belongs to its department. Once submitted the only edit is a revision."""
    return _can(user, request, {Way.EDIT})


def can_revise(user: User, request: FundingRequest) -> Verdict:
    """The department again, until the request is decided; one that was returned once its questions are answered."""
    may = _can(user, request, {Way.REVISE, Way.ADD})
    return answers_are_complete(request) if may else may


def can_attach(user: User, request: FundingRequest) -> Verdict:
    """Papers are added to a draft, and to what is submitted so that the next version takes them along."""
    return can_write(user, request, "attachments")


def can_write(user: User, request: FundingRequest, *fields: str) -> Verdict:
    """Whether the table has a way for each of these fields, whatever the act."""
    mine = roles(user, request, among=editing.writers())
    if all(editing.way(request.status, field, mine) is not Way.NO for field in fields):
        return Verdict.yes()
    return _no(mine)


def _can(user: User, request: FundingRequest, ways: set[Way]) -> Verdict:
    mine = roles(user, request, among=editing.writers())
    if any(editing.way(request.status, field, mine) in ways for field in editing.FIELDS):
        return Verdict.yes()
    if Way.EDIT in ways or not mine & editing.writers():
        return _no(mine)
    return state_of(request, "revise")


def _no(mine: frozenset[str]) -> Verdict:
    if not mine & editing.writers():
        return Verdict.no("department.other", _("Only people of the department that asks may do this."))
    reason = _("A submitted request is changed only by a revision, with a reason.")
    return Verdict.no("request.locked", reason, error=Conflict)
