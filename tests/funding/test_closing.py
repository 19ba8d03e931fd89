"""Last call, close, deadline, adjournment and the result."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import Conflict, NotAllowed
from core.models import LedgerEntry
from funding import invariants, services, tasks, wording
from funding.models import Decision, FundingRequest, Round, VotingRule


def refusal_of(error, act, **arguments):
    """The code of the refusal, after checking that no round changed."""
    before = list(Round.objects.order_by("pk").values_list("status", "last_call_at"))
    with pytest.raises(error) as refusal:
        act(**arguments)
    assert list(Round.objects.order_by("pk").values_list("status", "last_call_at")) == before
    return refusal.value


@pytest.mark.parametrize(
    ("choices", "outcome", "ending"),
    [
        ("ffffas", "approved", "for 4, against 1, abstain 1; more than half of 5 votes for or against: carried."),
        (
            "ffaass",
            "rejected",
            "for 2, against 2, abstain 2; "
            "equal votes for and against: a tie, and under the rule a tied motion is not carried.",
        ),
        ("ssssss", "rejected", "for 0, against 0, abstain 6; no votes for or against: lost."),
    ],
)
def test_the_result_follows_from_the_votes_that_stand(office, choices, outcome, ending):
    round_ = office.round()
    office.vote(round_, choices)

    closed = office.close(round_)

    decision = Decision.objects.get()
    assert (closed.status, closed.outcome, decision.outcome) == ("closed", outcome, outcome)
    assert decision.amount == (round_.motion_amount if outcome == "approved" else 0)
    assert wording.result_sentence(closed.result) == (
        "9 seats, 0 recused, 9 may vote, quorum 5 met (6 voted): " + ending
    )
    request = FundingRequest.objects.get()
    assert (request.status, request.outcome) == ("decided", "")
    assert invariants.check() == []


@pytest.mark.parametrize(("choices", "outcome"), [("fffff", "recommended"), ("aaaaa", "not_recommended")])
def test_the_largest_requests_are_only_recommended(office, choices, outcome):
    round_ = office.round("20000000.01")
    office.vote(round_, choices)

    assert office.close(round_).outcome == outcome
    assert Decision.objects.get().amount == 0


def test_without_quorum_the_chair_is_told_how_many_are_missing(office):
    round_ = office.round()
    office.vote(round_, "fff")

    refusal = refusal_of(Conflict, services.call_last, actor=office.chair, round_id=round_.pk)

    assert refusal.code == "round.quorum"
    assert str(refusal) == "There is no quorum: 2 more votes are needed (3 of 5)."


def test_a_recusal_after_the_last_call_is_counted_before_the_close(office):
    round_ = office.round()
    office.vote(round_, "fffff")
    services.call_last(actor=office.chair, round_id=round_.pk)
    services.declare_interest(actor=office.members[4], round_id=round_.pk, note="My brother sells it.")

    assert refusal_of(Conflict, services.close_round, actor=office.chair, round_id=round_.pk).code == "round.quorum"


def test_the_chair_closes_only_after_the_last_call_has_run_out(office, monkeypatch):
    VotingRule.objects.update(last_call_seconds=60)
    round_ = office.round()
    office.vote(round_, "fffff")
    assert refusal_of(Conflict, services.close_round, actor=office.chair, round_id=round_.pk).code == "round.last_call"
    called = services.call_last(actor=office.chair, round_id=round_.pk).last_call_at
    monkeypatch.setattr(clock, "database_now", lambda: called + timedelta(seconds=59, microseconds=999_999))
    refusal = refusal_of(Conflict, services.close_round, actor=office.chair, round_id=round_.pk)
    office.say(round_, office.members[4], "against")
    monkeypatch.setattr(clock, "database_now", lambda: called + timedelta(seconds=60))

    closed = services.close_round(actor=office.chair, round_id=round_.pk)

    assert (refusal.code, str(refusal)) == ("round.last_call", "The last call runs for 1 more second.")
    assert (closed.status, closed.result["against"]) == ("closed", 1)


def test_the_last_call_is_made_once_and_only_by_the_chair(office, secretary):
    round_ = office.round()
    office.vote(round_, "fffff")
    for stranger in (office.members[1], secretary):
        assert refusal_of(NotAllowed, services.call_last, actor=stranger, round_id=round_.pk).code == "chair.only"
    services.call_last(actor=office.chair, round_id=round_.pk)

    assert refusal_of(Conflict, services.call_last, actor=office.chair, round_id=round_.pk).code == "round.last_call"


def test_a_round_closes_once(office):
    round_ = office.round()
    office.vote(round_, "fffff")
    office.close(round_)

    assert refusal_of(Conflict, services.close_round, actor=office.chair, round_id=round_.pk).code == "round.closed"
    assert Decision.objects.count() == 1


def test_the_acting_chair_closes_where_the_chair_is_recused_or_absent(office, secretary):
    recused, absent = office.round(), office.round(project=office.new_project(), acting_chair_seat=4)
    services.declare_interest(actor=office.chair, round_id=recused.pk, note="My brother sells it.")
    services.mark_absent(actor=secretary, round_id=absent.pk, seat_number=1)
    for round_, acting in ((recused, office.members[1]), (absent, office.members[3])):
        office.vote(round_, "-fffff")
        assert refusal_of(NotAllowed, services.call_last, actor=office.chair, round_id=round_.pk).code == "chair.only"
        services.call_last(actor=acting, round_id=round_.pk)

        assert services.close_round(actor=acting, round_id=round_.pk).status == "closed"


def circulation(office, **opening):
    return office.round(mode="circulation", deadline_at=clock.now() + timedelta(hours=1), **opening)


def past(monkeypatch, round_):
    """Put the database's clock at the deadline."""
    monkeypatch.setattr(clock, "database_now", lambda: round_.deadline_at)
    return round_.deadline_at


def test_a_circulation_closes_early_only_when_every_seat_has_voted(office):
    round_ = circulation(office)
    office.vote(round_, "ffffffff")
    refusal = refusal_of(Conflict, services.call_last, actor=office.chair, round_id=round_.pk)
    office.say(round_, office.members[8], "for")

    assert (refusal.code, str(refusal)) == (
        "round.waiting",
        "1 seat has not voted; before the deadline the round closes only when all have.",
    )
    assert office.close(round_).outcome == "approved"


def test_a_circulation_closes_at_its_deadline(office, monkeypatch):
    round_ = circulation(office)
    office.vote(round_, "fffff")
    now = past(monkeypatch, round_)

    assert (services.close_due_rounds(now=now), services.close_due_rounds(now=now)) == (1, 0)
    round_.refresh_from_db()
    assert (round_.status, round_.outcome, round_.closed_by) == ("closed", "approved", None)
    assert LedgerEntry.objects.filter(action="round.closed", actor="system").count() == 1
    assert invariants.check() == []


def test_a_circulation_without_quorum_ends_without_a_decision(office, monkeypatch):
    round_ = circulation(office)
    office.vote(round_, "ff")

    services.close_due_rounds(now=past(monkeypatch, round_))

    round_.refresh_from_db()
    assert (round_.status, round_.outcome, round_.request.status) == ("ended", "no_quorum", "screened")
    assert wording.result_sentence(round_.result) == (
        "9 seats, 0 recused, 9 may vote, quorum 5 not met (2 voted): no decision."
    )
    assert not Decision.objects.exists()
    assert invariants.check() == []


def test_the_schedule_closes_nothing_before_its_time(office):
    circulation(office)
    office.round(project=office.new_project())

    assert tasks.close_due_rounds() == 0
    assert Round.objects.open().count() == 2


def test_a_meeting_without_quorum_is_adjourned_and_may_be_called_again(office, secretary):
    round_ = office.round()
    office.vote(round_, "fff")
    assert refusal_of(NotAllowed, services.adjourn_round, actor=office.members[1], round_id=round_.pk).code == (
        "secretary.only"
    )

    services.adjourn_round(actor=secretary, round_id=round_.pk)

    round_.refresh_from_db()
    assert (round_.status, round_.outcome, round_.request.status) == ("ended", "adjourned", "screened")
    assert office.open(round_.request).number == 2


def test_what_has_a_quorum_or_a_deadline_is_not_adjourned(office):
    meeting, circulated = office.round(), circulation(office, project=office.new_project())
    office.vote(meeting, "fffff")

    def adjourn(round_):
        return refusal_of(Conflict, services.adjourn_round, actor=office.chair, round_id=round_.pk).code

    assert (adjourn(meeting), adjourn(circulated)) == ("round.quorum", "round.mode")
    office.close(meeting)
    assert adjourn(meeting) == "round.closed"


def test_a_casting_vote_settles_a_tie_only_where_the_rule_has_one(office):
    round_ = office.round()
    office.vote(round_, "fffaaa")
    services.call_last(actor=office.chair, round_id=round_.pk)
    closing = {"actor": office.chair, "round_id": round_.pk}
    assert refusal_of(Conflict, services.close_round, **closing, casting_vote="for").code == "casting.no_tie"
    VotingRule.objects.update(tie="casting_vote")
    assert refusal_of(Conflict, services.close_round, **closing).code == "casting.needed"
    assert refusal_of(Conflict, services.close_round, **closing, casting_vote="abstain").code == "choice.invalid"

    closed = services.close_round(**closing, casting_vote="for")

    assert (closed.outcome, closed.result["casting"]) == ("approved", "for")
    assert wording.result_sentence(closed.result).endswith("equal votes, casting vote of the chair for: carried.")
    assert invariants.check() == []


def test_a_tie_at_a_deadline_waits_for_the_chairs_casting_vote(office, monkeypatch):
    VotingRule.objects.update(tie="casting_vote")
    round_ = circulation(office)
    office.vote(round_, "fffaaa")

    assert services.close_due_rounds(now=past(monkeypatch, round_)) == 0
    closed = services.close_round(actor=office.chair, round_id=round_.pk, casting_vote="against")
    assert closed.outcome == "rejected"
