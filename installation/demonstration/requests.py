"""The demonstration's funding requests: one in every state and every tier, with the votes that led there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
import tomllib
from typing import Any

from accounts.models import User
from core import clock
from funding import services
from funding.financial_years import financial_year_of
from funding.installation import WORKING_GROUP, make_seats
from funding.models import Body, Decision, Envelope, FundingRequest, Round, Tier
from installation.demonstration import duties, meetings, money, people, reviewing
from installation.demonstration.procedures import Undertaking
from installation.demonstration.timeline import Timeline
from projects.installation import PROGRAMME_BEGAN_ON

LIST = Path(__file__).with_name("cases.toml")
SEATS = 9
COMMITTED_IN_DEPARTMENT, COMMITTED_ABOVE = 5, 14  # days after submission
DEFERRED_DAYS = 60

# How far each ending goes along the road; the upper tiers go by endorsement, screening and a round.
ROAD = ("draft", "submitted", "endorsed", "screened", "deciding", "decided", "published", "committed")

TURNED_ASIDE = {
    "withdrawn": "submitted",
    "returned": "endorsed",
    "deferred": "screened",
    "no_quorum": "deciding",
    "circulating": "deciding",
}  # the last stage of the road before it


@dataclass
class Case:
    """One request of the story. `votes` are by seat number; an empty one stays silent or is recused."""

    project: str
    title: tuple[str, str]
    justification: str
    lines: list[list[Any]]
    submitted: int
    ends: str
    votes: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    approve: bool | None = None
    reason: str = ""
    benefits: list[list[Any]] = field(default_factory=list)
    reuse: list[str] = field(default_factory=list)
    programme: list[str] = field(default_factory=list)
    first_lines: list[list[Any]] = field(default_factory=list)
    revised: str = ""
    questions: list[str] = field(default_factory=list)
    answer: str = ""
    meeting: str = ""  # `held` with its round, or `coming` with it on the agenda
    row: FundingRequest | None = None
    round: Round | None = None

    @property
    def in_department(self) -> bool:
        """Whether the Head decides it: no round, no endorsement."""
        return sum(Decimal(line[3]) for line in self.lines if line[0] != "recurrent") < Decimal(500_000)

    @property
    def tier(self) -> Tier:
        """Of its own amount alone; each case of the story has a project of its own."""
        own = sum(Decimal(line[3]) for line in self.lines if line[0] != "recurrent")
        above = Tier.WORKING_GROUP if own <= Decimal(20_000_000) else Tier.LEGCO
        return Tier.DEPARTMENT if self.in_department else above

    def reaches(self, stage: str) -> bool:
        return ROAD.index(self._furthest) >= ROAD.index(stage)

    @property
    def _furthest(self) -> str:
        return TURNED_ASIDE.get(self.ends, self.ends)

    @property
    def pk(self) -> int:
        assert self.row is not None  # drafted earlier in the story
        return self.row.pk

    @property
    def version(self) -> int:
        return FundingRequest.objects.values_list("version", flat=True).get(pk=self.pk)


def read() -> list[Case]:
    return [
        Case(**(row | {"title": tuple(row["title"])}))
        for row in tomllib.loads(LIST.read_text(encoding="utf-8"))["case"]
    ]


def tell(timeline: Timeline, projects: Sequence[Undertaking], accounts: dict[str, User]) -> None:
    """Seats first, then each request along its road, and what became of its money."""
    by_title = {project.title_en: project for project in projects}
    timeline.at(PROGRAMME_BEGAN_ON, "09:10", lambda: _seat_members(accounts))
    funded = []
    for case in read():
        project = by_title[case.project]
        stem = people.username_stem(project.department)
        teller = Teller(timeline, case, project, accounts, accounts[f"{stem}.lead"], accounts[f"{stem}.head"])
        teller.tell()
        if case.reaches("committed"):
            funded.append(money.Funded(case.project, partial(_pk_of, case), teller.lead, teller.committed_on))
        if case.meeting == "coming":
            meetings.tell_coming(timeline, partial(_pk_of, case), accounts)
    money.tell(timeline, funded, accounts)
    duties.tell(timeline, accounts)


@dataclass
class Teller:
    """Puts one case on the timeline, from its first day on."""

    timeline: Timeline
    case: Case
    project: Undertaking
    accounts: dict[str, User]
    lead: User
    head: User

    def tell(self) -> None:
        self._on(0, "10:00", self._draft)
        if self.case.reaches("submitted"):
            self._on(0, "10:40", self._submit)
        if self.case.revised:
            self._on(0, "15:20", self._revise)
        if self.case.reaches("endorsed"):
            for day in (2, 8):  # again for what a sum that rose since has asked
                self._on(day, "16:20", self._review)
        if self.case.ends == "withdrawn":
            self._on(6, "09:30", self._withdraw)
        elif self.case.in_department:
            self._tell_in_department()
        else:
            self._tell_upper_tiers()

    def _tell_in_department(self) -> None:
        if self.case.reaches("decided"):
            self._on(2, "15:00", self._decide_in_department)
        if self.case.reaches("published"):
            self._on(3, "11:00", self._publish_department_decision)
        if self.case.reaches("committed"):
            self._on(COMMITTED_IN_DEPARTMENT, "10:30", self._commit)

    def _tell_upper_tiers(self) -> None:
        if self.case.reaches("endorsed"):
            self._on(1, "16:00", self._endorse)
        if self.case.reaches("screened"):
            self._on(3, "11:30", self._screen)
        if self.case.ends == "returned":
            self._on(3, "11:30", self._return)
            self._on(5, "15:10", self._answer)
        if self.case.ends == "deferred":
            self._on(6, "09:40", self._defer)
        if self.case.reaches("deciding"):
            self._tell_round()
        if self.case.reaches("published"):
            self._on(12, "16:00", self._publish)
        if self.case.reaches("committed"):
            self._on(COMMITTED_ABOVE, "10:30", self._commit)

    def _tell_round(self) -> None:
        """Opened on the tenth day; the votes of a circulation come over two days, those of a meeting within minutes."""
        circulating = self.case.ends in {"circulating", "no_quorum"}
        if self.case.meeting == "held":
            self._tell_meeting()
        else:
            self._on(9, "14:30", self._open_by_circulation if circulating else self._open_at_meeting)
        for seat, choice in enumerate(self.case.votes, start=1):
            if choice:
                self._on(9, f"14:{32 + seat}", partial(self._vote, seat, choice))
        if self.case.ends == "no_quorum":
            self._on(15, "18:00", lambda: services.close_due_rounds(now=clock.now()))
        if self.case.reaches("decided"):
            self._on(9, "14:50", lambda: services.call_last(actor=self.accounts["chair"], round_id=self._round_pk))
            self._on(9, "14:52", lambda: services.close_round(actor=self.accounts["chair"], round_id=self._round_pk))

    def _tell_meeting(self) -> None:
        """Planned and published the week before; held on the day of the round, which it opens."""
        sitting = meetings.Sitting(self.accounts, self.lead)
        self._on(4, "10:00", lambda: sitting.plan(self.case.pk, ahead=timedelta(days=5, hours=4.5)))
        self._on(5, "10:00", sitting.publish)
        self._on(9, "14:29", lambda: sitting.attend(self.case.votes))
        self._on(9, "14:30", lambda: setattr(self.case, "round", sitting.open_item()))
        self._on(9, "14:31", lambda: sitting.ask(self._round_pk, self.accounts[member_of(3)]))
        self._on(9, "14:55", sitting.close)

    def _on(self, day: int, clock_time: str, act: Callable[[], object]) -> None:
        self.timeline.at(self.timeline.day(self.case.submitted) + timedelta(days=day), clock_time, act)

    @property
    def committed_on(self) -> date:
        after = COMMITTED_IN_DEPARTMENT if self.case.in_department else COMMITTED_ABOVE
        return self.timeline.day(self.case.submitted) + timedelta(days=after)

    @property
    def _round_pk(self) -> int:
        assert self.case.round is not None  # opened earlier in the story
        return self.case.round.pk

    def _draft(self) -> None:
        self.case.row = services.draft_request(
            actor=self.lead,
            project_id=self.project.row.pk,  # type: ignore[union-attr] # registered earlier in the story
            title_en=self.case.title[0],
            title_zh_hant=self.case.title[1],
            justification=self.case.justification,
            lines=_lines(self.case.first_lines or self.case.lines),
            procedure_ids=[self.project.steps[0].row.pk],  # type: ignore[union-attr] # as above
            **_besides(self.case),
        )
        if self.case.reaches("submitted"):
            duties.bring_papers(self.lead, self.case.pk, self.case.tier)

    def _revise(self) -> None:
        services.revise_request(
            actor=self.lead,
            request_id=self.case.pk,
            expected_version=self.case.version,
            reason=self.case.revised,
            lines=_lines(self.case.lines),
        )

    def _submit(self) -> None:
        services.submit_request(actor=self.lead, request_id=self.case.pk, expected_version=self.case.version)

    def _review(self) -> None:
        reviewing.answer(self.case.pk, self.case.ends, self.accounts)

    def _withdraw(self) -> None:
        services.withdraw_request(actor=self.lead, request_id=self.case.pk, reason=self.case.reason)

    def _return(self) -> None:
        services.return_with_questions(
            actor=self.accounts["secretary"], request_id=self.case.pk, questions=self.case.questions
        )

    def _answer(self) -> None:
        """The first question has its answer; the others are still to be answered."""
        services.answer_question(actor=self.lead, request_id=self.case.pk, number=1, text=self.case.answer)

    def _defer(self) -> None:
        services.defer_request(
            actor=self.accounts["secretary"],
            request_id=self.case.pk,
            reason=self.case.reason,
            until=clock.today() + timedelta(days=DEFERRED_DAYS),
        )

    def _endorse(self) -> None:
        statement = "The department needs it, can run it, and has set aside the staff."
        services.endorse_request(actor=self.head, request_id=self.case.pk, statement=statement)

    def _screen(self) -> None:
        services.screen_request(actor=self.accounts["secretary"], request_id=self.case.pk, note="Papers complete.")

    def _open_at_meeting(self) -> None:
        self.case.round = services.open_round(
            actor=self.accounts["secretary"], request_id=self.case.pk, conditions=self.case.conditions
        )

    def _open_by_circulation(self) -> None:
        self.case.round = services.open_round(
            actor=self.accounts["secretary"],
            request_id=self.case.pk,
            mode="circulation",
            deadline_at=clock.now() + timedelta(days=5),
        )

    def _vote(self, seat: int, choice: str) -> None:
        assert self.case.round is not None  # opened earlier in the story
        services.cast_vote(
            actor=self.accounts[member_of(seat)],
            round_id=self.case.round.pk,
            choice=choice,
            reason="The benefit is not shown against its cost." if choice == "against" else "",
            motion_digest=self.case.round.motion_digest,
        )

    def _publish(self) -> None:
        lost = self.case.votes.count("for") <= self.case.votes.count("against")
        services.publish_decision(
            actor=self.accounts["secretary"],
            round_id=self._round_pk,
            reason="The benefit is not shown against its cost." if lost else "",
        )

    def _decide_in_department(self) -> None:
        services.decide_in_department(
            actor=self.head, request_id=self.case.pk, approve=bool(self.case.approve), reason=self.case.reason
        )

    def _publish_department_decision(self) -> None:
        services.publish_department_decision(actor=self.accounts["secretary"], request_id=self.case.pk)

    def _commit(self) -> None:
        decision = Decision.objects.get(request=self.case.pk, outcome="approved")
        envelope = Envelope.objects.get(code=money.code_of(financial_year_of(clock.today())))
        services.commit(
            actor=self.accounts["finance"], decision_id=decision.pk, envelope_id=envelope.pk, amount=decision.amount
        )


def member_of(seat: int) -> str:
    return next(officer.username for officer in people.everybody() if officer.seat == seat)


def _seat_members(accounts: dict[str, User]) -> None:
    """Nine seats, each with its holder; the first is the chair's."""
    holders = [accounts[member_of(number)].person for number in range(1, SEATS + 1)]
    make_seats(Body.objects.get(code=WORKING_GROUP), holders, starts_on=PROGRAMME_BEGAN_ON)


def _pk_of(case: Case) -> int:
    return case.pk


def _lines(rows: list[list[Any]]) -> list[dict[str, Any]]:
    return [
        {"category": category, "description": words, "financial_year": year, "amount": Decimal(amount)}
        for category, words, year, amount in rows
    ]


def _besides(case: Case) -> dict[str, Any]:
    """What the case promises, its programme, and its answer to the question of reuse."""
    found: dict[str, Any] = {
        "benefits": [
            {"kind": kind, "description": words, "amount": Decimal(amount), "due_on": due_on}
            for kind, words, amount, due_on in case.benefits
        ]
    }
    if case.reuse:
        found |= {"reuse": case.reuse[0], "reuse_reason": case.reuse[1]}
    if case.programme:
        found |= {"new_programme": case.programme[0], "new_programme_zh_hant": case.programme[1]}
    return found
