"""Every stored route follows from the record: each request under its own policy, event by event."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
import random

from django.db import transaction
import pytest
import time_machine

from core.errors import DomainError
from funding import services
from funding.models import Body, Decision, FundingPolicy, FundingRequest, TierLine
from funding.models import Round as StoredRound
from tests.factories.funding import line, make_office
from tests.factories.projects import ProcedureFactory
from tests.funding.replaying import replay

BEGAN = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
AMOUNTS = ("0.01", "200000.00", "300000.00", "499999.99", "500000.00", "9000000.00", "19500000.00", "20000000.01")
NEXT_POLICY_ON = BEGAN.date() + timedelta(days=240)


@pytest.fixture
def office(world):
    """A committee of five, and a second policy with other edges, other sides and another window from September on."""
    with time_machine.travel(BEGAN, tick=False):
        office = make_office(world, seats=5)
        first, body = FundingPolicy.objects.get(), Body.objects.get(code="digitalisation-working-group")
        first.ends_on = NEXT_POLICY_ON
        first.save()
        second = FundingPolicy.objects.create(
            starts_on=NEXT_POLICY_ON, source="Circular", status="approved", linking_months=6
        )
        TierLine.objects.create(policy=second, tier="department", upper=Decimal(300_000), upper_included=True)
        TierLine.objects.create(policy=second, tier="working_group", upper=Decimal(9_000_000), body=body)
        TierLine.objects.create(policy=second, tier="legco", body=body)
    return office


class Walk:
    """Random acts of everybody on a handful of linked requests, some days apart. A refusal is a good answer."""

    def __init__(self, office, chance):
        self.office, self.chance = office, chance
        self.projects = [office.new_project() for _project in range(3)]
        self.shared = ProcedureFactory(project=self.projects[0])
        self.projects[1].procedure_links.create(procedure=self.shared, linked_at=BEGAN)
        self.requests: list[int] = []
        self.done = 0

    def take(self, steps):
        acts = [self.submit, self.submit, self.revise, self.push, self.push, self.push, self.withdraw, self.adjourn]
        acts += [self.hold_up, self.appeal]
        for _step in range(steps):
            if self.requests:
                self.chance.choice(acts)()
            else:
                self.submit()

    def any_one(self):
        return FundingRequest.objects.get(pk=self.chance.choice(self.requests))

    def submit(self):
        place = self.chance.randrange(3)
        fields = {
            "project_id": self.projects[place].pk,
            "actor": self.office.world[self.chance.choice(["applicant"] * 4 + ["head"])],
        }
        if place < 2 and self.chance.random() < 0.5:
            fields["procedure_ids"] = [self.shared.pk]
        if self.requests and self.chance.random() < 0.4:
            fields["linked_ids"] = [self.chance.choice(self.requests)]
        self.requests.append(self.office.submitted(self.chance.choice(AMOUNTS), **fields).pk)
        self.done += 1

    def revise(self):
        request = self.any_one()
        fields = {"lines": [line(self.chance.choice(AMOUNTS))]}
        if self.chance.random() < 0.3:
            fields["linked_ids"] = [*request.linked.values_list("pk", flat=True), self.chance.choice(self.requests)]
        self.try_to(
            services.revise_request,
            by=self.office.world["applicant"],
            request_id=request.pk,
            expected_version=request.version,
            reason="Price.",
            **fields,
        )

    def withdraw(self):
        self.try_to(
            services.withdraw_request,
            by=self.office.world["applicant"],
            request_id=self.any_one().pk,
            reason="Cancelled.",
        )

    def adjourn(self):
        for round_ in StoredRound.objects.open():
            self.try_to(services.adjourn_round, by=self.office.chair, round_id=round_.pk)

    def hold_up(self):
        """Returned and answered, or deferred and perhaps brought back."""
        request, world = self.any_one(), self.office.world
        by = world[self.chance.choice(["head", "secretary"])]
        if self.chance.random() < 0.5:
            self.try_to(services.return_with_questions, by=by, request_id=request.pk, questions=["Why?"])
            for number in range(1, 4):
                self.try_to(
                    services.answer_question,
                    by=world["applicant"],
                    request_id=request.pk,
                    number=number,
                    text="Because.",
                )
            return
        self.try_to(services.defer_request, by=by, request_id=request.pk, reason="Later.", condition="A survey.")
        if self.chance.random() < 0.7:
            self.try_to(services.bring_back, by=by, request_id=request.pk, note="Surveyed.")

    def appeal(self):
        """A rejection comes again as another request."""
        request = self.any_one()
        with suppress(DomainError), transaction.atomic():
            filed = services.appeal(actor=self.office.world["applicant"], request_id=request.pk, ground="Look again.")
            services.submit_request(
                actor=self.office.world["applicant"], request_id=filed.pk, expected_version=filed.version
            )
            self.requests.append(filed.pk)
            self.done += 1

    def push(self):
        """The next steps of one request, up to a random one of them."""
        request, world = self.any_one().pk, self.office.world
        self.try_to(
            services.decide_in_department,
            by=world["head"],
            request_id=request,
            approve=self.chance.random() < 0.8,
            reason="So.",
        )
        self.try_to(services.endorse_request, by=world["head"], request_id=request, statement="Needed.")
        self.try_to(services.screen_request, by=world["secretary"], request_id=request)
        if self.chance.random() < 0.7:
            self.try_to(services.open_round, by=world["secretary"], request_id=request)
        if self.chance.random() < 0.6:
            self.vote(request)
        self.try_to(services.publish_department_decision, by=world["secretary"], request_id=request)

    def vote(self, request):
        round_ = StoredRound.objects.open().filter(request=request).first()
        if round_ is None:
            return
        self.office.vote(round_, self.chance.choice(["fff", "fff", "aaa"]))
        self.office.close(round_)
        if self.chance.random() < 0.7:
            self.office.publish(round_)

    def try_to(self, act, *, by, **arguments):
        try:
            with transaction.atomic():
                act(actor=by, **arguments)
        except DomainError:
            return
        self.done += 1


@pytest.mark.prove("funding")
def test_replaying_the_record_reproduces_every_stored_route(office, proof):
    chance = random.Random(proof.seed)
    acts = routes = decided = 0
    differences = []
    for _story in range(proof.size(gate=1, full=25)):
        with transaction.atomic(), time_machine.travel(BEGAN, tick=False) as clock:
            walk = Walk(office, chance)
            for _part in range(12 if proof.full else 7):
                walk.take(5 if proof.full else 3)
                clock.shift(timedelta(days=chance.randint(1, 75)))
            clerk = replay()
            acts, routes = acts + walk.done, routes + clerk.routes
            decided += Decision.objects.count()
            differences += clerk.differences
            transaction.set_rollback(True)
    proof.figure("acts", acts)
    proof.figure("routes", routes)
    proof.figure("decisions", decided)
    proof.figure("differences", len(differences))

    assert differences == []
    assert decided > 0


def test_a_route_that_was_changed_behind_the_record_is_seen(office):
    """The twin that must fail: the replay sees a stored tier that does not follow."""
    with time_machine.travel(BEGAN, tick=False):
        request = office.submitted("400000.00")
        assert replay().differences == []
        FundingRequest.objects.filter(pk=request.pk).update(tier="working_group")

    assert len(replay().differences) == 1
