"""What two of the story's projects promised, and what their readings said of it half a year and a year later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from accounts.models import User
from installation.demonstration.people import username_stem
from installation.demonstration.procedures import Undertaking
from installation.demonstration.timeline import Timeline
from kpis import services
from kpis.models import Benefit, Kpi
from kpis.rules.benefits import REVIEWS, window
from kpis.services import Promise

VERIFIED_AFTER = timedelta(days=10)  # the last month's reading is in by then


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise of the project at a place of the list, measured by the KPI of that name."""

    project: int
    kpi: str
    promise: Promise
    lessons: str


PROMISES = (
    Promised(
        2,
        "Working days to renew a vehicle licence",
        Promise(
            kind="days",
            formula="per_case",
            promised=Decimal(2),
            due_on=date(2027, 3, 31),
            summary_en="Two working days less to wait for a renewed vehicle licence",
            summary_zh_hant="車輛牌照續期縮短兩個工作天",
            summary_zh_hans="车辆牌照续期缩短两个工作天",
        ),
        "Most of the gain came once the counter staff trusted the check of documents; train them before going live.",
    ),
    Promised(
        6,
        "Reports filed under the wrong offence",
        Promise(
            kind="hours",
            formula="all_cases",
            promised=Decimal(900),
            due_on=date(2027, 3, 31),
            factor=Decimal("0.75"),
            factor_source="Time study of 60 corrected reports, 2025.",
            summary_en="Duty officers spend less time on correcting reports",
            summary_zh_hant="當值人員更正報案分類所需時間減少",
            summary_zh_hans="当值人员更正报案分类所需时间减少",
        ),
        "Officers still corrected by hand where two offences apply; the next version names both.",
    ),
)


def tell(timeline: Timeline, projects: Sequence[Undertaking], accounts: dict[str, User]) -> None:
    for one in PROMISES:
        _tell_promise(timeline, one, projects[one.project], accounts)


def _tell_promise(timeline: Timeline, one: Promised, project: Undertaking, accounts: dict[str, User]) -> None:
    """Promised the day the KPI began; reviewed by its owner once the months are over, accepted two days later."""
    lead = accounts[f"{username_stem(project.department)}.lead"]
    made: list[Benefit] = []
    timeline.at(project.registered_on, "15:30", partial(_promise, one, lead, made))
    live_on = min((step.went_live_on for step in project.steps if step.went_live_on), default=None)
    for months in REVIEWS if live_on else ():
        found = window(live_on, months, "monthly", "calendar")  # type: ignore[arg-type] # live, by the line above
        if found and found.last_day + VERIFIED_AFTER + timedelta(days=2) < timeline.last_day:
            day = found.last_day + VERIFIED_AFTER
            timeline.at(day, "11:00", partial(_review, one, lead, made, months))
            timeline.at(day + timedelta(days=2), "10:00", partial(_accept, accounts["team"], made, months))


def _promise(one: Promised, lead: User, made: list[Benefit]) -> None:
    kpi = Kpi.objects.get(name_en=one.kpi)
    made.append(services.register_benefit(actor=lead, kpi_id=kpi.pk, promise=one.promise))


def _review(one: Promised, lead: User, made: list[Benefit], months: int) -> None:
    services.record_review(actor=lead, benefit_id=made[0].pk, months=months, lessons=one.lessons)


def _accept(team: User, made: list[Benefit], months: int) -> None:
    services.judge_review(actor=team, benefit_id=made[0].pk, months=months, accept=True)
