"""A source that is asked names groups of a breakdown, in JSON and in CSV; what it may not name stores nothing (E9)."""

from decimal import Decimal

from django.core.cache import cache
from django.db import IntegrityError
from django.urls import reverse
import pytest
from rest_framework.test import APIClient

from core.errors import InvalidInput
from kpis import selectors, services
from kpis.models import Reading, Source
from kpis.rules.breakdowns import GROUPS, groups_of
from kpis.services import Answering, Paths
from kpis.services.runs import run_source
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory, RunFactory, SourceFactory
from tests.kpis.collecting import collected, item, propose
from tests.kpis.conftest import send

JSON_PATHS = Paths(items="readings", kpi="kpi", period="period", value="value", cell="of.group")
TABLE = Paths(items="", kpi="kpi", period="period", value="value", cell="group")


@pytest.fixture(autouse=True)
def nothing_was_tried():
    cache.clear()


@pytest.fixture
def kpi(world):
    definition = DefinitionFactory(dimensions=list(GROUPS))
    return KpiFactory(project=MeasuredProjectFactory(department=world.a), definition=definition)


def of(kpi, group, value="50"):
    return item(kpi, 1, value) | {"of": {"group": group}}


def run(applicant, team, kpi, how):
    """The source as two people make it, collected once."""
    source = propose(applicant, kpi, how)
    services.approve_source(actor=team, source_id=source.pk)
    one = RunFactory(source=source)
    run_source(run_id=one.pk)
    one.refresh_from_db()
    return one


def cells():
    return dict(Reading.objects.values_list("cell", "value"))


def sends_table(department, *lines):
    table = "\n".join(["kpi,period,value,group", *lines]).encode()
    department.answer = lambda handler: send(handler, table, Content_Type="text/csv")


def test_an_answer_in_json_names_its_groups_beside_the_whole(applicant, team, department, kpi):
    groups = ["channel:counter", "district:sha_tin", "language:english", "user_group:elderly"]
    department.sends(of(kpi, None, "200"), *[of(kpi, group) for group in groups])

    done = run(applicant, team, kpi, collected(department, paths=JSON_PATHS))

    assert (done.state, done.accepted, done.reason) == ("done", 5, "")
    assert cells() == {"": 200} | dict.fromkeys(groups, Decimal(50))
    assert [one.groups[0].cell for one in selectors.breakdowns_of(selectors.histories([kpi])[0])] == groups


def test_a_table_names_every_group_in_a_column_of_its_own(applicant, team, department, kpi):
    groups = ["", *groups_of(GROUPS)]
    sends_table(department, *[f"{kpi.reference},2026-01,{50 + place},{one}" for place, one in enumerate(groups)])
    how = collected(department, paths=TABLE, answering=Answering(format="csv"))

    done = run(applicant, team, kpi, how)

    assert (done.state, done.accepted) == ("done", len(groups))
    assert cells() == {one: 50 + place for place, one in enumerate(groups)}


@pytest.mark.parametrize(
    ("group", "code", "detail"),
    [
        ("floor:3", "cell.unknown", "floor:3"),
        ("channel", "cell.unknown", "channel"),
        ("channel:", "cell.unknown", "channel:"),
        ("Channel:counter", "cell.unknown", "Channel:counter"),
        ("channel:counter ", "cell.unknown", "channel:counter"),
        (["channel:counter"], "cell.unknown", "channel:counter"),
        (7, "cell.unknown", "7"),
        ("district:north,channel:post", "cell.unknown", "district:north"),
    ],
)
def test_a_group_that_there_is_not_refuses_the_run_and_is_quoted(applicant, team, department, kpi, group, code, detail):
    department.sends(of(kpi, None, "200"), of(kpi, group))

    done = run(applicant, team, kpi, collected(department, paths=JSON_PATHS))

    assert (done.state, done.reason) == ("rejected", code)
    assert detail in done.detail
    assert not Reading.objects.exists()


def test_a_group_of_another_breakdown_than_the_measures_is_refused(applicant, team, department, world):
    kpi = KpiFactory(
        project=MeasuredProjectFactory(department=world.a), definition=DefinitionFactory(dimensions=["channel"])
    )
    sends_table(department, f"{kpi.reference},2026-01,50,channel:post", f"{kpi.reference},2026-01,50,district:north")

    done = run(applicant, team, kpi, collected(department, paths=TABLE, answering=Answering(format="csv")))

    assert (done.state, done.reason, done.detail) == ("rejected", "cell.unknown", "district:north")
    assert not Reading.objects.exists()


def test_an_item_without_the_name_of_its_group_is_not_taken_for_the_whole(applicant, team, department, kpi):
    department.sends(of(kpi, None, "200"), item(kpi, 2))

    done = run(applicant, team, kpi, collected(department, paths=JSON_PATHS))

    assert (done.state, done.reason, done.detail) == ("rejected", "schema", "-of")


def test_a_group_twice_is_one_reading_or_a_conflict(applicant, team, department, kpi):
    department.sends(of(kpi, "channel:post"), of(kpi, "channel:post"), of(kpi, "channel:kiosk"))
    done = run(applicant, team, kpi, collected(department, paths=JSON_PATHS))
    assert (done.accepted, done.duplicate) == (2, 1)

    department.sends(of(kpi, "channel:post"), of(kpi, "channel:post", "51"))
    again = RunFactory(source=done.source)
    run_source(run_id=again.pk)
    again.refresh_from_db()

    assert (again.state, again.reason) == ("rejected", "conflict")


def test_trying_shows_each_group_and_each_that_would_refuse_the_run(applicant, team, department, kpi):
    department.sends(of(kpi, None, "200"), of(kpi, "channel:post"), of(kpi, "floor:3"))
    source = propose(applicant, kpi, collected(department, paths=JSON_PATHS))

    tried = services.try_source(actor=team, source_id=source.pk)

    assert tried.code == "cell.unknown"
    assert [(row.cell, row.code, row.detail) for row in tried.shown] == [
        ("", "cell.unknown", "floor:3"),
        ("", "", ""),
        ("channel:post", "", ""),
    ]


@pytest.mark.parametrize("path", ["[0]", "'channel'", "a b", "join(':', [a, b])"])
def test_a_path_to_the_group_that_begins_with_no_name_is_refused(applicant, department, kpi, path):
    how = collected(department, paths=Paths(items="readings", kpi="kpi", period="period", value="value", cell=path))

    with pytest.raises(InvalidInput) as refused:
        propose(applicant, kpi, how)

    assert (refused.value.code, list(refused.value.fields)) == ("path.format", ["cell"])
    assert not Source.objects.exists()


def test_the_pages_propose_try_and_change_it_in_both_languages(signed_in, applicant, team, department, kpi):
    department.sends(of(kpi, None, "200"), of(kpi, "channel:post"))
    typed = {
        "name": "Case system",
        "url": department.url,
        "networks": "127.0.0.0/8",
        "format": "json",
        "items": "readings",
        "period": "period",
        "value": "value",
        "kpi": "kpi",
        "cell": "of.group",
        "paging": "none",
        "interval_minutes": "60",
    }
    mine, theirs = signed_in(applicant), signed_in(team)
    assert (
        "分項組別所在位置"
        in mine.get(reverse("kpis:pull-source-new"), headers={"Accept-Language": "zh-hant"}).content.decode()
    )
    sent = mine.post(reverse("kpis:pull-source-new"), typed | {f"kpi_{kpi.pk}": "on"})
    assert sent.status_code == 302
    source = Source.objects.get()
    assert (source.cell_path, source.columns) == ("of.group", ["kpi", "of", "period", "value"])
    assert "<code>of.group</code>" in theirs.get(sent["Location"]).content.decode()

    address = reverse("kpis:source-try", args=[source.reference])
    assert "Channel: Post" in theirs.post(address).content.decode()
    cache.clear()
    told = theirs.post(address, headers={"Accept-Language": "zh-hant"}).content.decode()
    assert "渠道：郵遞" in told and "整體" in told

    change = reverse("kpis:source-change", args=[source.reference])
    assert 'value="of.group"' in mine.get(change).content.decode()
    assert mine.post(change, typed | {"cell": ""}).status_code == 302
    source.refresh_from_db()
    assert (source.cell_path, source.columns) == ("", ["kpi", "period", "value"])


def test_the_api_takes_shows_and_tries_where_the_group_is(applicant, team, department, kpi, world):
    department.sends(of(kpi, "channel:post"), of(kpi, "floor:3"))
    mine, theirs = APIClient(), APIClient()
    mine.force_authenticate(applicant)
    theirs.force_authenticate(team)
    paths = {"items": "readings", "kpi": "kpi", "period": "period", "value": "value", "cell": "of.group"}
    sent = {
        "department": world.a.code,
        "name": "Cases",
        "url": department.url,
        "hosts": [f"127.0.0.1:{department.port}"],
        "networks": ["127.0.0.0/8"],
        "paths": paths,
        "kpis": [{"kpi": kpi.reference}],
        "interval_minutes": 60,
    }
    wrong = mine.post("/api/v1/sources/", sent | {"paths": paths | {"cell": "[0]"}}, format="json")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "path.format")

    made = mine.post("/api/v1/sources/", sent, format="json")
    tried = theirs.post(f"/api/v1/sources/{made.json()['reference']}/try/", {}, format="json")

    assert made.json()["paths"] == paths | {"numerator": "", "denominator": ""}
    assert [(row["cell"], row["code"]) for row in tried.json()["shown"]] == [
        ("", "cell.unknown"),
        ("channel:post", ""),
    ]


def test_a_source_that_sends_by_itself_has_no_path_to_a_group(world):
    with pytest.raises(IntegrityError, match="source_kind_whole"):
        SourceFactory(push=True, department=world.a, cell_path="group")
