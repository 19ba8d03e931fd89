"""What people do to projects and procedures from their pages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.acts import Act
from projects import policies, services
from projects.acts.lineage import LINEAGE_ACTS, TRANSFER
from projects.forms import claims as forms
from projects.models import Procedure, Project


def _retire(user: User, procedure: Procedure, typed: Mapping[str, Any]) -> object:
    return services.retire(
        actor=user, procedure_id=procedure.pk, effective_on=typed["effective_on"], reason=typed["reason"]
    )


LINK = Act(
    name="link",
    label=_("Link a registered procedure"),
    explains=_("For a procedure that another project already registered. It still counts once."),
    form=forms.LinkForm,
    may=policies.can_add_procedure,
    work=lambda user, project, typed: services.link_procedure(
        actor=user, project_id=project.pk, procedure_id=typed["procedure"].pk
    ),
    done=_("The procedure is linked."),
    style="outline-primary",
)
PROJECT_ACTS: tuple[Act, ...] = (LINK,)


CLAIM = Act(
    name="claim",
    label=_("Claim that it went live"),
    explains=_("The claim counts once its evidence is complete and an independent verifier agrees."),
    form=forms.ClaimForm,
    may=policies.can_offer_claim,
    work=lambda user, procedure, typed: services.claim(
        actor=user,
        procedure_id=procedure.pk,
        project_id=typed["project"].pk,
        went_live_on=typed["went_live_on"],
        reason=typed["reason"],
    ),
    done=_("The claim is recorded. Add its evidence now."),
)
EVIDENCE = Act(
    name="evidence",
    label=_("Add evidence"),
    explains=_("Say what the evidence is and where it is kept, so that a verifier can look at it."),
    form=forms.EvidenceForm,
    may=policies.can_add_evidence,
    work=lambda user, procedure, typed: services.add_evidence(
        actor=user, procedure_id=procedure.pk, kind=typed["kind"], note=typed["note"]
    ),
    done=_("The evidence is recorded."),
)
VERIFY = Act(
    name="verify",
    label=_("Verify the claim"),
    explains=_("You have looked at the evidence, had no hand in the claim, and belong to no delivering department."),
    form=forms.VerifyForm,
    may=policies.can_verify,
    work=lambda user, procedure, typed: services.verify(actor=user, procedure_id=procedure.pk),
    done=_("The claim is verified."),
)
CONFIRM_LATE = Act(
    name="confirm-late",
    label=_("Confirm the late claim"),
    explains=_("The go-live was claimed late. A second verifier stands behind it before it counts."),
    form=forms.VerifyForm,
    may=policies.can_confirm_late,
    work=lambda user, procedure, typed: services.confirm_late(actor=user, procedure_id=procedure.pk),
    done=_("The late claim is confirmed."),
)
ATTEST = Act(
    name="attest",
    label=_("Attest again"),
    explains=_("It is still in use. Its period starts anew today."),
    form=forms.AttestForm,
    may=policies.can_attest,
    work=lambda user, procedure, typed: services.attest(actor=user, procedure_id=procedure.pk, note=typed["note"]),
    done=_("Attested again."),
    style="outline-primary",
)
RETIRE = Act(
    name="retire",
    label=_("Retire the procedure"),
    explains=_("For good: it stays on record as verified and no longer counts as in use."),
    form=forms.RetireForm,
    may=policies.can_retire,
    work=_retire,
    done=_("The procedure is retired."),
    style="outline-secondary",
)
COUNTING_ACTS: tuple[Act, ...] = (CLAIM, EVIDENCE, VERIFY, CONFIRM_LATE, ATTEST, RETIRE)
PROCEDURE_ACTS: tuple[Act, ...] = (*COUNTING_ACTS, *LINEAGE_ACTS)


def form_for(act: Act, user: User, thing: Project | Procedure, sent: Any = None) -> Any:
    """The act's form, with the choices that this person has for this record."""
    more = {}
    if act is CLAIM and isinstance(thing, Procedure):
        more["projects"] = policies.claimable_projects(user, thing)
    if act is TRANSFER and isinstance(thing, Procedure):
        more["projects"] = policies.receiving_projects(user, thing)
    return act.form(sent, user=user, **more)
