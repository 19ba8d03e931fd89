"""The overview on a small programme: what it says with nothing, with something, and how many queries it takes."""

from datetime import date

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
import pytest

from core import clock
from dashboards import cards, selectors, wording
from dashboards.forecast import selectors as forecasting
from projects.installation import install
from projects.models import Procedure
from tests.factories.projects import ProcedureFactory, ProjectFactory


@pytest.fixture
def page(client, official):
    client.force_login(official)
    return client


@pytest.fixture
def targets(db):
    install()


def live(count, **columns):
    """Procedures whose summary columns say they are in use today."""
    today = clock.today()
    rows = [ProcedureFactory(**columns) for _ in range(count)]
    Procedure.objects.filter(pk__in=[row.pk for row in rows]).update(
        is_claimed=True, claimed_on=today, verified_on=today, in_use_from=today, in_use_until=today
    )
    return rows


@pytest.mark.django_db
def test_nobody_sees_it_without_signing_in(client):
    answer = client.get("/")

    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


def test_an_empty_installation_says_so_and_invents_no_number(page, official, targets):
    found = selectors.overview(official)
    shown = page.get("/").content.decode()

    assert found.standing == selectors.Standing(0, 0, 0, 0)
    assert found.curve is None
    assert found.money.envelope is None
    assert "The curve begins with the first procedure" in shown
    assert "No envelope for" in shown


def test_claimed_contains_verified_contains_in_use(official, targets):
    live(3)
    claimed = ProcedureFactory()
    Procedure.objects.filter(pk=claimed.pk).update(is_claimed=True, claimed_on=clock.today())
    ProcedureFactory()

    assert selectors.overview(official).standing == selectors.Standing(registered=5, claimed=4, verified=3, in_use=3)


def test_the_headline_is_the_sum_of_the_departments(official, world, targets):
    live(2, department=world.a)
    live(1, department=world.b)

    found = selectors.overview(official)

    assert [(row.department, row.standing.in_use) for row in found.departments] == [(world.a, 2), (world.b, 1)]
    assert found.standing.in_use == 3


def test_the_sentence_names_the_next_target_and_its_chance(official, targets, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: clock.end_of_day(date(2026, 12, 30)))

    said = wording.sentence_of_the_day(selectors.overview(official))

    assert said == "0 in use of 100; under 1% chance of reaching 100 by 31 Dec 2026."


def test_without_a_probability_the_sentence_says_the_days_to_go(official, targets, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: clock.end_of_day(date(2026, 12, 30)))
    monkeypatch.setattr(forecasting, "reference", lambda: None)

    said = wording.sentence_of_the_day(selectors.overview(official))

    assert said == "0 in use of 100 by 31 Dec 2026; 0 days to go."


def test_after_the_first_target_the_second_is_named(official, targets, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: clock.end_of_day(date(2026, 12, 31)))

    found = selectors.overview(official)

    assert found.target.value == 200


def test_a_draft_of_another_department_is_in_no_stage(world, targets):
    ProjectFactory(department=world.a, status="draft", stage="idea")

    seen = {row.stage: row.count for row in selectors.overview(world["outsider"]).pipeline}
    own = {row.stage: row.count for row in selectors.overview(world["applicant"]).pipeline}

    assert (seen["idea"], own["idea"]) == (0, 1)


def test_a_project_without_a_stage_is_not_stated_and_opens_its_list(official, targets):
    ProjectFactory(stage="")

    bar = cards.pipeline(selectors.overview(official))[-1]

    assert (bar["count"], bar["href"].rpartition("=")[2]) == (1, "not_stated")


def test_the_chinese_page_has_no_english_sentence(page, official, targets):
    live(1)
    with translation.override("zh-hant"):
        said = wording.sentence_of_the_day(selectors.overview(official))

    assert said.endswith("。")
    assert "in use" not in said


def test_the_api_refuses_a_parameter_it_does_not_know(page):
    answer = page.get("/api/v1/overview/", {"on": "2026-11-22"})

    assert answer.status_code == 400
    assert answer.json()["code"] == "param.unknown"


def test_the_number_of_queries_does_not_grow_with_the_programme(official, targets):
    live(1)
    ProjectFactory()
    selectors.overview(official)  # the reader's permissions are asked once and kept
    cache.clear()  # nor is the forecast kept
    with CaptureQueriesContext(connection) as few:
        selectors.overview(official)

    live(20)
    ProjectFactory.create_batch(20)
    cache.clear()
    with CaptureQueriesContext(connection) as many:
        selectors.overview(official)

    assert len(few) == len(many) <= 26


def test_the_page_reads_what_is_kept_in_few_queries(page, targets):
    live(20)
    ProjectFactory.create_batch(20)
    page.get("/")
    with CaptureQueriesContext(connection) as captured:
        page.get("/")

    assert len(captured) <= 20
