"""How the demonstration's first projects are going: plans, monthly ratings, risks, and what they are built from.

All of it is invented but the resources of `NAMED`: those are named by the published register in `data/`, each
linked to the imported project whose public source names it. Invented names say "(invented)".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from accounts.models import User
from installation.demonstration.people import username_stem
from installation.demonstration.procedures import Undertaking
from installation.demonstration.timeline import Timeline
from projects import services
from projects.models import Concern, Milestone, Project, Rating, Resource
from projects.records.status import first_of_month, month_before

PLANNED_PROJECTS = 12
GREEN, AMBER, RED = Rating.GREEN, Rating.AMBER, Rating.RED

# (English, Chinese, days after registration first agreed, days it slips, whether it is done when its day comes)
MILESTONES = (
    ("Requirements agreed with users", "與用戶確認需求", 30, 0, True),
    ("Model tested on a year of past cases", "以過往一年個案測試模型", 75, 9, True),
    ("Privacy impact assessment accepted", "私隱影響評估獲接納", 110, 21, True),
    ("All counters served", "全部櫃位投入服務", 460, 35, False),
)
DEPENDENCIES = (
    ("Extension of the common AI platform", "共用人工智能平台擴容"),
    ("Interface of the case management system", "個案管理系統介面"),
)
RATINGS = ((GREEN, GREEN), (GREEN, AMBER), (AMBER, AMBER), (AMBER, RED), (RED, RED))  # own, independent
SUMMARIES = {
    GREEN: "Work goes to plan. Daily use grows and staff report fewer corrections.",
    AMBER: "The interface to the case system is late. Staff work around it by hand for now.",
    RED: "The supplier has not delivered the second release. The go-live of the remaining counters is open.",
}
REASONS = {
    GREEN: "The operating records seen agree with the report.",
    AMBER: "Two of five counters were still handled by hand on the day of the visit.",
    RED: "The agreed date of the second release has passed without a new one.",
}
CONCERNS = (
    ("Training data lacks older forms", "Forms before 2015 were never scanned.", 4, 4, "Scan a sample of each form."),
    ("The supplier's key staff may leave", "", 2, 4, "Ask for a deputy in the contract."),
    ("人員或會過分依賴系統建議", "", 3, 3, "顯示信心分數，並每五十宗抽查一宗。"),
    ("Peak load on the first working day", "", 3, 5, "Rehearse with double volume."),
)
ISSUE = (
    "手寫姓名的字元識別錯誤",
    "The recognition mixes up similar characters.",
    3,
    "A person checks.",
)


@dataclass(frozen=True, slots=True)
class Named:
    """Something that the source of a published project names."""

    kind: str
    name_en: str
    name_zh: str
    project: str
    account: str
    purpose: str


NAMED = (
    Named("model", "HKGAI V1", "", "HKPilot generative AI document assistant (HKGAI V1)", "chair", "drafting"),
    Named("model", "Pangu", "盤古", "Pangu AI model products on Earth Weather page", "", "forecast charts"),
    Named(
        "vendor",
        "Hong Kong University of Science and Technology",
        "香港科技大學",
        "Smart Traffic Management System (Kwun Tong)",
        "hkpf.lead",
        "developed together",
    ),
    Named("system", "DATA.GOV.HK", "資料一線通", "Traffic Data Analytics System", "td.lead", "publication of results"),
    Named("system", "HKeMobility", "香港出行易", "Traffic Data Analytics System", "td.lead", "publication of results"),
)
INVENTED = (
    ("vendor", "Harbour Lantern Systems (invented)", "海港燈籠系統（虛構）", "development and upkeep"),
    ("model", "Form reader 2 (invented)", "表格閱讀器2（虛構）", "reading of forms"),
    ("data_set", "Past cases 2019 to 2024 (invented)", "2019至2024年過往個案（虛構）", "training and tests"),
    ("system", "Case management system (invented)", "個案管理系統（虛構）", "source of cases"),
)


def tell(timeline: Timeline, projects: Sequence[Undertaking], accounts: dict[str, User]) -> None:
    for order, project in enumerate(projects[:PLANNED_PROJECTS]):
        lead = accounts[f"{username_stem(project.department)}.lead"]
        _plan(timeline, project, lead, projects, order)
        _report(timeline, project, lead, accounts["team"], order)
        _raise(timeline, project, lead, order)
        kind, name, name_zh, purpose = INVENTED[order % len(INVENTED)]
        for number, listed in enumerate((INVENTED[0], (kind, name, name_zh, purpose))[: 1 + (order % 4 > 0)]):
            day = project.registered_on + timedelta(days=10)
            timeline.at(day, f"15:{10 + number}", partial(_use, project, lead, *listed))
    timeline.at(timeline.day(60), "11:00", lambda: _register_named(accounts))


def _plan(timeline: Timeline, project: Undertaking, lead: User, projects: Sequence[Undertaking], order: int) -> None:
    """Four milestones, the last one ahead; one late agreement; every third project waits for something."""
    for number, listed in enumerate(MILESTONES):
        _milestone(timeline, project, lead, order, number, *listed)
    if order % 3 == 0:
        name_en, name_zh = DEPENDENCIES[order // 3 % 2]
        other = projects[(order + 2) % PLANNED_PROJECTS]
        day = max(project.registered_on, other.registered_on) + timedelta(days=6)
        timeline.at(day, "14:30", partial(_depend, project, lead, other if order % 2 else None, name_en, name_zh, day))


def _milestone(
    timeline: Timeline,
    project: Undertaking,
    lead: User,
    order: int,
    number: int,
    name_en: str,
    name_zh: str,
    after: int,
    slips: int,
    is_done: bool,
) -> None:
    due_on = project.registered_on + timedelta(days=after)
    real = due_on + timedelta(days=slips * (order % 3))
    made: list[Milestone] = []

    def add() -> None:
        made.append(
            services.add_milestone(
                actor=lead, project_id=_pk(project), name_en=name_en, name_zh_hant=name_zh, due_on=due_on
            )
        )

    def expect() -> None:
        made[0] = _again(services.change_planned, made[0], lead, forecast_on=real)

    def agree() -> None:
        made[0] = _again(
            services.agree_date, made[0], lead, current_on=real, reason="The counters asked for a second rehearsal."
        )

    timeline.at(project.registered_on + timedelta(days=1), f"10:{10 + number}", add)
    if real > due_on:
        told_on = min(due_on - timedelta(days=5), timeline.day(4))
        timeline.at(max(told_on, project.registered_on + timedelta(days=2)), f"16:{10 + number}", expect)
        if order % 6 == 2:
            timeline.at(max(told_on, project.registered_on + timedelta(days=3)), f"17:{10 + number}", agree)
    if is_done and real < timeline.last_day:
        timeline.at(real, f"17:{30 + number}", lambda: _again(services.mark_done, made[0], lead, done_on=real))


def _again(service: Any, thing: Milestone, lead: User, **said: Any) -> Milestone:
    thing.refresh_from_db()
    changed: Milestone = service(actor=lead, kind=Milestone, pk=thing.pk, expected_version=thing.version, **said)
    return changed


def _depend(project: Undertaking, lead: User, other: Undertaking | None, name_en: str, name_zh: str, day: date) -> None:
    services.add_dependency(
        actor=lead,
        project_id=_pk(project),
        on_project_id=_pk(other) if other else None,
        name_en=name_en,
        name_zh_hant=name_zh,
        due_on=day + timedelta(days=200),
    )


def _report(timeline: Timeline, project: Undertaking, lead: User, team: User, order: int) -> None:
    """Three months: the department early in the next month, the Team some days later. One report was corrected."""
    month = month_before(first_of_month(timeline.last_day))
    for back in range(3):
        told_on = (month + timedelta(days=34)).replace(day=3)
        if told_on > project.registered_on:
            own, independent = RATINGS[(order + back) % len(RATINGS)]
            timeline.at(told_on, "10:05", partial(_say, lead, project, month, own))
            if (order + back) % 4:
                timeline.at(told_on + timedelta(days=5), "11:20", partial(_rate, team, project, month, independent))
            if order == 1 and back == 0:
                timeline.at(told_on + timedelta(days=2), "09:40", partial(_correct, lead, project, month))
        month = month_before(month)


def _say(lead: User, project: Undertaking, month: date, rating: str) -> None:
    services.report_month(
        actor=lead,
        project_id=_pk(project),
        month=month,
        rating=rating,
        summary=SUMMARIES[Rating(rating)],
        done="User tests of the month; two releases.",
        planned="Training of the next two offices.",
    )


def _rate(team: User, project: Undertaking, month: date, rating: str) -> None:
    services.rate_month(
        actor=team,
        project_id=_pk(project),
        month=month,
        rating=rating,
        reason=REASONS[Rating(rating)],
    )


def _correct(lead: User, project: Undertaking, month: date) -> None:
    services.correct_report(
        actor=lead,
        project_id=_pk(project),
        month=month,
        expected_revision=1,
        rating=AMBER,
        summary="The interface to the case system came late; the second release moves by two weeks.",
        correction="The delay of the interface was not known when the month was first reported.",
    )


def _raise(timeline: Timeline, project: Undertaking, lead: User, order: int) -> None:
    """Two risks each, an issue for some, one closed."""
    day = project.registered_on + timedelta(days=20)
    for number in range(2):
        title, cause, likelihood, impact, response = CONCERNS[(order + number) % len(CONCERNS)]
        said = {
            "kind": Concern.Kind.RISK,
            "title": title,
            "cause": cause,
            "likelihood": likelihood,
            "impact": impact,
            "response": response,
            "due_on": day + timedelta(days=120 + 40 * order),
        }
        closes = order % 4 == 1 and number == 1
        timeline.at(day, f"14:{10 + number}", partial(_concern, project, lead, said, closes))
    if order % 3 == 0:
        title, cause, impact, response = ISSUE
        said = {"kind": Concern.Kind.ISSUE, "title": title, "cause": cause, "impact": impact, "response": response}
        timeline.at(day, "14:30", partial(_concern, project, lead, said, False))


def _concern(project: Undertaking, lead: User, said: dict[str, Any], closes: bool) -> None:
    made = services.raise_concern(actor=lead, project_id=_pk(project), owner=lead.person, **said)
    if closes:
        services.close_concern(
            actor=lead, concern_id=made.pk, expected_version=made.version, note="The contract names a deputy now."
        )


def _use(project: Undertaking, lead: User, kind: str, name: str, name_zh: str, purpose: str) -> None:
    services.use_resource(
        actor=lead,
        project_id=_pk(project),
        kind=kind,
        name_en=name,
        name_zh_hant=name_zh,
        purpose=purpose,
        starts_on=project.registered_on,
    )


def _register_named(accounts: dict[str, User]) -> None:
    """What published sources name, and for departments with people here, which published project uses it."""
    for named in NAMED:
        project = Project.objects.filter(title_en=named.project).first()
        if project is None:
            continue  # the importer refused that row, so nothing names it here
        row = services.register_resource(
            actor=accounts["team"],
            kind=named.kind,
            name_en=named.name_en,
            name_zh_hant=named.name_zh,
            details=f"Named by the published source of {project.reference}: {project.source_url}",
        )
        if named.account:
            _link(accounts[named.account], project, row, named.purpose)


def _link(actor: User, project: Project, row: Resource, purpose: str) -> None:
    starts_on = project.started_on or date(2026, 1, 1)
    services.use_resource(actor=actor, project_id=project.pk, resource_id=row.pk, purpose=purpose, starts_on=starts_on)


def _pk(project: Undertaking) -> int:
    assert project.row is not None  # registered earlier in the story
    return project.row.pk
