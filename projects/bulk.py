"""What lists of the registers offer for many records at once beside tags and following."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exports import serving
from exports.lists import Wanted
from exports.policies import can_export
from projects import exports, policies, selectors, services
from projects.models import Procedure
from projects.services.recording import hold
from work import forms
from work.bulk import BulkAct
from work.subjects import Kind


def _verify(user: User, kind: Kind, things: Sequence[Procedure], typed: Mapping[str, Any]) -> None:
    hold(user, things)
    for procedure in things:
        services.verify(actor=user, procedure_id=procedure.pk)


def _attest(user: User, kind: Kind, things: Sequence[Procedure], typed: Mapping[str, Any]) -> None:
    hold(user, things)
    for procedure in things:
        services.attest(actor=user, procedure_id=procedure.pk, note=typed["note"])


def _export(user: User, kind: Kind, things: Sequence[Any], typed: Mapping[str, Any]) -> HttpResponseBase:
    """The file that the list's own export gives, of these rows."""
    chosen = [thing.pk for thing in things]
    if kind.word == "project":
        found = exports.projects(selectors.project_rows(user).filter(pk__in=chosen))
    else:
        found = exports.procedures(selectors.procedure_rows(user).filter(pk__in=chosen))
    return serving.direct(user, found, Wanted(f"{kind.word}s", f"chosen={len(chosen)}", typed["format"]))


VERIFY = BulkAct(
    name="verify",
    label=_("Verify their claims"),
    explains=_("You have looked at the evidence of each, had no hand in any claim, and belong to no department of it."),
    form=forms.BulkForm,
    judge=lambda user, procedure, typed: policies.can_verify(user, procedure),
    work=_verify,
    done=_("The claims are verified."),
    offered=lambda user: user.has_perm("projects.verify_procedure"),
)
ATTEST = BulkAct(
    name="attest",
    label=_("Attest them again"),
    explains=_("Each is still in use. Their periods start anew today."),
    form=forms.BulkNoteForm,
    judge=lambda user, procedure, typed: policies.can_attest(user, procedure),
    work=_attest,
    done=_("All of them are attested again."),
    offered=lambda user: user.has_perm("projects.verify_procedure"),
)
EXPORT = BulkAct(
    name="export",
    label=_("Export them"),
    explains=_("A file with exactly the chosen records, as you see them."),
    form=forms.BulkExportForm,
    judge=lambda user, thing, typed: can_export(user),
    work=_export,
    answer=_export,
    offered=lambda user: bool(can_export(user)),
)
PROJECT_BULK: tuple[BulkAct, ...] = (EXPORT,)
PROCEDURE_BULK: tuple[BulkAct, ...] = (VERIFY, ATTEST, EXPORT)
