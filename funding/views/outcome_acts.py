"""The acts on outcomes: each names its policy, its form and its service once (see `core.acts`)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.acts import Act
from core.forms import TrackerForm
from funding import policies, services
from funding.forms import outcomes as forms
from funding.models import Condition, FinanceCommitteeItem, FundingRequest, RequestStatus
from funding.rules import lifecycle
from funding.services import evidence


def _said(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, without the form's own token."""
    return {name: value for name, value in typed.items() if name != "form_token"}


def _record(user: User, request: FundingRequest, typed: Mapping[str, Any]) -> object:
    with evidence.storing(request, typed["file"]) as stored:
        return services.record_outcome(
            actor=user, request_id=request.pk, figures=typed["figures"], reason=typed["reason"], stored=stored
        )


def _hand_in(user: User, condition: Condition, typed: Mapping[str, Any]) -> object:
    with evidence.storing(condition.decision.request, typed["file"]) as stored:
        return services.submit_evidence(actor=user, condition_id=condition.pk, note=typed["note"], stored=stored)


RETURN = Act(
    name="return",
    label=_("Return with questions"),
    explains=_("The applicant answers each question and submits a new version. An open round ends."),
    form=forms.ReturnForm,
    may=policies.can_return,
    work=lambda user, request, typed: services.return_with_questions(
        actor=user, request_id=request.pk, questions=typed["questions"]
    ),
    done=_("Returned with questions."),
    style="outline-secondary",
)
DEFER = Act(
    name="defer",
    label=_("Defer"),
    explains=_("It waits for a day or an event and then comes back to the list. An open round ends."),
    form=forms.DeferForm,
    may=policies.can_defer,
    work=lambda user, request, typed: services.defer_request(actor=user, request_id=request.pk, **_said(typed)),
    done=_("Deferred."),
    style="outline-secondary",
)
BRING_BACK = Act(
    name="bring-back",
    label=_("Take it up again"),
    explains=_("It goes back to the list it came from, before its day."),
    form=forms.BringBackForm,
    may=policies.can_bring_back,
    work=lambda user, request, typed: services.bring_back(actor=user, request_id=request.pk, note=typed["note"]),
    done=_("Taken up again."),
)
OUTCOME_MOVES: dict[Act, str] = {RETURN: "return", DEFER: "defer", BRING_BACK: "bring_back"}

APPEAL = Act(
    name="appeal",
    label=_("Appeal"),
    explains=_("A new request is drafted, linked with this one. This decision stands and stays on its page."),
    form=forms.AppealForm,
    may=policies.can_appeal,
    work=lambda user, request, typed: services.appeal(actor=user, request_id=request.pk, ground=typed["ground"]),
    done=_("The appeal is drafted. Check it and submit it."),
    style="outline-secondary",
)

PAPERS = Act(
    name="legco-papers",
    label=_("Enter the papers"),
    explains=_("When the Panel was consulted and under which numbers the papers went."),
    form=forms.PapersForm,
    may=policies.can_set_papers,
    work=lambda user, request, typed: services.set_papers(actor=user, request_id=request.pk, **_said(typed)),
    done=_("The papers are entered."),
    style="outline-primary",
)
RECORD = Act(
    name="legco-record",
    label=_("Record the outcome"),
    explains=_("From the evidence. Nothing takes effect until an officer of another unit has confirmed it."),
    form=forms.RecordForm,
    may=policies.can_record_outcome,
    work=_record,
    done=_("Recorded. It waits for a second officer."),
)
CONFIRM = Act(
    name="legco-confirm",
    label=_("Confirm the outcome"),
    explains=_("Read the evidence and enter its figures for yourself. Where one differs, nothing is confirmed."),
    form=forms.FiguresForm,
    may=policies.can_confirm_outcome,
    work=lambda user, request, typed: services.confirm_outcome(
        actor=user, request_id=request.pk, figures=typed["figures"]
    ),
    done=_("Confirmed. The secretary publishes it."),
)
RETURN_ENTRY = Act(
    name="legco-return",
    label=_("Send the entry back"),
    explains=_("It stays on record; the outcome is recorded again."),
    form=forms.ReasonForm,
    may=policies.can_return_entry,
    work=lambda user, request, typed: services.return_entry(actor=user, request_id=request.pk, reason=typed["reason"]),
    done=_("Sent back."),
    style="outline-secondary",
)
PUBLISH_OUTCOME = Act(
    name="legco-publish",
    label=_("Publish the outcome"),
    explains=_("The decision takes effect and approved money may be committed."),
    form=forms.PublishOutcomeForm,
    may=policies.can_publish_outcome,
    work=lambda user, request, typed: services.publish_outcome(actor=user, request_id=request.pk),
    done=_("Published."),
)
LEGCO_MOVES: dict[Act, str] = {
    PAPERS: "set_papers",
    RECORD: "record",
    CONFIRM: "confirm",
    RETURN_ENTRY: "return",
    PUBLISH_OUTCOME: "publish",
}

HAND_IN = Act(
    name="hand-in",
    label=_("Hand in evidence"),
    explains=_("Somebody else then finds the condition met, or sends the evidence back."),
    form=forms.EvidenceForm,
    may=policies.can_submit_evidence,
    work=_hand_in,
    done=_("The evidence is handed in."),
)
DISCHARGE = Act(
    name="discharge",
    label=_("Discharge the condition"),
    explains=_("You have read the evidence and the condition is met."),
    form=forms.DischargeForm,
    may=policies.can_discharge,
    work=lambda user, condition, typed: services.discharge_condition(
        actor=user, condition_id=condition.pk, note=typed["note"]
    ),
    done=_("Discharged."),
)
SEND_BACK = Act(
    name="send-back",
    label=_("Send the evidence back"),
    explains=_("It does not show that the condition is met. The file stays on record."),
    form=forms.ReasonForm,
    may=policies.can_return_evidence,
    work=lambda user, condition, typed: services.return_evidence(
        actor=user, condition_id=condition.pk, reason=typed["reason"]
    ),
    done=_("Sent back."),
    style="outline-secondary",
)
ASSIGN = Act(
    name="assign",
    label=_("Change owner or date"),
    explains=_("With a reason, which stays on record."),
    form=forms.AssignForm,
    may=policies.can_assign,
    work=lambda user, condition, typed: services.assign_condition(
        actor=user, condition_id=condition.pk, **_said(typed)
    ),
    done=_("Changed."),
    style="outline-secondary",
)
WAIVE = Act(
    name="waive",
    label=_("Propose a waiver"),
    explains=_("The condition is owed until a second person agrees."),
    form=forms.ReasonForm,
    may=policies.can_propose_waiver,
    work=lambda user, condition, typed: services.propose_waiver(
        actor=user, condition_id=condition.pk, reason=typed["reason"]
    ),
    done=_("The waiver is proposed."),
    style="outline-secondary",
)
ANSWER_WAIVER = Act(
    name="answer-waiver",
    label=_("Answer the waiver"),
    explains=_("You are the second person: agree or refuse, with the reason."),
    form=forms.WaiverForm,
    may=policies.can_waive,
    work=lambda user, condition, typed: services.answer_waiver(actor=user, condition_id=condition.pk, **_said(typed)),
    done=_("Answered."),
)
CONDITION_MOVES: dict[Act, str] = {
    HAND_IN: "submit",
    DISCHARGE: "discharge",
    SEND_BACK: "return",
    ANSWER_WAIVER: "waive",
    ASSIGN: "assign",
    WAIVE: "propose_waiver",
}

OPTIONS: dict[Act, Callable[[Any], dict[str, Any]]] = {
    PAPERS: lambda request: {"initial": _papers(request)},
    ASSIGN: lambda condition: {
        "department": condition.decision.request.department_id,
        "initial": {"owner": condition.owner_id, "due_on": condition.due_on},
    },
}


def form_of(act: Act, thing: Any, *sent: Any) -> TrackerForm:
    """The act's form for this record, with ids of its own: several stand on one page."""
    more = OPTIONS.get(act, lambda thing: {})(thing)
    return act.form(*sent, auto_id=f"id_{act.name}_%s", **more)


def after(request: FundingRequest) -> list[Act]:
    """What can follow a published decision."""
    return [APPEAL] if request.status == RequestStatus.PUBLISHED else []


def of_item(item: FinanceCommitteeItem) -> list[Act]:
    return [
        act for act, move in LEGCO_MOVES.items() if lifecycle.allows(lifecycle.FINANCE_COMMITTEE, move, item.status)
    ]


def of_condition(condition: Condition) -> list[Act]:
    return [
        act for act, move in CONDITION_MOVES.items() if lifecycle.allows(lifecycle.CONDITION, move, condition.status)
    ]


def _papers(request: FundingRequest) -> dict[str, Any]:
    item = FinanceCommitteeItem.objects.filter(request=request).first()
    return {name: getattr(item, name) for name in ("panel_on", "panel_paper", "paper")} if item else {}
