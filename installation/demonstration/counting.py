"""The invented maps, shares of the targets, and the counting rule and tier lines that wait for a second person."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import Department, User
from funding.models import Tier
from funding.services import propose_policy
from funding.services.funding_policies import NewLine
from funding.services.routing import policy_today
from installation.demonstration.people import username_stem
from installation.demonstration.procedures import Fate, Step, Undertaking
from installation.demonstration.timeline import Timeline
from projects import services
from projects.models import Category, Channel, EvidenceKind, Procedure, ProcessMap, Target
from projects.rules.quarters import quarter_ends

MAPPED = 6
Row = tuple[str, str, str, str, str, str, bool]

# Step in English and Chinese, who, minutes of work, minutes of waiting before, share done again, digital.
AS_IS: tuple[Row, ...] = (
    ("Receive the papers", "接收文件", "櫃位文員 Counter clerk", "6", "20", "0.05", False),
    ("Check that they are complete", "核對文件是否齊備", "櫃位文員 Counter clerk", "9", "0", "0.12", False),
    ("Type the data in", "輸入資料", "資料輸入員 Data clerk", "14", "1440", "0.08", True),
    ("Assess the case", "評估個案", "行政主任 Executive officer", "32", "4320", "0.15", False),
    ("Approve", "批核", "高級行政主任 Senior executive officer", "8", "2880", "0.03", False),
    ("Tell the applicant", "通知申請人", "資料輸入員 Data clerk", "5", "480", "0.02", True),
)
TO_BE: tuple[Row, ...] = (
    ("Receive the papers online", "網上接收文件", "系統 System", "0.5", "0", "0", True),
    ("Read and check with the tool", "以工具閱讀和核對", "系統 System", "1", "2", "0.04", True),
    ("Assess the case", "評估個案", "行政主任 Executive officer", "14", "960", "0.06", True),
    ("Approve", "批核", "高級行政主任 Senior executive officer", "5", "480", "0.02", True),
    ("Tell the applicant", "通知申請人", "系統 System", "0.5", "0", "0", True),
)
CHANNELS = (Channel.COUNTER, Channel.ONLINE, Channel.SEVERAL, Channel.PHONE, Channel.INTERNAL, Channel.APP)


def tell(timeline: Timeline, projects: Sequence[Undertaking], accounts: dict[str, User]) -> None:
    """Facts and maps of some procedures by their leads; shares and a proposed rule by the Team."""
    for order, project in enumerate(projects[:MAPPED]):
        lead = accounts[f"{username_stem(project.department)}.lead"]
        _tell_map(timeline, project.steps[0], lead, order)
    timeline.at(timeline.day(58), "10:00", lambda: _share_out(projects, accounts["team"], timeline.last_day))
    timeline.at(timeline.day(4), "11:30", lambda: _propose(accounts["team"], timeline.last_day))
    timeline.at(timeline.day(3), "10:10", lambda: _propose_lines(accounts["team"], timeline.last_day))


def _tell_map(timeline: Timeline, step: Step, lead: User, order: int) -> None:
    slower = 1 + Decimal(order) / 4
    told = max(step.project.registered_on + timedelta(days=2), timeline.day(54 - order))
    timeline.at(told, "14:00", lambda: _say_facts(step, lead, order))
    timeline.at(told, "14:20", lambda: _draw(step, lead, ProcessMap.Variant.AS_IS, AS_IS, slower))
    timeline.at(told + timedelta(days=1), "15:10", lambda: _draw(step, lead, ProcessMap.Variant.TO_BE, TO_BE, slower))


def _say_facts(step: Step, lead: User, order: int) -> None:
    procedure = Procedure.objects.get(pk=step.row.pk)  # type: ignore[union-attr] # registered earlier in the story
    services.edit_procedure(
        actor=lead,
        procedure_id=procedure.pk,
        expected_version=procedure.version,
        service_kind=Category.LICENSING_PERMITS if order % 2 else Category.DOCUMENT_PROCESSING,
        channel=CHANNELS[order],
        yearly_volume=12_000 + 7_500 * order,
        handling_minutes=Decimal("74.00") + 6 * order,
        waiting_days=Decimal("6.50") + order,
    )


def _draw(step: Step, lead: User, variant: str, rows: Sequence[Row], slower: Decimal) -> None:
    steps: list[Any] = [
        {
            "name_en": name_en,
            "name_zh_hant": name_zh,
            "done_by": who,
            "work_minutes": Decimal(work) * slower,
            "waiting_minutes": Decimal(waiting) * slower,
            "rework_share": Decimal(again),
            "is_digital": digital,
        }
        for name_en, name_zh, who, work, waiting, again, digital in rows
    ]
    services.draw_map(
        actor=lead,
        procedure_id=step.row.pk,  # type: ignore[union-attr] # registered earlier in the story
        variant=variant,
        expected_number=0,
        steps=steps,
        note="Walked through with the officers who do it." if variant == ProcessMap.Variant.AS_IS else "",
    )


def _share_out(projects: Sequence[Undertaking], team: User, today: date) -> None:
    """Each department is to bring what it has begun, and by the last target all of its procedures."""
    begun = Counter(s.project.department for p in projects for s in p.steps if s.fate is not Fate.PLANNED)
    planned = Counter(s.project.department for p in projects for s in p.steps)
    departments = {row.code: row.pk for row in Department.objects.filter(code__in=planned)}
    for target in Target.objects.order_by("due_on"):
        quarters = quarter_ends(today, target.due_on)
        shares = {}
        for code, key in departments.items():
            first, last = begun[code], planned[code]
            for place, day in enumerate(quarters):
                grown = first + (last - first) * place // max(1, len(quarters) - 1)
                shares[(key, day)] = min(grown, last)
        services.set_shares(actor=team, target_id=target.pk, shares=shares, source="Team paper 9/2026, annex B")


def _propose(team: User, today: date) -> None:
    services.propose_rule(
        actor=team,
        starts_on=today + timedelta(days=40),
        required_evidence=[EvidenceKind.OPERATING_RECORD, EvidenceKind.ACCEPTANCE],
        verifier_scope="branch",
        attestation_months=9,
        transition_on=today + timedelta(days=70),
        source="Team paper 11/2026: re-attestation every nine months",
    )


def _propose_lines(team: User, today: date) -> None:
    """The department's line is to rise to HK$1,000,000, that amount included; everything else stays."""
    kept = [line for line in policy_today().lines.select_related("body") if line.tier != Tier.DEPARTMENT]
    propose_policy(
        actor=team,
        starts_on=today + timedelta(days=40),
        lines=[
            NewLine(Tier.DEPARTMENT, Decimal("1000000.00"), upper_included=True),
            *(NewLine(line.tier, line.upper, line.upper_included, line.body) for line in kept),
        ],
        source="Team paper 12/2026: small requests stay in the department",
    )
