"""Who may change a procedure itself: its facts, its map, and what becomes of it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from projects.models import Claim, Procedure
from projects.policies.people import belongs
from projects.rules.facts import Reason


def is_present(procedure: Procedure) -> Verdict:
    """Whether the procedure is still there to be claimed, linked and changed."""
    if procedure.merged_into is not None:
        reason = _("This procedure was merged into %(reference)s.") % {"reference": procedure.merged_into.reference}
        return Verdict.no("procedure.merged", reason, error=Conflict)
    if procedure.reason == Reason.SPLIT:
        names = ", ".join(procedure.successors.values_list("reference", flat=True))
        reason = _("This procedure was split into %(references)s.") % {"references": names}
        return Verdict.no("procedure.split", reason, error=Conflict)
    if procedure.retired_on:
        return Verdict.no("procedure.retired", _("This procedure is retired."), error=Conflict)
    return Verdict.yes()


def can_edit_procedure(user: User, procedure: Procedure) -> Verdict:
    """The people of the procedure's own department."""
    present = is_present(procedure)
    if not present:
        return present
    return _of_its_department(user, procedure)


can_draw_map = can_edit_procedure
can_split = can_edit_procedure


def can_offer_merge(user: User, procedure: Procedure) -> Verdict:
    """Whether a page offers to merge it at all; a retired one may still turn out to be the same as another."""
    if not procedure.retired_on:
        return can_edit_procedure(user, procedure)
    if procedure.reason in (Reason.MERGED, Reason.SPLIT):
        return is_present(procedure)
    return _of_its_department(user, procedure)


def can_merge(user: User, procedure: Procedure, into: Procedure) -> Verdict:
    """Its own department; into one that is there, stands at least as far, and lets its family count once."""
    may = can_offer_merge(user, procedure)
    if not may:
        return may
    if procedure.pk == into.pk:
        return Verdict.no("procedure.itself", _("A procedure cannot be merged into itself."), error=Conflict)
    present = is_present(into)
    if not present:
        return present
    return _loses_nothing(procedure, into) and _counts_once(procedure, into)


def _loses_nothing(procedure: Procedure, into: Procedure) -> Verdict:
    """Nothing that counts disappears: what is merged away stands no further than what stays."""
    if _rank(procedure) > _rank(into):
        reason = _("%(reference)s stands further in the count than %(into)s: merge the other way round.") % {
            "reference": procedure.reference,
            "into": into.reference,
        }
        return Verdict.no("procedure.further", reason, error=Conflict)
    return Verdict.yes()


def _counts_once(procedure: Procedure, into: Procedure) -> Verdict:
    """What came out of one counted procedure counts once together, also after a merge."""
    families = {procedure.counts_with_id, into.counts_with_id} - {None}
    others = Procedure.objects.filter(counts_with__in=families, is_claimed=True).exclude(pk__in=[procedure.pk, into.pk])
    if len(families) > 1 or (into.is_claimed and others.exists()):
        reason = _("Both would count for what one procedure counted before it was split.")
        return Verdict.no("procedure.family", reason, error=Conflict)
    return Verdict.yes()


def counted_relative(procedure: Procedure) -> Procedure | None:
    """Another procedure out of the same split that is claimed already, so that this one cannot be."""
    if procedure.counts_with_id is None:
        return None
    family = Procedure.objects.filter(counts_with=procedure.counts_with_id, is_claimed=True)
    return family.exclude(pk=procedure.pk).first()


def _rank(procedure: Procedure) -> tuple[bool, bool, bool, bool]:
    today = clock.today()
    in_use = bool(procedure.in_use_from and procedure.in_use_from <= today <= (procedure.in_use_until or today))
    live = Claim.objects.filter(procedure=procedure, is_live=True).exists()
    return in_use, live, procedure.verified_on is not None, procedure.is_claimed


def _of_its_department(user: User, procedure: Procedure) -> Verdict:
    if not belongs(user, {procedure.department_id}):
        return Verdict.no("department.other", _("Only people of the procedure's own department may change it."))
    return Verdict.yes()
