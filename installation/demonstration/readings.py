"""KPIs of the demonstration: months of typed readings, and one source that Celery collects from while you look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

from accounts.models import User
from installation.demonstration import groups
from installation.demonstration.people import username_stem
from installation.demonstration.procedures import Undertaking
from installation.demonstration.timeline import Timeline
from kpis import sample_service
from kpis.models import Kpi, Source
from kpis.services import definitions, push_keys, readings, sources

SOURCE_NAME = "Sample department service"
PUSH_NAME = "Vehicle licensing system (invented)"
SOURCE_PROJECT = 0  # the first project of the list, Immigration's
FIRST_MONTH = date(2025, 10, 1)
TOLD_APART = "first-contact-resolution"


@dataclass(frozen=True, slots=True)
class Measure:
    """One KPI of one project: where it began, where it should come to, how its months went."""

    project: int
    definition: str
    name_en: str
    name_zh: str
    cases: int
    before: Decimal
    aim: Decimal
    gain: Decimal  # per month after go-live, in the KPI's unit

    def value(self, month: int) -> Decimal:
        """The month's figure: level at first, then moving to the aim, never past it by much, with small waves."""
        moved = self.before + self.gain * max(0, month - 2) + Decimal((month * 7) % 5 - 2) * abs(self.gain) / 4
        return min(moved, self.aim + abs(self.gain)) if self.gain > 0 else max(moved, self.aim - abs(self.gain))


MEASURES = (
    Measure(
        2, "turnaround-time", "Working days to renew a vehicle licence", "車輛牌照續期所需工作天",
        4200, Decimal("6.4"), Decimal("3.0"), Decimal("-0.35"),
    ),
    Measure(
        4, "volume", "Food premises inspected", "巡查食物業處所數目",
        0, Decimal(5200), Decimal(6500), Decimal(140),
    ),
    Measure(
        6, "error-rate", "Reports filed under the wrong offence", "報案分類錯誤比率",
        3100, Decimal("8.2"), Decimal("4.0"), Decimal("-0.45"),
    ),
    Measure(
        11, "first-contact-resolution",
        "Water account enquiries settled at first contact", "首次接觸解決的水務帳戶查詢",
        2600, Decimal(61), Decimal(75), Decimal("1.6"),
    ),
    Measure(
        13, "satisfaction", "Applicants satisfied with the review", "覆檢申請人滿意度",
        900, Decimal(68), Decimal(80), Decimal("0.4"),
    ),
)  # fmt: skip


def tell(timeline: Timeline, projects: Sequence[Undertaking], accounts: dict[str, User]) -> None:
    for measure in MEASURES:
        _tell_measure(timeline, measure, projects[measure.project], accounts)
    if settings.SAMPLE_SERVICE_URL:
        _tell_source(timeline, projects[SOURCE_PROJECT], accounts)


def _tell_measure(timeline: Timeline, measure: Measure, project: Undertaking, accounts: dict[str, User]) -> None:
    """Defined with the project, its baseline locked; each month typed by the lead and verified by the Head."""
    stem = username_stem(project.department)
    lead, head = accounts[f"{stem}.lead"], accounts[f"{stem}.head"]
    kpi: list[Kpi] = []
    begun = project.registered_on
    timeline.at(begun, "15:00", lambda: kpi.append(_define(measure, project, lead)))
    if measure is MEASURES[0]:
        _tell_push_source(timeline, kpi, lead, accounts["admin"])
    if measure.definition == TOLD_APART:
        groups.tell(timeline, kpi, lead, head)
    for number, month in enumerate(_months(begun, timeline.last_day)):
        typed = _next_month(month) + timedelta(days=4)
        if typed >= timeline.last_day:
            break
        timeline.at(typed, "10:05", partial(_type, measure, kpi, lead, number, month))
        timeline.at(typed + timedelta(days=2), "16:20", partial(_verify, kpi, head, month))


def _tell_push_source(timeline: Timeline, measured: list[Kpi], lead: User, administrator: User) -> None:
    """A system that is about to send by itself: two people connected it and its first key was made."""
    made: list[Source] = []
    timeline.at(timeline.day(6), "10:20", lambda: made.append(_propose_push(measured[0], lead)))
    timeline.at(timeline.day(5), "15:45", lambda: sources.approve_source(actor=administrator, source_id=made[0].pk))
    timeline.at(timeline.day(4), "09:15", lambda: push_keys.make_key(actor=lead, source_id=made[0].pk))


def _propose_push(kpi: Kpi, lead: User) -> Source:
    return sources.propose_push_source(
        actor=lead,
        department_id=kpi.project.department_id,
        name=PUSH_NAME,
        kpis=[sources.Reported(kpi.pk, lowest=Decimal(0))],
    )


def _define(measure: Measure, project: Undertaking, lead: User) -> Kpi:
    kpi = definitions.define_kpi(
        actor=lead,
        project_id=project.row.pk,  # type: ignore[union-attr] # registered earlier in the story
        definition_key=measure.definition,
        name_en=measure.name_en,
        name_zh_hant=measure.name_zh,
        frequency="monthly",
        starts_on=FIRST_MONTH,
    )
    definitions.set_baseline(
        actor=lead,
        kpi_id=kpi.pk,
        value=measure.before,
        period_start=date(2025, 4, 1),
        period_end=date(2025, 9, 30),
        evidence="Departmental returns, April to September 2025.",
    )
    definitions.lock_baseline(actor=lead, kpi_id=kpi.pk)
    definitions.set_target(actor=lead, kpi_id=kpi.pk, value=measure.aim, due_on=date(2026, 12, 31))
    return kpi


def _type(measure: Measure, made: list[Kpi], lead: User, number: int, month: date) -> None:
    (kpi,) = made
    value, numerator, denominator = measure.value(number), None, None
    if kpi.definition.is_ratio:
        hundred = 100 if kpi.definition.formula == "percentage" else 1
        denominator = Decimal(measure.cases + 37 * (number % 6))
        numerator = (value * denominator / hundred).quantize(Decimal(1))
    readings.type_reading(
        actor=lead,
        kpi_id=kpi.pk,
        period=f"{month:%Y-%m}",
        value=None if kpi.definition.is_ratio else value.quantize(Decimal(1)),
        numerator=numerator,
        denominator=denominator,
    )


def _verify(made: list[Kpi], head: User, month: date) -> None:
    readings.verify_reading(actor=head, kpi_id=made[0].pk, period=f"{month:%Y-%m}", revision=1)


def _tell_source(timeline: Timeline, project: Undertaking, accounts: dict[str, User]) -> None:
    """Proposed by the project's lead, approved by an administrator: from then on beat collects it."""
    lead = accounts[f"{username_stem(project.department)}.lead"]
    made: list[Source] = []
    timeline.at(timeline.day(8), "09:40", lambda: made.append(_propose(project, lead)))
    timeline.at(timeline.day(7), "11:30", lambda: sources.approve_source(actor=accounts["admin"], source_id=made[0].pk))


def _propose(project: Undertaking, lead: User) -> Source:
    kpi = definitions.define_kpi(
        actor=lead,
        project_id=project.row.pk,  # type: ignore[union-attr] # registered earlier in the story
        definition_key="error-rate",
        name_en="Applications sent back for missing documents",
        name_zh_hant="因欠交文件而退回的申請比率",
        frequency="monthly",
        starts_on=date(*sample_service.FIRST_MONTH, 1),
    )
    definitions.set_target(actor=lead, kpi_id=kpi.pk, value=Decimal(6), due_on=date(2026, 12, 31))
    parts = urlsplit(settings.SAMPLE_SERVICE_URL)
    return sources.propose_source(
        actor=lead,
        department_id=project.row.department_id,  # type: ignore[union-attr] # as above
        name=SOURCE_NAME,
        collected=sources.Collected(
            url=f"{settings.SAMPLE_SERVICE_URL}/readings.json?kpi={kpi.reference}:ratio",
            hosts=[parts.netloc],
            networks=[f"{ip_address(parts.hostname or '')}/32"],
            paths=sources.Paths(
                items="readings", kpi="kpi", period="period", numerator="numerator", denominator="denominator"
            ),
            interval_minutes=15,
        ),
        kpis=[sources.Reported(kpi.pk, kpi.reference, lowest=Decimal(0), highest=Decimal(100))],
    )


def follow_sample_service() -> None:
    """Point the demonstration's source to where `./dev up` runs the sample service this time: its port changes."""
    if not settings.SAMPLE_SERVICE_URL:
        return
    source = Source.objects.filter(name=SOURCE_NAME).first()
    if source is None:
        return
    parts = urlsplit(source.url)
    here = f"{settings.SAMPLE_SERVICE_URL}{parts.path}?{parts.query}"
    if source.url != here:
        source.url, source.hosts = here, [urlsplit(here).netloc]
        source.save(update_fields=["url", "hosts"])


def _months(first: date, last: date) -> list[date]:
    """The first days of the months from the month of `first` on that are over before `last`."""
    found, month = [], first.replace(day=1)
    while _next_month(month) <= last:
        found.append(month)
        month = _next_month(month)
    return found


def _next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)
