"""What the funding of a person's requests, and their offices, ask of them next (FEATURES C13, G5)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty
from accounts.models import User
from core import clock
from core.errors import Text
from core.models import DatedPolicy
from funding import facts, held, policies
from funding.models import (
    CarryOver,
    Condition,
    ConditionStatus,
    Deferral,
    EnvelopeVote,
    FinanceCommitteeItem,
    FundingRequest,
    ItemStatus,
    LinkFinding,
    LookalikeQuestion,
    PaperQuestion,
    RequestStatus,
    Review,
    Round,
    ServiceTimes,
    SpendingImport,
    Tier,
    TwoPerson,
)
from funding.policies.states import SECRETARY
from funding.querysets_reviews import kinds_of
from funding.views.policies import KINDS

NEXT_STEPS: dict[str, Text] = {
    RequestStatus.DRAFT: _("Finish the draft and submit it"),
    RequestStatus.RETURNED: _("Answer the questions and submit it again"),
    RequestStatus.SUBMITTED: _("Endorse it, or return it"),
    RequestStatus.ENDORSED: _("Screen it"),
    RequestStatus.SCREENED: _("Put it before the body"),
    RequestStatus.DECIDING: _("See the vote to its close"),
    RequestStatus.DECIDED: _("Publish the result"),
    RequestStatus.DEFERRED: _("Bring it back when its day comes"),
}
DECIDE = _("Decide it")


def waiting(user: User) -> Iterator[Duty]:
    yield from _votes(user)
    yield from _requests(user)
    yield from _paper_questions(user)
    yield from _reviews(user)
    yield from _conditions(user)
    yield from _lookalikes(user)
    yield from _outcomes(user)
    yield from _imports(user)
    yield from _policies(user)
    yield from _money(user)


def _votes(user: User) -> Iterator[Duty]:
    """Open rounds in which this person's seat has not voted and may."""
    rounds = Round.objects.visible_to(user).awaiting_vote_by(user.person).select_related("request__project")
    for round_ in rounds.order_by("deadline_at", "pk"):
        if policies.can_vote(user, round_):
            due_on = clock.hong_kong_day(round_.deadline_at) if round_.deadline_at else None
            yield _about(
                round_.request, "round.vote", _("Vote"), reverse("funding:round-detail", args=[round_.pk]), due_on
            )


def _requests(user: User) -> Iterator[Duty]:
    """Exactly the requests that the list shows as “With: you”."""
    times = list(ServiceTimes.objects.approved())
    until = dict(Deferral.objects.filter(ended_at__isnull=True).values_list("request", "until"))
    for request in held.held_by(FundingRequest.objects.visible_to(user), held.ME, user).order_by("holder_since", "pk"):
        decides = request.status == RequestStatus.SUBMITTED and request.tier == Tier.DEPARTMENT
        due_on = until.get(request.pk) if request.status == RequestStatus.DEFERRED else facts.due_day(request, times)
        yield _about(
            request, f"request.{request.status}", DECIDE if decides else NEXT_STEPS[request.status], due_on=due_on
        )


def _paper_questions(user: User) -> Iterator[Duty]:
    """Questions of members on the open paper of a request that this person answers for."""
    person = user.person_id
    answers = Q(round__request__applicant=person) | Q(round__request__lead=person)
    asked = PaperQuestion.objects.filter(
        answers | Q(round__request__project__lead=person),
        answers__isnull=True,
        round__in=Round.objects.visible_to(user).open(),
    )
    for question in asked.select_related("round__request").order_by("asked_at"):
        page = reverse("funding:round-detail", args=[question.round_id])
        yield _about(question.round.request, "paper.answer", _("Answer a member’s question"), page)


def _reviews(user: User) -> Iterator[Duty]:
    if not (kinds := kinds_of(user)):
        return
    asked = Review.objects.visible_to(user).waiting().filter(kind__in=kinds).not_own_of(user.person_id)
    for review in asked.select_related("request__project").order_by("pk"):
        if policies.can_answer_review(user, review):
            what = _("Review: %(kind)s") % {"kind": review.get_kind_display()}
            yield _about(review.request, "review.answer", what)


def _conditions(user: User) -> Iterator[Duty]:
    """Evidence that this person owes, and evidence or waivers of others that wait for this person's word."""
    rows = Condition.objects.visible_to(user).select_related("decision__request__project").order_by("due_on", "pk")
    for condition in rows.filter(owner=user.person_id, status=ConditionStatus.OPEN):
        yield _of_condition(condition, "condition.evidence", _("Hand in the evidence of condition %(number)s"))
    for condition in rows.filter(status=ConditionStatus.SUBMITTED):
        if policies.can_discharge(user, condition):
            yield _of_condition(condition, "condition.discharge", _("Discharge condition %(number)s, or send it back"))
    for condition in rows.filter(status=ConditionStatus.WAIVING):
        if policies.can_waive(user, condition):
            yield _of_condition(condition, "condition.waive", _("Agree to waive condition %(number)s, or refuse"))


def _lookalikes(user: User) -> Iterator[Duty]:
    if user.has_perm(SECRETARY):
        asked = LookalikeQuestion.objects.visible_to(user).open().select_related("first__project", "second__project")
        for question in asked.order_by("due_on", "pk"):
            if policies.can_answer_lookalike(user, question):
                what = _("Say whether it belongs together with %(other)s") % {"other": question.second.reference}
                yield _about(question.first, "lookalike.answer", what, due_on=question.due_on)
    proposed = LinkFinding.objects.visible_to(user).filter(status=LinkFinding.Status.PROPOSED)
    for finding in proposed.select_related("first__project", "second__project").order_by("pk"):
        if policies.can_confirm_cut(user, finding):
            what = _("Agree that it does not belong together with %(other)s") % {"other": finding.second.reference}
            yield _about(finding.first, "finding.confirm", what)


def _outcomes(user: User) -> Iterator[Duty]:
    """Outcomes of the Finance Committee that wait for the second officer."""
    seen = FundingRequest.objects.visible_to(user).values("pk")
    items = FinanceCommitteeItem.objects.filter(status=ItemStatus.RECORDED, request__in=seen)
    for item in items.select_related("request__project").order_by("pk"):
        if policies.can_confirm_outcome(user, item.request):
            yield _about(item.request, "outcome.confirm", _("Confirm the outcome of the Finance Committee"))


def _imports(user: User) -> Iterator[Duty]:
    """Files of expenditure that this person offered and neither recorded nor took back."""
    offered = SpendingImport.objects.visible_to(user).filter(
        offered_by=user.person_id, status=SpendingImport.Status.OFFERED
    )
    for batch in offered.order_by("pk"):
        page = reverse("funding:money-import", args=[batch.pk])
        yield Duty("spending.confirm", _("Record the expenditure, or take the file back"), "", str(batch), page)


def _policies(user: User) -> Iterator[Duty]:
    """Policies that somebody else proposed and this person may approve."""
    for kind in KINDS:
        approve = next(act for act in kind.acts if act.name == "approve")
        for row in kind.rows().visible_to(user).filter(status=DatedPolicy.Status.PROPOSED).order_by("pk"):
            if approve.may(user, row):
                page = kind.address("detail", row.pk)
                yield Duty(
                    "policy.approve",
                    _("Approve the proposal, or withdraw it"),
                    "",
                    str(kind.heading),
                    page,
                    row.starts_on,
                )


def _money(user: User) -> Iterator[Duty]:
    """Votes of money and carry-overs that wait for a second person."""
    proposed = (
        (EnvelopeVote.objects.select_related("envelope"), "funding:money-vote", _("Approve the vote of money")),
        (CarryOver.objects.select_related("source", "target"), "funding:money-carry-over", _("Approve the carry-over")),
    )
    for rows, name, what in proposed:
        for row in rows.filter(status=TwoPerson.Status.PROPOSED).order_by("pk"):
            if policies.can_approve_money(user, row):
                yield Duty("money.approve", what, "", str(row), reverse(name, args=[row.pk]))


def _of_condition(condition: Condition, code: str, what: Any) -> Duty:
    return _about(condition.decision.request, code, what % {"number": condition.number}, due_on=condition.due_on)


def _about(request: FundingRequest, code: str, what: Text, page: str = "", due_on: Any = None) -> Duty:
    page = page or reverse("funding:request-detail", args=[request.reference])
    return Duty(code, what, request.reference, request.in_language("title"), page, due_on)
