"""The boards over HTTP: every number is that of the records it opens, for the reader who asks and under the filters."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
import pytest

from core import clock
from dashboards.boards import comparison, decisions, kpis, money, money_words, scorecard, waiting_words
from funding.models import RequestStatus
from kpis.models import Kpi
from projects.models import Milestone, Target, TargetShare
from tests.dashboards.boards import procedures, waiting
from tests.factories.accounts import DepartmentFactory
from tests.factories.funding import EnvelopeFactory
from tests.factories.kpis import KpiFactory
from tests.factories.projects import ProjectFactory

BOARDS = ("department-board", "money-board", "kpi-board", "decision-board")


def test_a_scorecard_counts_what_it_names(official, department):
    late = procedures(department, 2, planned=-3)
    procedures(department, 3, planned=-1, live=True)
    procedures(department, 1, planned=9)
    project = ProjectFactory(department=department, status="registered")
    dates = dict.fromkeys(("original_on", "current_on", "forecast_on"), clock.today() - timedelta(days=2))
    milestone = Milestone.objects.create(project=project, name_en="Tender", **dates)
    Milestone.objects.create(project=project, name_en="Done", done_on=clock.today(), **dates)
    TargetShare.objects.create(
        target=Target.objects.order_by("due_on").first(),
        department=department,
        due_on=clock.today() + timedelta(days=20),
        value=4,
        source="Minute 1",
    )

    found = scorecard.scorecard(official, department)

    assert (found.registered, found.in_use, found.due, found.share.value) == (6, 3, 5, 4)
    assert {one.reference for one in found.late} == {one.reference for one in late}
    assert list(found.late_milestones) == [milestone]
    assert found.open_milestones == 1
    assert found.trend.shares[0].value == 4


def test_the_scorecard_page_says_it_and_opens_the_records(page, department):
    (late,) = procedures(department, 1, planned=-3)
    procedures(department, 2, planned=-1, live=True)

    shown = page.get(reverse("dashboards:scorecard", args=["TRYD"])).content.decode()
    listed = page.get(re.search(r'href="([^"]*state=in_use[^"]*)"', shown)[1].replace("&amp;", "&")).content.decode()

    assert late.reference in shown
    assert "2 in use" in shown or "2 procedures in use" in shown
    assert len(set(re.findall(r"/procedures/([A-Z0-9-]+)/\"", listed))) == 2


def test_departments_are_grouped_by_size_and_not_ranked(official, department):
    other = DepartmentFactory(code="AllD", safe_code="ALLD")
    procedures(department, 5, planned=-2, live=True)
    procedures(other, 5, planned=-2)

    rows = [row for row in comparison.comparison(official, "medium").rows if row.department in (department, other)]

    assert [row.department.code for row in rows] == ["AllD", "TryD"]  # by code, though AllD has nothing in use
    assert [(row.on_time.part, row.on_time.whole) for row in rows] == [(0, 5), (5, 5)]
    assert not [row for row in comparison.comparison(official, "large").rows if row.department == department]


def test_waiting_requests_are_counted_once_in_every_table_and_each_count_lists_them(auditor, client):
    client.force_login(auditor)
    waiting(days=1)
    waiting(status=RequestStatus.ENDORSED, days=40)
    waiting(tier="department", days=10)
    chosen = decisions.rows(auditor)

    found = decisions.board(auditor, chosen)
    listed = client.get("/boards/decisions/?age=quarter").content.decode()

    assert found.total == sum(found.stages.values()) == sum(found.holders.values()) == sum(found.ages.values()) == 3
    assert found.ages == {"week": 1, "month": 1, "quarter": 1, "longer": 0}
    assert len(set(re.findall(r"FR-\d{4}-\d{4}", listed))) == 1


def test_a_reader_counts_only_the_requests_they_may_see(auditor, outsider):
    waiting()

    assert decisions.board(auditor, decisions.rows(auditor)).total == 1
    assert decisions.board(outsider, decisions.rows(outsider)).total == 0
    assert sum(row.count for row in money.board(outsider).waiting) == 0


def test_money_without_an_envelope_is_no_figure(page, official, db):
    assert money.board(official, 2031).year is None
    assert "No envelope for 2031-32 yet." in page.get("/boards/money/?year=2031").content.decode()


def test_money_of_a_year_is_that_of_its_envelopes(official, db):
    EnvelopeFactory(financial_year=2033, amount=Decimal("5000000.00"))

    year = money.board(official, 2033).year

    assert (year.allocated, year.committed, year.left) == (Decimal("5000000.00"), Decimal(0), Decimal("5000000.00"))


def test_an_envelope_is_called_by_its_name_in_the_drawing_and_in_both_tables(official, db):
    envelope = EnvelopeFactory(financial_year=2033, name_en="Money & more", name_zh_hant="人工智能撥款")
    flow = money.Flow(envelope.code, "TD", "TD", money.Result.CLAIMED, Decimal(100))
    found = replace(money.board(official, 2033), flows=[flow])

    def called():
        chart = money_words.money_chart(found)
        words = [one["text"] for one in chart["figure"]["layout"]["annotations"]]
        return words[0], chart["table"]["rows"][0][0], money_words.flow_rows(found)[0]["envelope"]

    assert called() == ("Money &amp; more", "Money & more", "Money & more")
    with override("zh-hant"):
        assert called() == ("人工智能撥款", "人工智能撥款", "人工智能撥款")


def test_small_departments_are_taken_together_without_losing_a_dollar():
    flows = [money.Flow("E", f"D{n}", f"D{n}", money.Result.CLAIMED, Decimal(100 - n)) for n in range(12)]

    found = money.summed(flows, most=8)

    assert sum(flow.amount for flow in found) == sum(flow.amount for flow in flows)
    assert len(found) == 9
    assert next(flow.amount for flow in found if flow.department == "") == Decimal(92 + 91 + 90 + 89)


def test_kpis_are_counted_by_colour_and_the_list_keeps_the_colour_asked_for(page):
    kpi = KpiFactory(starts_on=date(2024, 1, 1))

    every, green = (page.get(f"/boards/kpis/{query}").content.decode() for query in ("", "?rag=green"))

    assert kpi.reference in every
    assert kpi.reference not in green


@pytest.mark.django_db
def test_a_figure_of_the_kpi_board_names_the_day_it_is_in_hong_kong():
    found = kpis.board(Kpi.objects.none())
    found = replace(found, as_at=datetime(2026, 11, 30, 16, 0, tzinfo=UTC))

    assert {card["as_at"] for card in waiting_words.kpi_cards(found, lambda **more: "")} == {"1 Dec 2026"}


@pytest.mark.parametrize(
    "address",
    [
        "/boards/departments/?size=huge",
        "/boards/departments/?unknown=1",
        "/boards/departments/NOSUCH/",
        "/boards/money/?year=1",
        "/boards/money/?year=abc",
        "/boards/kpis/?rag=purple",
        "/boards/kpis/?as_at=2026-13-01",
        "/boards/decisions/?age=ever",
        "/boards/decisions/?ordering=amount",
    ],
)
def test_what_cannot_be_read_gets_a_clear_answer_on_page_and_api(page, address):
    expected = 404 if "NOSUCH" in address else 400

    assert page.get(address).status_code == expected
    assert page.get(f"/api/v1{address}").status_code == expected


@pytest.mark.parametrize("board", BOARDS)
def test_page_and_api_say_the_same_and_cost_the_same_whatever_they_hold(page, board, department):
    address = reverse(f"dashboards:{board}")
    page.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page.get(address)
    procedures(department, 6, planned=-1)
    for _index in range(4):
        waiting()
        KpiFactory()
    with CaptureQueriesContext(connection) as many:
        shown = page.get(address)
    told = page.get(f"/api/v1{address}").json()

    assert shown.status_code == 200
    assert len(many) <= len(few) + 6  # those that an empty board can spare itself
    if "total" in told:
        assert f">{told['total']}<" in shown.content.decode()
