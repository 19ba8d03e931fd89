"""Each board as a file holds what the board shows to the same reader; nobody exports without the right."""

import csv
from datetime import timedelta
from decimal import Decimal
import io
from urllib.parse import urlsplit

import openpyxl
from pypdf import PdfReader
import pytest

from core import clock
from dashboards.boards import comparison, decisions, money, scorecard
from exports import services
from exports.models import ExportJob
from funding.models import RequestStatus
from kpis.models import Kpi
from projects.models import Target, TargetShare
from tests.dashboards.boards import procedures, waiting
from tests.factories.kpis import KpiFactory

FILES = ("departments", "scorecard", "money", "kpi-board", "decisions")


def rows(page, name, **query):
    answer = page.get(f"/exports/of/{name}/", query | {"format": "csv"})
    assert answer.status_code == 200, answer.content
    told = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    return [{key.partition("[")[2].rstrip("]"): value for key, value in row.items()} for row in told]


@pytest.fixture
def programme(department):
    procedures(department, 2, planned=-3)
    procedures(department, 3, planned=-1, live=True)
    TargetShare.objects.create(
        target=Target.objects.order_by("due_on").first(),
        department=department,
        due_on=clock.today(),
        value=4,
        source="M",
    )
    waiting(days=1)
    waiting(status=RequestStatus.ENDORSED, days=40)
    KpiFactory()
    return department


def test_departments_side_by_side(page, official, programme):
    told = rows(page, "departments")

    shown = comparison.comparison(official).rows
    assert [row["department"] for row in told] == [row.department.code for row in shown]
    [one] = [row for row in told if row["department"] == programme.code]
    assert (one["registered"], one["in_use"], one["due"], one["due_in_use"], one["share"]) == ("5", "3", "5", "3", "4")
    assert one["share_on"] == clock.today().isoformat()
    assert {row["department"] for row in rows(page, "departments", size="large")} == {
        row.department.code for row in shown if row.size == "large"
    }


def test_a_scorecard_with_its_late_records_and_trend(page, official, programme):
    told = rows(page, "scorecard", safe_code=programme.safe_code)

    shown = scorecard.scorecard(official, programme)
    figures = {row["name"]: (row["number"], row["of"]) for row in told if row["part"] == "Figures"}
    assert figures["Share of the target"] == ("3", "4")
    assert figures["Late procedures"] == ("2", "5")
    assert figures["Claimed"] == (str(shown.claimed), "5")
    late = {row["reference"] for row in told if row["part"] == "Late procedures"}
    assert late == {one.reference for one in shown.late}
    trend = [row for row in told if row["part"] == "Trend"]
    assert [row["day"] for row in trend if row["name"] == "In use"][-1] == clock.today().isoformat()
    assert [row["number"] for row in trend if row["name"] == "Planned"][-1] == "5"


def test_the_money_of_a_year_to_the_cent(page, official, programme):
    told = rows(page, "money")

    shown = money.board(official)
    tiers = [row for row in told if row["part"].startswith("Waiting")]
    assert [(row["requests"], Decimal(row["amount"])) for row in tiers] == [
        (str(one.count), one.amount) for one in shown.waiting
    ]
    assert len([row for row in told if row["envelope"]]) == len(shown.flows)


def test_kpis_and_requests_under_the_filters_of_their_boards(page, official, auditor, client, programme):
    kpi = Kpi.objects.get()

    assert [row["reference"] for row in rows(page, "kpi-board")] == [kpi.reference]
    assert rows(page, "kpi-board", rag="red") == []
    client.force_login(auditor)
    listed = [one.reference for one in decisions.rows(auditor)]
    assert [row["reference"] for row in rows(client, "decisions")] == listed
    assert [row["reference"] for row in rows(client, "decisions", age="quarter")] == listed[:1]


def test_a_board_of_a_past_day_is_taken_away_as_it_is_shown(page, programme):
    """Its KPI was not there yet."""
    yesterday = (clock.today() - timedelta(days=1)).isoformat()

    assert page.get("/boards/kpis/", {"as_at": yesterday}).context["lines"] == []
    assert rows(page, "kpi-board", as_at=yesterday) == []


@pytest.mark.parametrize("name", FILES)
def test_every_board_offers_its_workbook_which_is_logged(page, official, programme, name):
    board = {"scorecard": f"departments/{programme.safe_code}", "kpi-board": "kpis"}.get(name, name)
    shown = page.get(f"/boards/{board}/").content.decode()
    address = f"/exports/of/{name}/?" + (f"safe_code={programme.safe_code}&amp;" if name == "scorecard" else "")
    assert f'href="{address}format=xlsx"' in shown

    answer = page.get(address.replace("&amp;", "&") + "format=xlsx")
    choices = page.get(f"/exports/of/{name}/choose/?{urlsplit(address).query.replace('&amp;', '')}").content.decode()

    assert openpyxl.load_workbook(io.BytesIO(answer.getvalue())).worksheets[0].max_row > 1 or name == "decisions"
    assert f'href="/boards/{board}/"' in choices
    job = ExportJob.objects.get()
    assert (job.list_name, job.account, job.state) == (name, official, "done")


@pytest.mark.parametrize("name", FILES)
def test_every_board_is_printed_with_all_its_rows(page, official, programme, name):
    """On paper too, without choosing columns first."""
    of = {"safe_code": programme.safe_code} if name == "scorecard" else {}
    answer = page.get(f"/exports/of/{name}/", of | {"format": "pdf"})

    assert answer.status_code == 200, answer.content
    pages = PdfReader(io.BytesIO(answer.getvalue())).pages
    text = unbroken("".join(one.extract_text() for one in pages))
    first = [unbroken(next(iter(row.values()))) for row in rows(page, name, **of)]
    assert [value for value in first if value and value not in text] == []


def unbroken(text):
    """Without spaces and the places where a word may be parted."""
    return "".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize("name", FILES)
def test_a_board_is_not_taken_away_without_the_right_nor_with_a_wrong_address(page, client, applicant, programme, name):
    here = {"safe_code": programme.safe_code} if name == "scorecard" else {}

    wrong = page.get(f"/exports/of/{name}/", here | {"colour": "red"})
    nowhere = page.get("/exports/of/scorecard/", {"safe_code": "nothing"})
    client.force_login(applicant)
    refused = client.get(f"/exports/of/{name}/", here)
    button = client.get("/boards/money/").content.decode()

    assert (wrong.status_code, nowhere.status_code, refused.status_code) == (400, 404, 403)
    assert "/exports/of/" not in button
    assert not ExportJob.objects.exists()


def test_a_board_becomes_a_job_over_the_api_and_is_fetched(page, programme, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    body = {"list": "scorecard", "query": f"safe_code={programme.safe_code}", "format": "xlsx"}
    asked = page.post("/api/v1/exports/", body, content_type="application/json")
    assert services.make(ExportJob.objects.get().pk)

    assert asked.status_code == 202
    assert page.get(f"/exports/{asked.json()['reference']}/file/").getvalue().startswith(b"PK")
