"""The acts a page offers. Each names its policy, its form and its service once; button and POST both read it here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError
from core.forms import TrackerForm
from core.pages import once
from core.verdicts import Verdict
from funding import forms, policies, services
from funding.models import Choice, FundingRequest, Round, Tier

Options = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a person can do to a record. `work` calls the service with the cleaned form."""

    name: str
    label: Promise
    explains: Promise
    form: type[TrackerForm]
    may: Callable[[User, Any], Verdict]
    work: Callable[[User, Any, Mapping[str, Any]], object]
    done: Promise
    options: Options = lambda thing: {}
    style: str = "primary"


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that this person may do now, with its form ready to show."""

    act: Act
    form: TrackerForm
    address: str


def offers(
    acts: Iterable[Act], *, user: User, thing: Any, route: Callable[[Act], str], refused: Mapping[str, TrackerForm]
) -> list[Offer]:
    """The acts whose policy says yes. A form that was just refused is shown as it was typed."""
    return [
        Offer(act, refused.get(act.name) or act.form(**act.options(thing)), route(act))
        for act in acts
        if act.may(user, thing)
    ]


def send(
    request: HttpRequest,
    form: TrackerForm,
    *,
    work: Callable[[], str],
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Do the work once if the form holds; show it again with the faults beside their fields if it does not."""
    if not form.is_valid():
        return again()
    try:
        return once(request, form, work)
    except DomainError as refusal:
        if not set(refusal.fields) & set(form.fields):
            raise
        form.refuse(refusal)
    return again()


def _open_round(user: User, request: FundingRequest, typed: Mapping[str, Any]) -> object:
    return services.open_round(
        actor=user,
        request_id=request.pk,
        mode=typed["mode"],
        deadline_at=forms.hong_kong(typed["deadline_at"]),
        conditions=tuple(typed["conditions"]),
        amount=typed["amount"],
    )


def _can_publish_department(user: User, request: FundingRequest) -> Verdict:
    return policies.can_publish(user, request)


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
    options=lambda request: {"initial": {"expected_version": request.version}},
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
OPEN_ROUND = Act(
    name="open-round",
    label=_("Open the round"),
    explains=_("The motion and the roll of seats are frozen at this moment."),
    form=forms.OpenRoundForm,
    may=policies.can_open_round,
    work=_open_round,
    done=_("The round is open."),
    options=lambda request: {"initial": forms.first_motion(request)},
)
DECIDE = Act(
    name="decide",
    label=_("Record the decision"),
    explains=_("You decide for the department. The decision takes effect when it is published."),
    form=forms.DecideForm,
    may=policies.can_decide_in_department,
    work=lambda user, request, typed: services.decide_in_department(
        actor=user, request_id=request.pk, approve=typed["approve"], reason=typed["reason"]
    ),
    done=_("Decided. The secretary publishes it."),
)
PUBLISH_DEPARTMENT = Act(
    name="publish",
    label=_("Publish the decision"),
    explains=_("The decision takes effect and the money may be committed."),
    form=forms.PublishForm,
    may=_can_publish_department,
    work=lambda user, request, typed: services.publish_department_decision(actor=user, request_id=request.pk),
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
REQUEST_ACTS = (SUBMIT, ENDORSE, SCREEN, OPEN_ROUND, DECIDE, PUBLISH_DEPARTMENT, WITHDRAW)

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
    options=lambda round_: {"initial": {"motion_digest": round_.motion_digest}},
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
    work=lambda user, round_, typed: services.close_round(actor=user, round_id=round_.pk),
    done=_("The round is closed."),
)
PUBLISH = Act(
    name="publish",
    label=_("Publish the decision"),
    explains=_("The decision takes effect and the money may be committed."),
    form=forms.PublishForm,
    may=policies.can_publish,
    work=lambda user, round_, typed: services.publish_decision(actor=user, round_id=round_.pk),
    done=_("Published."),
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
    options=lambda round_: {"seats": seats_that_may_be_absent(round_)},
    style="outline-secondary",
)
ROUND_ACTS = (VOTE, CLOSE, LAST_CALL, PUBLISH, ABSENT, DECLARE)


def seats_that_may_be_absent(round_: Round) -> list[tuple[int, str]]:
    """Held seats that are neither recused nor marked yet."""
    open_seats = round_.roll.filter(is_recused=False, is_absent=False, holder__isnull=False).select_related("holder")
    return [(seat.number, f"{seat.number}. {seat.holder}") for seat in open_seats]


def request_address(request: FundingRequest) -> Callable[[Act], str]:
    return lambda act: reverse(f"funding:request-{act.name}", args=[request.reference])


def round_address(round_: Round) -> Callable[[Act], str]:
    return lambda act: reverse(f"funding:round-{act.name}", args=[round_.pk])


def is_department_tier(request: FundingRequest) -> bool:
    return request.tier == Tier.DEPARTMENT
