"""Sentences that pages, API and exports say alike."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Text
from projects.models import Claim, Procedure, Project
from projects.rules.facts import Reason

WHY_NOT: dict[Reason, Text] = {
    Reason.NOT_CLAIMED: _("Not counted: nobody has claimed that it went live."),
    Reason.FUTURE: _("Not counted: the claimed go-live day has not come yet."),
    Reason.NO_RULE: _("Not counted: no approved counting rule covers this day."),
    Reason.EVIDENCE_MISSING: _("Not counted: evidence is missing."),
    Reason.NOT_VERIFIED: _("Not counted: the claim waits for an independent verifier."),
    Reason.SELF_VERIFIED: _("Not counted: verified by a person with a hand in the claim."),
    Reason.VERIFIER_TOO_NEAR: _("Not counted: verified by a person of the delivering department's own branch."),
    Reason.SECOND_VERIFIER_MISSING: _("Not counted: claimed late, and a second verifier has not confirmed it."),
    Reason.LAPSED: _("Not counted: its verification lapsed; it was not attested again in time."),
    Reason.CLAIM_ENDED: _("Not counted: the claim ended."),
    Reason.RETIRED: _("Not counted: the procedure was retired."),
    Reason.MERGED: _("Not counted: merged into another procedure, which is counted in its place."),
    Reason.SPLIT: _("Not counted: split into other procedures, which are counted in its place."),
}
IN_USE = _("Counted: live, with complete evidence, verified, and attested in time.")
REASONS: list[tuple[str, Text]] = [
    (Reason.NOT_CLAIMED.value, _("nobody claimed it")),
    (Reason.FUTURE.value, _("its day has not come")),
    (Reason.NO_RULE.value, _("no rule covers it")),
    (Reason.EVIDENCE_MISSING.value, _("evidence is missing")),
    (Reason.NOT_VERIFIED.value, _("waits for a verifier")),
    (Reason.SELF_VERIFIED.value, _("verified by its own side")),
    (Reason.VERIFIER_TOO_NEAR.value, _("verified from too near")),
    (Reason.SECOND_VERIFIER_MISSING.value, _("waits for a second verifier")),
    (Reason.LAPSED.value, _("lapsed")),
    (Reason.CLAIM_ENDED.value, _("its claim ended")),
    (Reason.RETIRED.value, _("retired")),
    (Reason.MERGED.value, _("merged into another")),
    (Reason.SPLIT.value, _("split into others")),
]


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
