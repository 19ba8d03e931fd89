"""How the demonstration's projects pass their gates, and how some leave the register.

Every project of the story is registered before its pilot. The Head of its department approves the pilot,
its lead records what the pilot showed, the Head decides, baselines are locked, and only then it goes live.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TypedDict

from accounts.models import Department, User
from installation.demonstration.people import username_stem
from installation.demonstration.timeline import Timeline
from kpis.models import Kpi
from kpis.services import definitions
from projects import services
from projects.installation import PROGRAMME_BEGAN_ON
from projects.models import Project, Stage

# What a project of a category measures: definition, name, 名稱, where it stood before.
MEASURED = {
    "data_analysis": ("turnaround-time", "Working days until a case is analysed", "個案分析所需工作天", "9"),
    "customer_service": ("turnaround-time", "Working days until an enquiry is answered", "回覆查詢所需工作天", "6"),
    "licensing_permits": ("turnaround-time", "Working days until a licence is issued", "簽發牌照所需工作天", "21"),
    "document_processing": ("turnaround-time", "Working days until a file is complete", "處理文件所需工作天", "12"),
    "monitoring_inspection": ("volume", "Inspections carried out", "完成的巡查次數", "3400"),
    "internal_knowledge": ("turnaround-time", "Working days until a paper is found", "尋找文件所需工作天", "3"),
}
FINDINGS = (
    "Twelve weeks, 1,800 cases beside the present way of working; nine in ten needed no correction.",
    "Ten weeks, 640 cases; staff accepted the draft unchanged in four of five.",
    "Eight weeks in two offices; waiting fell by a third and no complaint was received.",
)
VISIBILITIES = ("high", "medium", "low")
VOLUMES = (1_450_000, 220_000, 36_000, 8_400, 510)


class Stated(TypedDict):
    """The parts of a project's priority."""

    is_public_facing: bool
    yearly_volume: int | None
    visibility: str


def facts(order: int) -> Stated:
    """What is stated of a project's priority; every ninth leaves its yearly volume unstated."""
    return {
        "is_public_facing": order % 3 != 2,
        "yearly_volume": None if order % 9 == 8 else VOLUMES[order % len(VOLUMES)],
        "visibility": VISIBILITIES[order % len(VISIBILITIES)],
    }


@dataclass
class Road:
    """One project of the story on its way from registration to its go-live gate."""

    timeline: Timeline
    accounts: dict[str, User]
    department: str
    category: str
    number: int
    key: int | None = None  # of the project's row, once it is registered
    kpi: Kpi | None = None

    @property
    def lead(self) -> User:
        return self.accounts[f"{username_stem(self.department)}.lead"]

    @property
    def head(self) -> User:
        return self.accounts[f"{username_stem(self.department)}.head"]

    @property
    def pk(self) -> int:
        assert self.key is not None  # registered earlier in the story
        return self.key

    def to_pilot(self, begun: date) -> None:
        """Measured, approved by the Head, and in pilot on the second day."""
        self.timeline.at(begun, "15:30", self._name_baseline)
        self.timeline.at(begun + timedelta(days=1), "16:00", self._approve)
        self.timeline.at(begun + timedelta(days=2), "09:15", lambda: self.move(Stage.PILOT))

    def through_gate(self, gate: date) -> None:
        """The pilot's result, the Head's decision and the locked baseline, then roll-out on the gate's day."""
        self.timeline.at(gate - timedelta(days=3), "11:00", lambda: self.record("met"))
        self.timeline.at(gate - timedelta(days=2), "12:00", lambda: self.decide("scale", "It kept what it promised."))
        self.timeline.at(gate - timedelta(days=1), "10:00", self._lock)
        self.timeline.at(gate, "17:00", lambda: self.move(Stage.ROLL_OUT))
        settled = gate + timedelta(days=60)
        if settled < self.timeline.last_day:
            self.timeline.at(settled, "17:30", lambda: self.move(Stage.LIVE))

    def move(self, stage: str) -> None:
        services.change_stage(actor=self.lead, project_id=self.pk, stage=stage)

    def record(self, outcome: str) -> None:
        findings = FINDINGS[self.number % len(FINDINGS)]
        services.record_pilot(actor=self.lead, project_id=self.pk, outcome=outcome, findings=findings)

    def decide(self, decision: str, reason: str) -> None:
        services.decide_pilot(actor=self.head, project_id=self.pk, decision=decision, reason=reason)

    def _approve(self) -> None:
        statement = "Read the assessment and the plan of the pilot; its owner and its limits are clear."
        services.approve_pilot(actor=self.head, project_id=self.pk, statement=statement)

    def _name_baseline(self) -> None:
        definition, name_en, name_zh, before = MEASURED[self.category]
        self.kpi = definitions.define_kpi(
            actor=self.lead,
            project_id=self.pk,
            definition_key=definition,
            name_en=name_en,
            name_zh_hant=name_zh,
            frequency="yearly",
            starts_on=date(PROGRAMME_BEGAN_ON.year + 1, 1, 1),
        )
        definitions.set_baseline(
            actor=self.lead,
            kpi_id=self.kpi.pk,
            value=Decimal(before),
            period_start=date(2025, 4, 1),
            period_end=date(2025, 9, 30),
            evidence="Departmental returns, April to September 2025.",
        )

    def _lock(self) -> None:
        assert self.kpi is not None  # named before the pilot
        definitions.lock_baseline(actor=self.lead, kpi_id=self.kpi.pk)


@dataclass(frozen=True, slots=True)
class Leaver:
    """A small project that leaves the register, or is about to."""

    department: str
    title_en: str
    title_zh: str
    category: str
    kind: str
    reason: str
    before_end: int  # days before the story's end on which its leaving is proposed
    is_agreed: bool = True


LEAVERS = (
    Leaver(
        "ImmD", "Queue forecast for identity card offices", "身份證辦事處輪候預測", "data_analysis",
        "merge", "The same forecast is part of the records project; one team goes on with both.", 60,
    ),
    Leaver(
        "FEHD", "Keyword rules for complaint letters", "投訴信件關鍵字規則", "document_processing",
        "reclassify", "Fixed rules without a model: it goes on outside the programme.", 45,
    ),
    Leaver(
        "WSD", "Voice answers to reports of burst pipes", "水管爆裂報告語音應答", "customer_service",
        "stop", "Callers in distress want a person; the pilot answered one call in three wrongly.", 30,
    ),
    Leaver(
        "TD", "Enquiries about parking meters", "停車收費錶查詢", "customer_service",
        "stop", "The meters' own app answers the same questions since September.", 4, is_agreed=False,
    ),
)  # fmt: skip
DRAFT = ("Summaries of residence appeals", "居留上訴個案摘要")
FLAGSHIPS = (0, 2, 4)  # by place in the list of projects
HEIR = 1  # Immigration's records project takes over the forecast


def tell(timeline: Timeline, titles: Sequence[str], accounts: dict[str, User]) -> None:
    """Flagships, a draft, and those that leave. `titles` are those of the story's projects, in order."""
    heir = titles[HEIR]
    for place in FLAGSHIPS:
        timeline.at(timeline.day(120), "10:45", partial(_name_flagship, titles[place], accounts["team"]))
    for number, leaver in enumerate(LEAVERS):
        road = Road(timeline, accounts, leaver.department, leaver.category, number)
        _tell_leaver(timeline, leaver, road, accounts["team"], heir)
    timeline.at(timeline.day(3), "11:20", partial(_draft, accounts["imm.lead"]))


def _name_flagship(title: str, team: User) -> None:
    services.mark_flagship(actor=team, project_id=Project.objects.get(title_en=title).pk, is_flagship=True)


def _tell_leaver(timeline: Timeline, leaver: Leaver, road: Road, team: User, heir: str) -> None:
    proposed = timeline.day(leaver.before_end)
    begun = max(PROGRAMME_BEGAN_ON, proposed - timedelta(days=150))
    timeline.at(begun, "10:05", lambda: _register(leaver, road))
    if leaver.kind == "stop" and leaver.is_agreed:
        road.to_pilot(begun)
        timeline.at(proposed - timedelta(days=6), "10:30", lambda: road.record("not_met"))
        timeline.at(proposed - timedelta(days=3), "15:10", lambda: road.decide("stop", leaver.reason))
    timeline.at(proposed, "14:30", lambda: _propose(leaver, road, proposed, heir))
    if leaver.is_agreed:
        approver = road.head if leaver.kind == "stop" else team
        agreed = proposed + timedelta(days=3)
        timeline.at(agreed, "16:30", lambda: services.approve_exit(actor=approver, project_id=road.pk))


def _register(leaver: Leaver, road: Road) -> None:
    road.key = services.register_project(
        actor=road.lead,
        department_id=Department.objects.get(code=leaver.department).pk,
        title_en=leaver.title_en,
        title_zh_hant=leaver.title_zh,
        category=leaver.category,
        technique="language model",
        stage=Stage.APPROVED,
        lead=road.lead.person,
    ).pk


def _propose(leaver: Leaver, road: Road, day: date, heir: str) -> None:
    successors = Project.objects.filter(title_en=heir) if leaver.kind == "merge" else Project.objects.none()
    services.propose_exit(
        actor=road.lead,
        project_id=road.pk,
        kind=leaver.kind,
        effective_on=day,
        reason=leaver.reason,
        successor_ids=list(successors.values_list("pk", flat=True)),
    )


def _draft(lead: User) -> None:
    services.save_draft(
        actor=lead,
        department_id=Department.objects.get(code="ImmD").pk,
        title_en=DRAFT[0],
        title_zh_hant=DRAFT[1],
        category="document_processing",
        lead=lead.person,
    )
