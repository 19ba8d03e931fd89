"""Who may fill the seats of a body. By person: nobody seats themselves, nobody ends a term to get its seat."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from core.verdicts import Verdict
from funding.models import Body, SeatTerm
from funding.policies.states import SECRETARY


def can_appoint(user: User, body: Body, person: Person | None = None) -> Verdict:
    """The secretary, anybody but themselves."""
    if not user.has_perm(SECRETARY):
        return Verdict.no("secretary.only", _("Only the secretary does this."))
    if person is not None and person.pk == user.person_id:
        return Verdict.no("duty.separate", _("Nobody appoints themselves; another secretary does."))
    return Verdict.yes()


def can_end_term(user: User, body: Body, term: SeatTerm | None = None) -> Verdict:
    return can_appoint(user, body, term.person if term else None)
