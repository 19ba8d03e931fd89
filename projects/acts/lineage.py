"""What people do when a procedure's claim moves, or when the procedure turns out to be another one, or several."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.acts import Act
from projects import policies, services
from projects.forms.procedures import MergeForm, SplitForm, TransferForm, parts_of
from projects.models import Procedure


def _split(user: User, procedure: Procedure, typed: Mapping[str, Any]) -> object:
    into: Any = list(parts_of(typed))
    return services.split_procedure(actor=user, procedure_id=procedure.pk, into=into, reason=typed["reason"])


TRANSFER = Act(
    name="transfer",
    label=_("Transfer the claim"),
    explains=_("Another project that touches the procedure counts it from today; what was verified stays."),
    form=TransferForm,
    may=policies.can_offer_transfer,
    work=lambda user, procedure, typed: services.transfer_claim(
        actor=user, procedure_id=procedure.pk, to_project_id=typed["to_project"].pk, reason=typed["reason"]
    ),
    done=_("The claim is transferred."),
    style="outline-secondary",
)
MERGE = Act(
    name="merge",
    label=_("Merge into another procedure"),
    explains=_("For one step registered twice. This record stays as a tombstone and leaves the count; its claim ends."),
    form=MergeForm,
    may=policies.can_offer_merge,
    work=lambda user, procedure, typed: services.merge_procedure(
        actor=user, procedure_id=procedure.pk, into_id=typed["into"].pk, reason=typed["reason"]
    ),
    done=_("The procedure is merged."),
    style="outline-secondary",
)
SPLIT = Act(
    name="split",
    label=_("Split into several procedures"),
    explains=_(
        "New procedures take its place. This record stays as a tombstone and leaves the count. If it was counted,"
        " its parts count once together: one of them may be claimed anew."
    ),
    form=SplitForm,
    may=policies.can_split,
    work=_split,
    done=_("The procedure is split."),
    style="outline-secondary",
)
LINEAGE_ACTS: tuple[Act, ...] = (TRANSFER, MERGE, SPLIT)
