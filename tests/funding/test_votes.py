"""Casting votes and declaring interests."""

from dataclasses import replace
from datetime import timedelta

from django.db import DatabaseError, transaction
import pytest

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import LedgerEntry
from funding import ballots, invariants, policies, services
from funding.models import Recusal, RequestStep, RequestVersion, Round, SeatTerm, Vote
from tests.factories.accounts import PostingFactory


def refused(office, round_, voter, error=NotAllowed, **vote):
    """The code of the refusal, after checking that nothing was stored."""
    before = (Vote.objects.count(), LedgerEntry.objects.count())
    ballot = {"choice": "for", "motion_digest": round_.motion_digest, **vote}
    with pytest.raises(error) as refusal:
        services.cast_vote(actor=voter, round_id=round_.pk, **ballot)
    assert (Vote.objects.count(), LedgerEntry.objects.count()) == before
    return refusal.value.code


def standing(round_):
    return {vote.roll_seat.number: vote.choice for vote in Vote.objects.filter(round=round_).standing()}


def test_a_vote_is_appended_and_the_last_word_counts(office):
    round_ = office.round()

    first = office.say(round_, office.members[3], "for")
    second = office.say(round_, office.members[3], "against")

    assert (first.revision, second.revision, round_.votes.count()) == (1, 2, 2)
    assert standing(round_) == {4: "against"}
    assert LedgerEntry.objects.filter(action="vote.cast").count() == 2
    assert invariants.check() == []


@pytest.mark.parametrize(
    ("ballot", "code"),
    [({"choice": "maybe"}, "choice.invalid"), ({"choice": "against", "reason": " "}, "reason.required")],
)
def test_a_ballot_that_says_nothing_is_refused(office, ballot, code):
    assert refused(office, office.round(), office.members[3], InvalidInput, **ballot) == code


def test_a_vote_on_another_motion_is_refused(office):
    assert refused(office, office.round(), office.members[3], Conflict, motion_digest="0" * 64) == "version.stale"


def test_the_lead_cannot_vote_on_their_own_request_with_or_without_a_seat(office, applicant):
    round_ = office.round()
    seated = office.members[3]
    round_.request.editors.create(person=seated.person)

    assert refused(office, round_, applicant) == "vote.conflict"
    assert refused(office, round_, seated) == "vote.conflict"


def test_a_member_who_joins_the_department_after_opening_cannot_vote(office):
    round_ = office.round()
    PostingFactory(person=office.members[3].person, department=office.world.a)

    assert refused(office, round_, office.members[3]) == "vote.conflict"


def test_nobody_votes_without_a_seat(office, outsider, team):
    round_ = office.round()

    assert refused(office, round_, outsider) == "seat.holder"
    assert refused(office, round_, team) == "seat.holder"


def test_a_member_whose_term_ended_cannot_vote(office):
    round_ = office.round()
    SeatTerm.objects.filter(person=office.members[3].person).update(ends_on=clock.today())

    assert refused(office, round_, office.members[3]) == "seat.ended"


def test_a_member_whose_term_ended_before_opening_cannot_vote(office):
    SeatTerm.objects.filter(person=office.members[3].person).update(ends_on=clock.today() - timedelta(days=1))

    assert refused(office, office.round(), office.members[3]) == "seat.ended"


def test_the_alternate_votes_only_for_a_holder_marked_absent(office, secretary):
    round_ = office.round()
    deputy = office.alternates[2]

    assert refused(office, round_, deputy) == "seat.holder"
    services.mark_absent(actor=secretary, round_id=round_.pk, seat_number=2)
    office.say(round_, deputy, "for")

    assert refused(office, round_, office.members[1]) == "seat.holder"
    assert standing(round_) == {2: "for"}
    assert invariants.check() == []


def test_a_holder_who_comes_late_votes_and_the_alternate_cannot(office, secretary):
    round_ = office.round()
    services.mark_absent(actor=secretary, round_id=round_.pk, seat_number=2)

    office.say(round_, office.members[1], "for")

    assert refused(office, round_, office.alternates[2]) == "seat.holder"
    assert not round_.roll.get(number=2).is_absent


def test_no_vote_after_the_close(office):
    round_ = office.round()
    office.vote(round_, "fffff")
    office.close(round_)

    assert refused(office, round_, office.members[6], Conflict) == "round.closed"


@pytest.mark.parametrize(("seconds", "accepted"), [(-1, True), (0, False), (1, False)])
def test_the_deadline_is_judged_by_the_databases_clock(office, monkeypatch, seconds, accepted):
    deadline = clock.now() + timedelta(hours=1)
    round_ = office.round(mode="circulation", deadline_at=deadline)
    read, then = ballots.read, deadline + timedelta(seconds=seconds)
    monkeypatch.setattr(ballots, "read", lambda *asked, **how: replace(read(*asked, **how), at=then))

    if accepted:
        office.say(round_, office.members[3], "for")
    else:
        assert refused(office, round_, office.members[3], Conflict) == "round.closed"

    assert round_.votes.exists() is accepted


def test_a_workers_clock_an_hour_ahead_refuses_no_vote(office, monkeypatch):
    round_ = office.round(mode="circulation", deadline_at=clock.now() + timedelta(minutes=30))
    monkeypatch.setattr(clock, "now", lambda: clock.timezone.now() + timedelta(hours=1))

    office.say(round_, office.members[3], "for")

    assert services.close_due_rounds(now=clock.now()) == 0
    assert Round.objects.get().status == "open"


def test_a_declared_interest_voids_the_vote_and_recuses_the_seat(office):
    round_ = office.round()
    office.vote(round_, "ff")

    services.declare_interest(actor=office.members[1], round_id=round_.pk, note="My brother sells it.")

    assert standing(round_) == {1: "for"}
    assert round_.votes.count() == 2
    assert refused(office, round_, office.members[1]) == "vote.conflict"
    assert refused(office, round_, office.alternates[2]) == "vote.conflict"
    assert LedgerEntry.objects.latest("position").action == "recusal.declared"


def test_an_alternates_interest_recuses_only_the_alternate(office, secretary):
    round_ = office.round()
    services.mark_absent(actor=secretary, round_id=round_.pk, seat_number=2)
    office.say(round_, office.alternates[2], "against")

    services.declare_interest(actor=office.alternates[2], round_id=round_.pk, note="My brother sells it.")

    assert standing(round_) == {}
    assert not round_.roll.get(number=2).is_recused
    assert refused(office, round_, office.alternates[2]) == "vote.conflict"
    office.say(round_, office.members[1], "for")
    assert standing(round_) == {2: "for"}
    assert invariants.check() == []


def test_an_interest_is_declared_once_in_words_before_the_close(office, outsider):
    round_ = office.round()
    member = office.members[1]

    def declare(actor, error, note="My brother sells it."):
        with pytest.raises(error) as refusal:
            services.declare_interest(actor=actor, round_id=round_.pk, note=note)
        return refusal.value.code

    assert declare(member, InvalidInput, note=" ") == "note.required"
    assert declare(outsider, NotAllowed) == "seat.holder"
    services.declare_interest(actor=member, round_id=round_.pk, note="My brother sells it.")
    assert declare(member, Conflict) == "recusal.once"
    office.vote(round_, "f-fffff")
    office.close(round_)
    assert declare(office.members[2], Conflict) == "round.closed"
    assert Recusal.objects.count() == 1


def test_who_voted_how_is_hidden_until_publication_and_the_tally_until_the_close(office, auditor, applicant, official):
    round_ = office.round()
    office.vote(round_, "fffff")
    member = office.members[0]

    def sees(user):
        found = Round.objects.get(pk=round_.pk)
        return bool(policies.can_see_tally(user, found)), bool(policies.can_see_ballots(user, found))

    everybody = (member, office.world["secretary"], auditor, applicant, official)
    assert {sees(user) for user in everybody} == {(False, False)}
    office.close(round_)
    assert [sees(user)[0] for user in everybody] == [True, True, False, False, False]
    assert not any(sees(user)[1] for user in everybody)
    services.publish_decision(actor=office.world["secretary"], round_id=round_.pk)
    assert [sees(user) for user in everybody] == [(True, True)] * 4 + [(True, False)]


@pytest.mark.parametrize("model", [Vote, Recusal, RequestVersion, RequestStep])
def test_what_is_appended_is_never_changed_or_removed(office, model):
    round_ = office.round()
    office.vote(round_, "ff")
    services.declare_interest(actor=office.members[1], round_id=round_.pk, note="My brother sells it.")
    row = model.objects.order_by("pk").first()

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(id=row.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).delete()

    assert model.objects.filter(pk=row.pk).exists()


def test_the_same_revision_twice_is_refused_by_the_database(office):
    round_ = office.round()
    vote = office.say(round_, office.members[3], "for")

    with pytest.raises(DatabaseError), transaction.atomic():
        Vote.objects.create(
            round=round_,
            roll_seat=vote.roll_seat,
            revision=1,
            choice="against",
            motion_digest=round_.motion_digest,
            person=vote.person,
            cast_at=clock.now(),
        )
