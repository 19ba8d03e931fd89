"""Every figure of the overview opens exactly the records behind it, today and at a past day."""

from datetime import date, datetime, timedelta
from decimal import Decimal
import re

import pytest

from core import clock
from core.models import Installation
from dashboards import cards, changes, news, selectors, threats
from dashboards.views import chart
from funding.installation import install as install_money
from kpis.models import KpiTarget
from kpis.rules.rag import Rag
from kpis.rules.values import Measured
from projects.installation import install
from projects.models import EvidenceKind, Procedure
from projects.services import add_evidence, claim, retire, verify
from tests.factories.funding import FundingRequestFactory
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory, SourceFactory, verified
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.factories.records import MilestoneFactory


@pytest.fixture
def page(client, official):
    client.force_login(official)
    return client


@pytest.fixture
def at(world):
    """`with at("2026-03-05"):` everything happens at noon of that day in Hong Kong."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    return lambda day: clock.story_at(datetime.fromisoformat(f"{day}T12:00:00+08:00"))


def measured(value, project=None, *, back=1):
    """A KPI that is to come down to 50, with its reading of the month `back` months ago."""
    definition = DefinitionFactory(direction="down")
    month = clock.today().replace(day=1)
    for _each in range(back):
        month = (month - timedelta(days=1)).replace(day=1)
    kpi = KpiFactory(
        project=project or MeasuredProjectFactory(), definition=definition, starts_on=month, frequency="monthly"
    )
    KpiTarget.objects.create(kpi=kpi, value=Decimal(50), due_on=clock.today(), set_by=kpi.owner)
    verified(kpi, {month: Measured(Decimal(value))})
    return kpi


def listed(page, address):
    return page.get(address).context["page_of"].paginator.count


@pytest.fixture
def programme(world, page):
    """Something of every kind that the overview counts, and a twin of each that it must leave out."""
    install()
    today = clock.today()
    counted = ProcedureFactory(in_use=True)
    ProcedureFactory.create_batch(4, in_use=True)
    lapsed = ProcedureFactory(in_use=True)
    Procedure.objects.filter(pk=lapsed.pk).update(in_use_until=today - timedelta(days=2))
    soon = ProcedureFactory(in_use=True)
    Procedure.objects.filter(pk=soon.pk).update(in_use_until=today + timedelta(days=60))
    ProjectFactory(registered_on=today - timedelta(days=90))
    ProjectFactory.create_batch(4, department=world.b, registered_on=today - timedelta(days=3))
    for days in (1, 2, 3, 4, 5, 6):
        MilestoneFactory(current_on=today - timedelta(days=days))
    MilestoneFactory(current_on=today)
    MilestoneFactory(current_on=today - timedelta(days=3), project=ProjectFactory(department=world.a, draft=True))
    project = counted.projects.get()
    measured(90, project)
    measured(91, project)
    measured(90)  # off target, but nothing that counts stands behind it
    measured(40, project)
    measured(90, project, back=9)  # too old to say
    return counted


def test_every_change_and_threat_opens_all_its_records(page, official, programme):
    since = clock.today() - timedelta(days=30)
    found = selectors.overview(official)
    told = changes.changes(since)
    danger = threats.threats(official, found.outlook)
    items = [*news.changes(told, since), *news.threats(danger, found.today)]

    counts = {
        item["words"]: (int(said[0]), item["href"]) for item in items if (said := re.findall(r"^\d+", item["words"]))
    }
    opened = {words: listed(page, href) for words, (_count, href) in counts.items()}

    assert opened == {words: count for words, (count, _href) in counts.items()}
    assert len(counts) == len(told) + 3
    assert max(opened.values()) > changes.SHOWN
    shown = page.get(f"/?since={since}").content.decode()
    assert all(href.replace("&", "&amp;") in shown for _count, href in counts.values())


def test_a_red_kpi_threatens_only_while_its_procedure_counts(official, programme):
    found = selectors.overview(official)
    danger = threats.threats(official, found.outlook)
    assert (found.kpis.by_rag[Rag.RED], danger.red) == (3, 2)

    Procedure.objects.update(in_use_until=clock.today() - timedelta(days=1))
    again = selectors.overview(official)

    assert not threats.threats(official, again.outlook).red


def test_every_card_and_bar_opens_as_many_records_as_it_says(page, official, programme):
    found = selectors.overview(official)
    shown = [card for card in cards.cards(found) if card["figure"] and not card.get("unit")]
    bars = [(bar["count"], bar["href"]) for bar in cards.pipeline(found)]

    for card in shown:
        assert listed(page, card["href"]) == int(card["figure"].replace(",", "")), card["label"]
    for count, href in bars:
        assert listed(page, href) == count
    assert {"KPIs off target", "KPIs with stale readings"} <= {card["label"] for card in shown}


@pytest.mark.parametrize(
    "address",
    [
        "/procedures/?change=claimed&day=yesterday",
        "/procedures/?change=gone",
        "/projects/?registered_since=2026-13-01",
        "/funding/?published_since=1",
        "/projects/milestones/overdue/?sort=1",
        "/boards/kpis/?counted=no",
    ],
)
def test_a_day_or_change_that_cannot_be_read_is_refused(page, address):
    install()

    assert page.get(address).status_code == 400


def test_a_milestone_of_a_hidden_draft_is_on_nobodys_list_but_the_departments(client, world):
    install()
    hidden = MilestoneFactory(
        current_on=clock.today() - timedelta(days=1), project=ProjectFactory(department=world.a, draft=True)
    )
    found = {}
    for who in ("applicant", "outsider"):
        client.force_login(world[who])
        found[who] = hidden.project.reference in client.get("/projects/milestones/overdue/").content.decode()

    assert found == {"applicant": True, "outsider": False}


@pytest.fixture
def told(at, world):
    """Green in March, red since June; its target named in February, eased in August."""
    with at("2026-02-10"):
        kpi = KpiFactory(
            project=MeasuredProjectFactory(department=world.a),
            definition=DefinitionFactory(direction="down"),
            starts_on=date(2026, 1, 1),
        )
        target = KpiTarget.objects.create(kpi=kpi, value=Decimal(50), due_on=date(2026, 12, 31), set_by=kpi.owner)
    with at("2026-03-05"):
        source = SourceFactory(department=world.a, kpis=[kpi])
        verified(kpi, {date(2026, 2, 1): Measured(Decimal(45))}, source)
    with at("2026-06-05"):
        verified(kpi, {date(2026, 5, 1): Measured(Decimal(90))}, source)
    with at("2026-08-01"):
        target.value = Decimal(200)
        target.save(update_fields=["value"])
    return kpi


@pytest.mark.parametrize(
    ("day", "colour", "total"),
    [("2026-02-01", None, 0), ("2026-02-20", "none", 1), ("2026-03-10", "green", 1), ("2026-06-10", "red", 1)],
)
def test_the_kpi_board_shows_what_was_known_then(page, told, day, colour, total):
    shown = page.get(f"/boards/kpis/?as_at={day}")
    answer = page.get(f"/api/v1/boards/kpis/?as_at={day}").json()

    assert shown.context["page_of"].paginator.count == answer["total"] == total
    if colour:
        assert page.get(f"/boards/kpis/?as_at={day}&rag={colour}").context["page_of"].paginator.count == 1
        assert (answer["by_rag"][colour], sum(answer["by_rag"].values())) == (1, 1)


def test_the_overview_and_the_scorecard_judge_kpis_of_a_past_day(page, told, world):
    install()
    then = page.get("/?as_at=2026-06-10")
    card = next(one for one in then.context["cards"] if one["label"] == "KPIs off target")

    assert card["figure"] == "1"
    assert listed(page, card["href"]) == 1
    board = page.get(f"/boards/departments/{world.a.safe_code}/?as_at=2026-06-10")
    assert board.context["found"].kpis["red"] == 1


@pytest.fixture
def lived(at, world):
    """Two procedures that came into use in spring, planned for other days; one was retired in September."""
    install()
    with at("2026-03-01"):
        project = ProjectFactory(department=world.a, lead=world["applicant"].person, gate_passed_on="2026-03-02")
        made = [ProcedureFactory(project=project, planned_on=date(2026, month, 15)) for month in (3, 5)]
        ProcedureFactory(project=project, planned_on=date(2027, 6, 1))
    for procedure, claimed, verified_on in zip(made, ("03-10", "05-10"), ("04-01", "06-01"), strict=True):
        with at(f"2026-{claimed}"):
            told = {"actor": world["applicant"], "procedure_id": procedure.pk}
            claim(**told, project_id=project.pk, went_live_on=clock.today() - timedelta(days=1))
            for kind in EvidenceKind.values:
                add_evidence(**told, kind=kind, note="File 12.")
        with at(f"2026-{verified_on}"):
            verify(actor=world["verifier"], procedure_id=procedure.pk)
    with at("2026-09-01"):
        retire(actor=world["applicant"], procedure_id=made[0].pk, effective_on=date(2026, 9, 1), reason="Ended.")


def test_every_point_of_the_curve_opens_as_many_records_as_it_stands_at(page, official, lived):
    drawn = chart(selectors.overview(official))
    counted = [trace for trace in drawn["figure"]["data"] if trace["name"] in ("Plan", "In use")]

    points = [point for trace in counted for point in zip(trace["y"], trace["customdata"], strict=True)]

    assert len(points) >= 8
    assert [listed(page, address) for _count, address in points] == [count for count, _address in points]
    assert max(count for count, _address in points) > 1


def test_every_point_without_records_leads_to_the_forecast_and_the_table_has_the_same_links(page, official, programme):
    drawn = chart(selectors.overview(official))
    figure, rows = drawn["figure"], drawn["table"]["rows"]
    every = [trace for trace in figure["data"] if trace["x"]]
    addresses = {address for trace in every for address in trace["customdata"]}

    assert all(len(trace["customdata"]) == len(trace["x"]) for trace in every)
    assert "/forecast/" in addresses
    for address in addresses:
        assert page.get(address).status_code == 200
    today = next(row for row in rows if str(row[2]).startswith("<a") and "as_at" not in row[2])
    assert re.search(r'href="([^"]*)"', today[2])[1] in addresses


def test_a_department_s_curve_opens_its_own_procedures(page, programme):
    department = programme.department
    board = page.get(f"/boards/departments/{department.safe_code}/")
    [line] = [trace for trace in board.context["chart"]["figure"]["data"] if trace["name"] == "In use"]

    assert listed(page, line["customdata"][-1]) == line["y"][-1] > 0


def test_every_bar_of_the_decision_board_opens_its_requests(client, auditor):
    client.force_login(auditor)
    for tier, status in (("department", "submitted"), ("working_group", "submitted"), ("working_group", "endorsed")):
        FundingRequestFactory(
            status=status,
            tier=tier,
            policy=install_money(),
            assessed_amount=Decimal("1200000.00"),
            holder_since=clock.now(),
            first_submitted_at=clock.now(),
        )
    bars = client.get("/boards/decisions/").context["chart"]["figure"]["data"]

    points = [point for bar in bars for point in zip(bar["x"], bar["customdata"], strict=True)]

    assert sum(count for count, _address in points) == 3
    assert [listed(client, address) for _count, address in points] == [count for count, _address in points]
