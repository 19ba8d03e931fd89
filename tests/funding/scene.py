"""A committee of nine seats, its rule, the first policy, an envelope, and requests brought to any state by services."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from funding import services
from funding.models import (
    Body,
    Choice,
    CostCategory,
    Envelope,
    FundingPolicy,
    FundingRequest,
    Round,
    Seat,
    SeatTerm,
    Tier,
    TierLine,
    VotingRule,
)
from tests.factories.accounts import PersonFactory, PostingFactory, UserFactory
from tests.factories.funding import EnvelopeFactory
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.plugins.personas import World

START = date(2025, 11, 1)
SEATS = 9
UPPER = {Tier.DEPARTMENT: (Decimal("500000.00"), False), Tier.WORKING_GROUP: (Decimal("20000000.00"), True)}


@dataclass
class Scene:
    """`members` are the accounts of seats 1 to 9: the chair first, the last one of department A and so recused."""

    world: World
    project: Any
    procedure: Any
    body: Body
    rule: VotingRule
    envelope: Envelope
    members: list[Any] = field(default_factory=list)

    @property
    def chair(self) -> Any:
        return self.members[0]

    @property
    def recused(self) -> Any:
        return self.members[-1]

    def draft(
        self, amount: str = "1200000.00", *, by: Any = None, project: Any = None, **content: Any
    ) -> FundingRequest:
        line = {
            "category": CostCategory.SERVICES,
            "description": "Document reader",
            "financial_year": 2026,
            "amount": Decimal(amount),
        }
        facts = {"title_en": "Reading visa papers", "title_zh_hant": "簽證文件閱讀", "justification": "Faster answers."}
        facts |= {"reuse": "nothing_found"}
        return services.draft_request(
            actor=by or self.world["applicant"],
            project_id=(project or self.project).pk,
            lines=[line],
            procedure_ids=[self.procedure.pk] if project is None else [],
            **{**facts, **content},
        )

    def submitted(self, amount: str = "1200000.00", **more: Any) -> FundingRequest:
        request = self.draft(amount, **more)
        return services.submit_request(
            actor=more.get("by") or self.world["applicant"], request_id=request.pk, expected_version=request.version
        )

    def endorsed(self, amount: str = "1200000.00", **content: Any) -> FundingRequest:
        request = self.submitted(amount, **content)
        return services.endorse_request(
            actor=self.world["head"], request_id=request.pk, statement="The department needs this."
        )

    def screened(self, amount: str = "1200000.00", **content: Any) -> FundingRequest:
        request = self.endorsed(amount, **content)
        return services.screen_request(actor=self.world["secretary"], request_id=request.pk)

    def round_open(self, amount: str = "1200000.00", **content: Any) -> Round:
        return services.open_round(actor=self.world["secretary"], request_id=self.screened(amount, **content).pk)

    def vote(self, round_: Round, member: Any, choice: Choice = Choice.FOR, reason: str = "") -> Any:
        return services.cast_vote(
            actor=member, round_id=round_.pk, choice=choice, reason=reason, motion_digest=round_.motion_digest
        )

    def round_closed(self, amount: str = "1200000.00", **content: Any) -> Round:
        """Six votes: four for, one against, one abstaining; the rule of this scene has no last call to wait for."""
        round_ = self.round_open(amount, **content)
        choices = [Choice.FOR] * 4 + [Choice.AGAINST, Choice.ABSTAIN]
        for member, choice in zip(self.members, choices, strict=False):
            self.vote(round_, member, choice, reason="Too dear." if choice == Choice.AGAINST else "")
        services.call_last(actor=self.chair, round_id=round_.pk)
        return services.close_round(actor=self.chair, round_id=round_.pk)

    def round_published(self, amount: str = "1200000.00", **content: Any) -> Round:
        round_ = self.round_closed(amount, **content)
        services.publish_decision(actor=self.world["secretary"], round_id=round_.pk)
        round_.refresh_from_db()
        return round_


def make_scene(world: World, *, last_call_seconds: int = 0) -> Scene:
    project = ProjectFactory(
        reference="AA-2026-001", department=world.a, lead=world["applicant"].person, title_en="Visa papers"
    )
    body = Body.objects.create(code="dwg", name_en="Digitalisation working group", name_zh_hant="數碼化工作小組")
    scene = Scene(
        world=world,
        project=project,
        procedure=ProcedureFactory(project=project),
        body=body,
        rule=VotingRule.objects.create(
            body=body, starts_on=START, source="First rule", status="approved", last_call_seconds=last_call_seconds
        ),
        envelope=EnvelopeFactory(
            code="ai-2026",
            name_en="AI 2026-27",
            name_zh_hant="人工智能 2026-27",
            financial_year=2026,
            amount=Decimal("100000000.00"),
        ),
    )
    _make_policy(body)
    for number in range(1, SEATS + 1):
        scene.members.append(_seat(scene, number))
    return scene


def _make_policy(body: Body) -> None:
    policy = FundingPolicy.objects.create(starts_on=START, source="Programme paper", status="approved")
    for tier in Tier:
        upper, included = UPPER.get(tier, (None, False))
        votes = None if tier == Tier.DEPARTMENT else body
        TierLine.objects.create(policy=policy, tier=tier, upper=upper, upper_included=included, body=votes)


def _seat(scene: Scene, number: int) -> Any:
    """Seat 1 is the chair's, seat 9 is held by somebody of department A. Personas that the world has are seated."""
    name = "chair" if number == 1 else f"member{number - 1}"
    user = scene.world.users.get({1: "chair", 2: "member"}.get(number, ""))
    if user is None:
        person = PersonFactory(name_en=name.title(), name_zh_hant=f"委員{number}")
        PostingFactory(person=person, department=scene.world.a if number == SEATS else scene.world.team_department)
        user = UserFactory(username=name, person=person)
    duty = Seat.Duty.CHAIR if number == 1 else Seat.Duty.MEMBER
    seat = Seat.objects.create(body=scene.body, number=number, duty=duty, starts_on=START)
    SeatTerm.objects.create(seat=seat, person=user.person, starts_on=START)
    return user
