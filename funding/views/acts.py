"""The acts on requests and rounds: each names its policy, its form and its service once (see `core.acts`)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.acts import Act
from core.forms import TrackerForm
from funding import forms, policies, services
from funding.models import Choice, Decision, FundingRequest, Round, VotingRule
from funding.rules import lifecycle
from funding.selectors import paper_questions
from funding.views import meeting_acts
from funding.views.outcome_acts import OUTCOME_MOVES


def _open_round(user: User, request: FundingRequest, typed: Mapping[str, Any]) -> object:
    return services.open_round(
        actor=user,
        request_id=request.pk,
        mode=typed["mode"],
        deadline_at=forms.hong_kong(typed["deadline_at"]),
        conditions=tuple(typed["conditions"]),
        amount=typed["amount"],
    )


SUBMIT = Act(
    name="submit",
    label=_("Submit"),
    explains=_("The paper is frozen as it stands. After this the only edit is a revision with a reason."),
    form=forms.SubmitForm,
    may=policies.can_submit,
    work=lambda user, request, typed: services.submit_request(
        actor=user, request_id=request.pk, expected_version=typed["expected_version"]
    ),
    done=_("Submitted."),
)
ENDORSE = Act(
    name="endorse",
    label=_("Endorse"),
    explains=_("Your statement goes with the paper to the secretary of the working group."),
    form=forms.EndorseForm,
    may=policies.can_endorse,
    work=lambda user, request, typed: services.endorse_request(
        actor=user, request_id=request.pk, statement=typed["statement"]
    ),
    done=_("Endorsed. The secretary has it now."),
)
SCREEN = Act(
    name="screen",
    label=_("Screen as complete"),
    explains=_("The paper is complete and can be put to the working group."),
    form=forms.ScreenForm,
    may=policies.can_screen,
    work=lambda user, request, typed: services.screen_request(actor=user, request_id=request.pk, note=typed["note"]),
    done=_("Screened. A round can be opened."),
)
RECLASSIFY = Act(
    name="reclassify",
    label=_("Reclassify a line"),
    explains=_("It is counted under another category, in a new version, and the request is routed anew."),
    form=forms.ReclassifyForm,
    may=policies.can_reclassify,
    work=lambda user, request, typed: services.reclassify_line(
        actor=user,
        request_id=request.pk,
        **{name: typed[name] for name in ("expected_version", "number", "category", "reason")},
    ),
    done=_("Reclassified and routed anew."),
    style="outline-secondary",
)
OPEN_ROUND = Act(
    name="open-round",
    label=_("Open the round"),
    explains=_("The motion and the roll of seats are frozen at this moment."),
    form=forms.OpenRoundForm,
    may=policies.can_open_round,
    work=_open_round,
    done=_("The round is open."),
)
DECIDE = Act(
    name="decide",
    label=_("Record the decision"),
    explains=_("You decide for the department. The decision takes effect when it is published."),
    form=forms.DecideForm,
    may=policies.can_decide_in_department,
    work=lambda user, request, typed: services.decide_in_department(
        actor=user,
        request_id=request.pk,
        approve=typed["approve"],
        reason=typed["reason"],
        amount=typed["amount"],
        conditions=typed["conditions"],
    ),
    done=_("Decided. The secretary publishes it."),
)
PUBLISH_DEPARTMENT = Act(
    name="publish",
    label=_("Publish the decision"),
    explains=_("The decision takes effect and the money may be committed."),
    form=forms.PublishForm,
    may=policies.can_publish,
    work=lambda user, request, typed: services.publish_department_decision(
        actor=user, request_id=request.pk, conditions_due_on=typed.get("conditions_due_on")
    ),
    done=_("Published."),
)
WITHDRAW = Act(
    name="withdraw",
    label=_("Withdraw"),
    explains=_("The request stays on record as withdrawn."),
    form=forms.WithdrawForm,
    may=policies.can_withdraw,
    work=lambda user, request, typed: services.withdraw_request(
        actor=user, request_id=request.pk, reason=typed["reason"]
    ),
    done=_("Withdrawn."),
    style="outline-secondary",
)
# Each act with its move in `rules.lifecycle`; the page asks a policy only about acts that its state has.
REQUEST_MOVES: dict[Act, str] = {
    SUBMIT: "submit",
    ENDORSE: "endorse",
    DECIDE: "decide_in_department",
    SCREEN: "screen",
    OPEN_ROUND: "open_round",
    PUBLISH_DEPARTMENT: "publish",
    RECLASSIFY: "reclassify",
    **OUTCOME_MOVES,
    WITHDRAW: "withdraw",
}

VOTE = Act(
    name="vote",
    label=_("Cast the vote"),
    explains=_("You can change your vote until the round closes; the last one counts."),
    form=forms.VoteForm,
    may=policies.can_vote,
    work=lambda user, round_, typed: services.cast_vote(
        actor=user,
        round_id=round_.pk,
        choice=Choice(typed["choice"]),
        reason=typed["reason"],
        motion_digest=typed["motion_digest"],
    ),
    done=_("Your vote is recorded."),
)
DECLARE = Act(
    name="declare",
    label=_("Declare an interest"),
    explains=_("You will not take part in this round."),
    form=forms.DeclareForm,
    may=policies.can_declare,
    work=lambda user, round_, typed: services.declare_interest(actor=user, round_id=round_.pk, note=typed["note"]),
    done=_("Your interest is declared; the paper is closed for you until publication."),
    style="outline-secondary",
)
LAST_CALL = Act(
    name="last-call",
    label=_("Last call"),
    explains=_("Every voter sees it; you can close the round when it has run out."),
    form=forms.LastCallForm,
    may=policies.can_call_last,
    work=lambda user, round_, typed: services.call_last(actor=user, round_id=round_.pk),
    done=_("The last call is running."),
)
CLOSE = Act(
    name="close",
    label=_("Close the round"),
    explains=_("The result is worked out from the votes that stand."),
    form=forms.CloseForm,
    may=policies.can_close,
    work=lambda user, round_, typed: services.close_round(
        actor=user, round_id=round_.pk, casting_vote=typed.get("casting_vote") or None
    ),
    done=_("The round is closed."),
)
PUBLISH = Act(
    name="publish",
    label=_("Publish the decision"),
    explains=_("The decision takes effect and the money may be committed."),
    form=forms.PublishForm,
    may=policies.can_publish,
    work=lambda user, round_, typed: services.publish_decision(
        actor=user,
        round_id=round_.pk,
        reason=typed.get("reason", ""),
        conditions_due_on=typed.get("conditions_due_on"),
    ),
    done=_("Published."),
)
ADJOURN = Act(
    name="adjourn",
    label=_("Adjourn the item"),
    explains=_("There is no quorum; the item comes back to the secretary without a decision."),
    form=forms.CloseForm,
    may=policies.can_adjourn,
    work=lambda user, round_, typed: services.adjourn_round(actor=user, round_id=round_.pk),
    done=_("The item is adjourned."),
    style="outline-secondary",
)
ABSENT = Act(
    name="absent",
    label=_("Mark as absent"),
    explains=_("The alternate of the seat may vote from then on."),
    form=forms.AbsentForm,
    may=policies.can_mark_absent,
    work=lambda user, round_, typed: services.mark_absent(
        actor=user, round_id=round_.pk, seat_number=typed["seat_number"]
    ),
    done=_("Marked as absent."),
    style="outline-secondary",
)
ROUND_MOVES: dict[Act, str] = {
    VOTE: "vote",
    meeting_acts.ANSWER: "answer",
    CLOSE: "close",
    LAST_CALL: "call_last",
    PUBLISH: "publish",
    ABSENT: "mark_absent",
    ADJOURN: "end",
    meeting_acts.ASK: "ask",
    DECLARE: "declare",
}


def possible(acts: Mapping[Act, str], moves: lifecycle.Moves, status: str) -> list[Act]:
    """The acts that this state has at all, in the order of the page."""
    return [act for act, move in acts.items() if lifecycle.allows(moves, move, status)]


def possible_in(round_: Round) -> list[Act]:
    """As `possible`; a close comes after the last call or the deadline, and then no last call any more;
    an answer after a question."""
    may_end = round_.last_call_at is not None or round_.deadline_at is not None
    left_out = {LAST_CALL} if round_.last_call_at else set() if may_end else {CLOSE}
    if not paper_questions.of_round(round_):
        left_out |= {meeting_acts.ANSWER}
    return [act for act in possible(ROUND_MOVES, lifecycle.ROUND, round_.status) if act not in left_out]


OPTIONS: dict[str, Callable[[Any], dict[str, Any]]] = {
    SUBMIT.name: lambda request: {"initial": {"expected_version": request.version}},
    RECLASSIFY.name: lambda request: {
        "initial": {"expected_version": request.version},
        "lines": request.lines.all(),
    },
    PUBLISH.name: lambda thing: {"decision": unpublished_decision(thing)},
    OPEN_ROUND.name: lambda request: {"initial": forms.first_motion(request)},
    VOTE.name: lambda round_: {"initial": {"motion_digest": round_.motion_digest}},
    CLOSE.name: lambda round_: {"may_settle": round_.rule.tie == VotingRule.Tie.CASTING_VOTE},
    meeting_acts.ANSWER.name: meeting_acts.answer_options,
    ABSENT.name: lambda round_: {"seats": seats_that_may_be_absent(round_)},
}


def form_of(act: Act, thing: Any, data: Any = None) -> TrackerForm:
    """The act's form for this record: empty to be shown, or with what was sent."""
    options = OPTIONS.get(act.name, lambda thing: {})
    return act.form(data, **options(thing))


def unpublished_decision(thing: Round | FundingRequest) -> Decision | None:
    """The decision that is about to be published, with the version it is about."""
    rows = Decision.objects.filter(published_at__isnull=True).select_related("request_version", "round")
    of_thing = rows.filter(round=thing) if isinstance(thing, Round) else rows.filter(request=thing)
    return of_thing.first()


def seats_that_may_be_absent(round_: Round) -> list[tuple[int, str]]:
    """Held seats that are neither recused nor marked yet."""
    open_seats = round_.roll.filter(is_recused=False, is_absent=False, holder__isnull=False).select_related("holder")
    return [(seat.number, f"{seat.number}. {seat.holder}") for seat in open_seats]


def request_address(request: FundingRequest) -> Callable[[Act], str]:
    return lambda act: reverse(f"funding:request-{act.name}", args=[request.reference])


def round_address(round_: Round) -> Callable[[Act], str]:
    return lambda act: reverse(f"funding:round-{act.name}", args=[round_.pk])
