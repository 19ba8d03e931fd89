"""What lists of the registers offer for many records at once beside tags and following."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects import policies, services
from projects.models import Procedure
from work import forms
from work.bulk import BulkAct
from work.subjects import Kind


def _verify(user: User, kind: Kind, things: Sequence[Procedure], typed: Mapping[str, Any]) -> None:
    for procedure in things:
        services.verify(actor=user, procedure_id=procedure.pk)


def _attest(user: User, kind: Kind, things: Sequence[Procedure], typed: Mapping[str, Any]) -> None:
    for procedure in things:
        services.attest(actor=user, procedure_id=procedure.pk, note=typed["note"])


VERIFY = BulkAct(
    name="verify",
    label=_("Verify their claims"),
    explains=_("You have looked at the evidence of each, had no hand in any claim, and belong to no department of it."),
    form=forms.BulkForm,
    judge=lambda user, procedure, typed: policies.can_verify(user, procedure),
    work=_verify,
    done=_("The claims are verified."),
)
ATTEST = BulkAct(
    name="attest",
    label=_("Attest them again"),
    explains=_("Each is still in use. Their periods start anew today."),
    form=forms.BulkNoteForm,
    judge=lambda user, procedure, typed: policies.can_attest(user, procedure),
    work=_attest,
    done=_("All of them are attested again."),
)
PROJECT_BULK: tuple[BulkAct, ...] = ()
PROCEDURE_BULK: tuple[BulkAct, ...] = (VERIFY, ATTEST)
