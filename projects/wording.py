"""Sentences that pages, API and exports say alike."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Text
from projects.models import Claim, Procedure, Project
from projects.rules.facts import Reason

WHY_NOT: dict[Reason, Text] = {
    Reason.NOT_CLAIMED: _("Nobody has claimed that it went live."),
    Reason.FUTURE: _("The claimed go-live day has not come yet."),
    Reason.NO_RULE: _("No approved counting rule covers this day."),
    Reason.EVIDENCE_MISSING: _("Evidence is missing."),
    Reason.NOT_VERIFIED: _("The claim waits for an independent verifier."),
    Reason.SECOND_VERIFIER_MISSING: _("The claim was made late and waits for a second verifier."),
    Reason.LAPSED: _("Its verification lapsed: it was not attested again in time."),
    Reason.CLAIM_ENDED: _("The claim ended."),
    Reason.RETIRED: _("The procedure was retired."),
    Reason.MERGED: _("It was merged into another procedure, which is counted in its place."),
    Reason.SPLIT: _("It was split into other procedures, which are counted in its place."),
}
IN_USE = _("It counts: live, with complete evidence, verified, and attested in time.")


def why(reason: Reason | None) -> Text:
    """Why a procedure counts (no reason against it), or the first thing that is missing."""
    return WHY_NOT[reason] if reason else IN_USE


def procedure_counted(claim: Claim, *, seen_by: User) -> Text:
    """The refusal of a second claim; it names the other project only to somebody who may see it."""
    if Project.objects.visible_to(seen_by).filter(pk=claim.project_id).exists():
        return _("%(project)s already counts this procedure.") % {"project": claim.project.reference}
    return _("Another project already counts this procedure.")


def family_counted(relative: Procedure) -> Text:
    """The refusal of a claim where a procedure that was counted once has been split."""
    return _("It came out of a procedure that was already counted; %(reference)s counts in its place.") % {
        "reference": relative.reference
    }
