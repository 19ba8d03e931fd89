"""Who may do what about people, and why not. Pages and services ask the same functions."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, Person, Posting, RoleGrant, User
from accounts.querysets import reads_every_record
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict


def can_manage(user: User) -> Verdict:
    """Administrators invite people, post them and give roles."""
    if not user.has_perm("accounts.manage_people"):
        return Verdict.no("duty.people", _("People are managed by administrators."))
    return Verdict.yes()


def can_read_record(user: User, person: Person) -> Verdict:
    """E-mail, accounts, roles and grants: one's own, or as `can_read_records`."""
    return Verdict.yes() if user.person_id == person.pk else can_read_records(user)


def can_read_records(user: User) -> Verdict:
    """Administrators, the Team and the auditor read everybody's."""
    if not reads_every_record(user):
        reason = _("Accounts, roles and grants of others are read by administrators, the Team and the auditor.")
        return Verdict.no("duty.records", reason)
    return Verdict.yes()


def can_give_role(user: User, person: Person) -> Verdict:
    """An administrator, never to themselves (TRUST T28)."""
    may_manage = can_manage(user)
    if not may_manage:
        return may_manage
    if user.person_id == person.pk:
        return Verdict.no("duty.separate", _("Nobody gives a role to themselves; ask another administrator."))
    if person.departures.filter(closed_at__isnull=True).exists():
        return Verdict.no("person.leaving", _("This person is about to leave."), error=Conflict)
    return Verdict.yes()


def can_confirm_role(user: User, grant: RoleGrant) -> Verdict:
    """An administrator who neither proposed it nor receives it."""
    may_manage = can_manage(user)
    if not may_manage:
        return may_manage
    if not grant.waits_for_second:
        return Verdict.no("role.state", _("This role waits for nobody's agreement."), error=Conflict)
    if user.person_id in {grant.granted_by_id, grant.person_id}:
        return Verdict.no("duty.separate", _("A deciding role is confirmed by a second administrator."))
    return Verdict.yes()


def can_withdraw_role(user: User, grant: RoleGrant) -> Verdict:
    """Any administrator but the one it is for."""
    may_manage = can_manage(user)
    if not may_manage:
        return may_manage
    if not grant.waits_for_second:
        return Verdict.no("role.state", _("This role waits for nobody's agreement."), error=Conflict)
    if user.person_id == grant.person_id:
        return _own()
    return Verdict.yes()


def can_end_role(user: User, grant: RoleGrant) -> Verdict:
    """An administrator, never their own: so there is always one left."""
    may_manage = can_manage(user)
    if not may_manage:
        return may_manage
    if grant.state not in {"now", "cooling"}:
        return Verdict.no("role.state", _("This role is not held now."), error=Conflict)
    if user.person_id == grant.person_id:
        return _own()
    return Verdict.yes()


def can_end_posting(user: User, posting: Posting) -> Verdict:
    may_manage = can_manage(user)
    if not may_manage:
        return may_manage
    if posting.state == "past":
        return Verdict.no("posting.ended", _("This posting has ended."), error=Conflict)
    return Verdict.yes()


def can_change_invitation(user: User, invitation: Invitation) -> Verdict:
    """Send again or withdraw, while nobody has used it."""
    may_manage = can_manage(user)
    if not may_manage:
        return may_manage
    if invitation.state == "accepted":
        return Verdict.no("invitation.used", _("This invitation was used."), error=Conflict)
    if invitation.state == "withdrawn":
        return Verdict.no("invitation.withdrawn", _("This invitation was withdrawn."), error=Conflict)
    return Verdict.yes()


def can_disable(user: User, account: User) -> Verdict:
    """An administrator, never their own account."""
    may_manage = can_manage(user)
    if not may_manage:
        return may_manage
    if not account.is_active:
        return Verdict.no("account.closed", _("This account is closed."), error=Conflict)
    if user.person_id == account.person_id:
        return _own()
    return Verdict.yes()


def can_record_leaving(user: User, person: Person) -> Verdict:
    """An administrator, for somebody else, once."""
    may_manage = can_manage(user)
    if not may_manage:
        return may_manage
    if user.person_id == person.pk:
        return _own()
    if person.departures.filter(closed_at__isnull=True).exists():
        return Verdict.no("person.leaving", _("The leaving of this person is on record already."), error=Conflict)
    nothing = not person.accounts.filter(is_active=True).exists()
    if nothing and not person.postings.not_over(clock.today()).exists():
        return Verdict.no("person.left", _("This person holds no posting and no account."), error=Conflict)
    return Verdict.yes()


def _own() -> Verdict:
    return Verdict.no("duty.separate", _("Another administrator does this for you."))
