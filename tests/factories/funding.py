"""Requests, committees and rounds. `Office` walks a request through its real services, one step a method."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone
import factory
from factory.django import DjangoModelFactory

from funding import installation, services
from funding.models import Body, Envelope, EnvelopeVote, FundingRequest, Round, VotingRule
from tests.factories.accounts import DepartmentFactory, PersonFactory, PostingFactory, UserFactory
from tests.factories.projects import ProjectFactory


class FundingRequestFactory(DjangoModelFactory):
    """A draft of HK$1,200,000.00, as a row; for later states use `Office`."""

    class Meta:
        model = FundingRequest

    reference = factory.Sequence(lambda n: f"FR-2025-{n + 1:04d}")
    project = factory.SubFactory(ProjectFactory)
    department = factory.SelfAttribute("project.department")
    title_en = factory.Sequence(lambda n: f"Request {n}")
    applicant = factory.SubFactory(PersonFactory)
    lead = factory.SelfAttribute("applicant")
    own_amount = Decimal("1200000.00")
    holder_since = factory.LazyFunction(timezone.now)


class EnvelopeFactory(DjangoModelFactory):
    class Meta:
        model = Envelope
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"envelope-{n}")
    name_en = "Digitalisation 2026-27"
    financial_year = 2026
    amount = Decimal("100000000.00")

    @factory.post_generation
    def votes(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """What it holds was voted into it."""
        if create and self.amount:
            now = timezone.now()
            EnvelopeVote.objects.create(
                envelope=self, amount=self.amount, source="FCR", status="approved", proposed_at=now, approved_at=now
            )


def line(amount: str, **fields: Any) -> dict[str, Any]:
    """One cost line as services take it."""
    return {
        "category": "software",
        "description": "Licences",
        "financial_year": 2026,
        "amount": Decimal(amount),
        **fields,
    }


@dataclass
class Office:
    """A world with the first policy and a seated working group; `members[0]` is the chair, seat 1."""

    world: Any
    members: list[Any]
    project: Any
    alternates: dict[int, Any] = field(default_factory=dict)

    @property
    def chair(self) -> Any:
        return self.members[0]

    def draft(self, amount: str = "1200000.00", **fields: Any) -> FundingRequest:
        fields = {
            "project_id": self.project.pk,
            "title_en": "Model for letters",
            "lines": [line(amount)],
            "reuse": "nothing_found",
            **fields,
        }
        actor = fields.pop("actor", self.world["applicant"])
        return services.draft_request(actor=actor, **fields)

    def submitted(self, amount: str = "1200000.00", **fields: Any) -> FundingRequest:
        actor = fields.get("actor", self.world["applicant"])
        drafted = self.draft(amount, **fields)
        return services.submit_request(actor=actor, request_id=drafted.pk, expected_version=drafted.version)

    def screened(self, amount: str = "1200000.00", **fields: Any) -> FundingRequest:
        request = self.submitted(amount, **fields)
        services.endorse_request(actor=self.world["head"], request_id=request.pk, statement="Needed.")
        return services.screen_request(actor=self.world["secretary"], request_id=request.pk)

    def round(self, asked: str = "1200000.00", /, *, project: Any = None, **opening: Any) -> Round:
        fields = {"project_id": project.pk} if project else {}
        return self.open(self.screened(asked, **fields), **opening)

    def open(self, request: FundingRequest, **opening: Any) -> Round:
        return services.open_round(actor=self.world["secretary"], request_id=request.pk, **opening)

    def vote(self, round_: Round, choices: str, *, members: list[Any] | None = None) -> None:
        """One letter a seat: f(or), a(gainst), s (abstain), - (says nothing)."""
        words = {"f": "for", "a": "against", "s": "abstain"}
        for member, letter in zip(members or self.members, choices, strict=False):
            if letter != "-":
                self.say(round_, member, words[letter])

    def say(self, round_: Round, member: Any, choice: str) -> Any:
        return services.cast_vote(
            actor=member, round_id=round_.pk, choice=choice, reason="Too dear.", motion_digest=round_.motion_digest
        )

    def close(self, round_: Round, **closing: Any) -> Round:
        services.call_last(actor=self.chair, round_id=round_.pk)
        return services.close_round(actor=self.chair, round_id=round_.pk, **closing)

    def published(self, amount: str = "1200000.00", choices: str = "fffff", *, project: Any = None) -> Any:
        """The published decision of a request that ran its whole course."""
        round_ = self.round(amount, project=project)
        self.vote(round_, choices)
        self.close(round_)
        return self.publish(round_)

    def publish(self, round_: Round, *, reason: str = "The benefit is not shown.", **more: Any) -> Any:
        return services.publish_decision(actor=self.world["secretary"], round_id=round_.pk, reason=reason, **more)

    def new_project(self, **fields: Any) -> Any:
        return ProjectFactory(**{"department": self.world.a, **fields})


def make_office(world: Any, *, seats: int = 9, alternate_of: tuple[int, ...] = (), last_call: int = 0) -> Office:
    """The first policy and a working group of `seats`, all from a department of their own.

    The last call is over at once unless `last_call` gives it seconds.
    """
    installation.install()
    body = Body.objects.get(code=installation.WORKING_GROUP)
    VotingRule.objects.filter(body=body).update(last_call_seconds=last_call)
    department = DepartmentFactory(code="WG")
    members = [_member(f"member{number}", department) for number in range(1, seats + 1)]
    alternates = {number: _member(f"alternate{number}", department) for number in alternate_of}
    installation.make_seats(
        body,
        [member.person for member in members],
        alternates={number: user.person for number, user in alternates.items()},
    )
    return Office(world, members, ProjectFactory(department=world.a), alternates)


def _member(name: str, department: Any) -> Any:
    person = PersonFactory(name_en=name.title())
    PostingFactory(person=person, department=department)
    return UserFactory(username=name, person=person)
