"""Any order of acts, by anybody, with real commits: what must never be otherwise holds after each story."""

from decimal import Decimal
import itertools

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, multiple, rule, run_state_machine_as_test
import pytest

from core import ledger
from core.errors import DomainError
from funding import invariants, services
from funding.models import Decision, Envelope, FundingRequest, Round
from tests.conftest import _empty
from tests.factories.funding import EnvelopeFactory, Office, line, make_office
from tests.plugins.personas import make_world

STORIES_IN_ONE_DATABASE = 25
AMOUNTS = st.sampled_from(["250000.00", "499999.99", "500000.00", "15000000.00", "20000000.00", "20000000.01"])
SEATS = st.integers(1, 5)


class FundingStory(RuleBasedStateMachine):
    """Two projects of one department, a committee of five with one alternate. A refusal is a good answer."""

    office: Office
    count = itertools.count()
    done = 0
    refused = 0
    published = 0
    requests = Bundle("requests")
    rounds = Bundle("rounds")

    @initialize()
    def begin(self) -> None:
        if next(self.count) % STORIES_IN_ONE_DATABASE == 0:
            _empty()
            type(self).office = make_office(make_world(), seats=5, alternate_of=(2,))
        self.projects = [self.office.new_project() for _project in range(2)]
        self.envelope = EnvelopeFactory(amount=Decimal("1000000.00"))

    @rule(target=requests, amount=AMOUNTS, place=st.integers(0, 1), by=st.sampled_from(["applicant", "head"]))
    def draft(self, amount: str, place: int, by: str) -> int:
        return self.office.draft(amount, project_id=self.projects[place].pk, actor=self.office.world[by]).pk

    @rule(request=requests)
    def submit(self, request: int) -> None:
        self.try_to(services.submit_request, by="applicant", request_id=request, expected_version=self.version(request))

    @rule(request=requests, amount=AMOUNTS)
    def revise(self, request: int, amount: str) -> None:
        version = self.version(request)
        act = services.revise_request
        lines = [line(amount)]
        self.try_to(act, by="applicant", request_id=request, expected_version=version, reason="Price.", lines=lines)

    @rule(request=requests)
    def withdraw(self, request: int) -> None:
        self.try_to(services.withdraw_request, by="applicant", request_id=request, reason="Cancelled.")

    @rule(
        target=requests,
        request=requests,
        by=st.sampled_from(["head", "secretary", "chair"]),
        how=st.sampled_from(["return", "defer", "defer and back", "appeal"]),
    )
    def hold_up(self, request: int, by: str, how: str) -> object:
        """Returned and answered, deferred and perhaps brought back, or what was decided appealed against."""
        actor = self.office.chair if by == "chair" else self.office.world[by]
        if how == "return":
            self.try_to(services.return_with_questions, by=actor, request_id=request, questions=["Why?"])
            answered = {"request_id": request, "number": 1, "text": "So."}
            self.try_to(services.answer_question, by="applicant", **answered)
        elif how == "appeal":
            filed = self.try_to(services.appeal, by="applicant", request_id=request, ground="Look again.")
            return filed.pk if filed else multiple()
        else:
            self.try_to(services.defer_request, by=actor, request_id=request, reason="Later.", condition="A survey.")
        if how == "defer and back":
            self.try_to(services.bring_back, by="secretary", request_id=request, note="Done.")
        return multiple()

    @rule(request=requests)
    def endorse_and_screen(self, request: int) -> None:
        self.try_to(services.endorse_request, by="head", request_id=request, statement="Needed.")
        self.try_to(services.screen_request, by="secretary", request_id=request)

    @rule(request=requests, approve=st.booleans())
    def decide(self, request: int, approve: bool) -> None:
        self.try_to(services.decide_in_department, by="head", request_id=request, approve=approve, reason="So.")
        self.try_to(services.publish_department_decision, by="secretary", request_id=request)

    @rule(target=rounds, request=requests)
    def put_to_the_vote(self, request: int) -> object:
        opened = self.open_round(request)
        return multiple() if opened is None else opened

    def open_round(self, request: int) -> int | None:
        self.submit(request)
        self.endorse_and_screen(request)
        opened = self.try_to(services.open_round, by="secretary", request_id=request)
        return opened.pk if opened else None

    @rule(round_=rounds, seat=SEATS, choice=st.sampled_from(["for", "for", "against", "abstain"]))
    def vote(self, round_: int, seat: int, choice: str) -> None:
        self.say(round_, self.office.members[seat - 1], choice)

    def everybody_votes_for(self, round_: int) -> None:
        for member in self.office.members:
            self.say(round_, member, "for")

    @rule(round_=rounds)
    def vote_as_the_alternate(self, round_: int) -> None:
        self.try_to(services.mark_absent, by="secretary", round_id=round_, seat_number=2)
        self.say(round_, self.office.alternates[2], "against")

    @rule(round_=rounds, seat=SEATS)
    def declare(self, round_: int, seat: int) -> None:
        self.try_to(services.declare_interest, by=self.office.members[seat - 1], round_id=round_, note="Mine.")

    @rule(request=requests)
    def see_through(self, request: int) -> None:
        """From wherever it is to its publication, where nothing stands in the way."""
        opened = self.open_round(request)
        if opened is not None:
            self.everybody_votes_for(opened)
            self.close(opened, 1)
            self.publish_and_commit(opened)

    @rule(round_=rounds, seat=SEATS)
    def close(self, round_: int, seat: int) -> None:
        """Some member first, then who presides: the chair, or the next in order where the chair is recused."""
        chair, deputy = self.office.chair, self.office.members[1]
        for member in dict.fromkeys((self.office.members[seat - 1], chair, deputy)):
            self.try_to(services.call_last, by=member, round_id=round_)
            self.try_to(services.close_round, by=member, round_id=round_)

    @rule(round_=rounds)
    def adjourn(self, round_: int) -> None:
        self.try_to(services.adjourn_round, by="secretary", round_id=round_)

    @rule(round_=rounds)
    def publish_and_commit(self, round_: int) -> None:
        decision: Decision | None = self.try_to(
            services.publish_decision, by="secretary", round_id=round_, reason="So."
        )
        if decision is not None:
            FundingStory.published += 1
            self.try_to(
                services.commit,
                by="finance",
                decision_id=decision.pk,
                envelope_id=self.envelope.pk,
                amount=Decimal("300000.00"),
            )

    def teardown(self) -> None:
        assert invariants.check() == []
        assert ledger.verify(ledger.stored_chain()) == ledger.head()
        for envelope in Envelope.objects.all():
            assert sum(envelope.commitments.values_list("amount", flat=True)) <= envelope.amount

    def say(self, round_: int, member: object, choice: str) -> None:
        digest = Round.objects.filter(pk=round_).values_list("motion_digest", flat=True).first() or ""
        self.try_to(services.cast_vote, by=member, round_id=round_, choice=choice, reason="So.", motion_digest=digest)

    def try_to(self, act, *, by, **arguments):
        actor = self.office.world[by] if isinstance(by, str) else by
        try:
            found = act(actor=actor, **arguments)
        except DomainError:
            FundingStory.refused += 1
            return None
        FundingStory.done += 1
        return found

    def version(self, request: int) -> int:
        return FundingRequest.objects.values_list("version", flat=True).get(pk=request)


@pytest.mark.prove("funding", parts=8)
def test_no_order_of_acts_breaks_what_must_hold(committed_db, proof, part):
    """2,000 stories of 50 acts in eight parts, each with its own seed."""
    stories = proof.size(gate=24, full=250)
    FundingStory.count = itertools.count()  # the first story of a part makes its world
    FundingStory.done = FundingStory.refused = FundingStory.published = 0
    run_state_machine_as_test(
        seed(proof.seed + part)(FundingStory) if proof.full else FundingStory,
        settings=settings(
            max_examples=stories,
            stateful_step_count=50 if proof.full else 30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    proof.figure("acts_done", FundingStory.done)
    proof.figure("acts_refused", FundingStory.refused)
    proof.figure("rounds_published", FundingStory.published)

    assert FundingStory.done > stories
    assert FundingStory.published > 0
