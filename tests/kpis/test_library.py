"""The library of measures: who changes it, what is refused, and that no series moves before its department says so."""

from datetime import date
from decimal import Decimal

from django.urls import reverse
import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Unprocessable
from core.models import LedgerEntry
from kpis import services
from kpis.models import Definition, Series
from kpis.services import Measure
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory
from tests.projects.refusals import refused

WAITING = Measure(
    name_en="Waiting time",
    name_zh_hant="輪候時間",
    name_zh_hans="轮候时间",
    unit_en="minutes",
    unit_zh_hant="分鐘",
    unit_zh_hans="分钟",
    direction="down",
    formula="value",
    aggregation="mean",
    lowest=Decimal(0),
)
TYPED = {
    "key": "waiting-time",
    "name_en": "Waiting time",
    "name_zh_hant": "輪候時間",
    "unit_en": "minutes",
    "unit_zh_hant": "分鐘",
    "direction": "down",
    "formula": "value",
    "aggregation": "mean",
    "lowest": "0",
}


def changed(**columns):
    return Measure(**{name: getattr(WAITING, name) for name in Measure.__dataclass_fields__} | columns)


def test_the_team_adds_a_measure_and_changes_it_as_a_new_version(team):
    first = services.add_definition(actor=team, key="waiting-time", measure=WAITING)
    second = services.revise_definition(actor=team, key="waiting-time", measure=changed(unit_en="seconds"))

    assert (first.version, second.version) == (1, 2)
    assert Definition.objects.get(key="waiting-time", version=1).unit_en == "minutes"
    assert list(Definition.objects.newest().filter(key="waiting-time")) == [second]
    assert list(LedgerEntry.objects.order_by("position").values_list("action", flat=True)) == [
        "definition.added",
        "definition.revised",
    ]


@pytest.mark.parametrize("persona", ["applicant", "head", "administrator", "auditor", "official"])
def test_nobody_else_changes_the_library(world, persona):
    refused(
        NotAllowed,
        "duty.team",
        lambda: services.add_definition(actor=world[persona], key="waiting-time", measure=WAITING),
    )
    assert not Definition.objects.filter(key="waiting-time").exists()


@pytest.mark.parametrize(
    ("columns", "error", "code"),
    [
        ({"formula": "percentage", "aggregation": "mean"}, Unprocessable, "definition.aggregation"),
        ({"formula": "ratio", "aggregation": "sum"}, Unprocessable, "definition.aggregation"),
        ({"aggregation": "ratio"}, Unprocessable, "definition.aggregation"),
        ({"lowest": Decimal(5), "highest": Decimal(5)}, Unprocessable, "definition.bounds"),
        ({"direction": "sideways"}, InvalidInput, "choice.invalid"),
    ],
)
def test_what_makes_no_sense_is_refused_and_not_stored(team, columns, error, code):
    refused(error, code, lambda: services.add_definition(actor=team, key="waiting-time", measure=changed(**columns)))
    assert not Definition.objects.filter(key="waiting-time").exists()


def test_a_key_is_taken_once_and_a_revision_says_something_new(team):
    services.add_definition(actor=team, key="waiting-time", measure=WAITING)
    refused(
        Conflict,
        "definition.exists",
        lambda: services.add_definition(actor=team, key="waiting-time", measure=changed(unit_en="hours")),
    )
    refused(
        Conflict,
        "definition.unchanged",
        lambda: services.revise_definition(actor=team, key="waiting-time", measure=WAITING),
    )
    refused(NotVisible, "not_found", lambda: services.revise_definition(actor=team, key="nothing", measure=WAITING))
    assert Definition.objects.filter(key="waiting-time").count() == 1


def test_a_kpi_follows_a_new_version_only_when_its_department_says_so(client, world, team, applicant, signed_in):
    first = services.add_definition(actor=team, key="waiting-time", measure=WAITING)
    kpi = KpiFactory(project=MeasuredProjectFactory(department=world.a), definition=first, owner=applicant.person)
    address = reverse("kpis:kpi-detail", args=[kpi.reference])
    adopt = reverse("kpis:kpi-adopt", args=[kpi.reference])
    assert adopt not in signed_in(applicant).get(address).content.decode()
    second = services.revise_definition(actor=team, key="waiting-time", measure=changed(unit_en="seconds"))
    kpi.refresh_from_db()
    assert kpi.definition == first
    assert adopt not in signed_in(team).get(address).content.decode()
    assert adopt in signed_in(applicant).get(address).content.decode()

    assert signed_in(applicant).post(adopt, {"starts_on": "2026-07-15"}).status_code == 302

    kpi.refresh_from_db()
    assert kpi.definition == second
    assert list(Series.objects.filter(kpi=kpi).values_list("definition__version", "started_on")) == [
        (1, kpi.starts_on),
        (2, date(2026, 7, 1)),
    ]
    assert signed_in(applicant).post(adopt, {"starts_on": "2026-08-01"}).status_code == 409


def test_the_pages_add_show_and_revise_in_both_languages(team, official, signed_in):
    client = signed_in(team)
    assert client.post(reverse("kpis:measure-new"), TYPED | {"aggregation": "ratio"}).status_code == 422
    assert client.post(reverse("kpis:measure-new"), TYPED).status_code == 302
    made = Definition.objects.get(key="waiting-time")
    assert (made.name_zh_hans, made.unit_zh_hans) == ("轮候时间", "分钟")
    revise = reverse("kpis:measure-revise", args=["waiting-time"])
    form = client.get(revise).content.decode()
    assert 'value="輪候時間"' in form
    assert 'name="lowest" value="0"' in form
    assert 'name="key"' not in form
    assert client.post(revise, TYPED | {"lowest": "-1"}).status_code == 302

    page = signed_in(official).get(reverse("kpis:measure-detail", args=["waiting-time"])).content.decode()
    assert "Waiting time" in page
    assert revise not in page
    chinese = signed_in(official).get(reverse("kpis:library"), headers={"Accept-Language": "zh-hant"})
    assert "輪候時間" in chinese.content.decode()
    assert signed_in(official).get(reverse("kpis:measure-detail", args=["no-such"])).status_code == 404


def test_a_target_is_set_on_the_page(world, applicant, official, signed_in):
    kpi = KpiFactory(project=MeasuredProjectFactory(department=world.a), owner=applicant.person)
    address = reverse("kpis:kpi-target", args=[kpi.reference])
    assert signed_in(applicant).post(address, {"value": "9", "due_on": "2001-01-01"}).status_code == 422
    assert not kpi.targets.exists()
    assert signed_in(applicant).post(address, {"value": "9", "due_on": "2098-12-31"}).status_code == 302
    assert [target.value for target in kpi.targets.all()] == [Decimal(9)]
    assert signed_in(official).post(address, {"value": "8", "due_on": "2098-12-31"}).status_code == 403


def test_the_api_does_the_same(client, team):
    client.force_login(team)
    body = {name: value for name, value in TYPED.items() if name != "lowest"}
    made = client.post("/api/v1/measures/", body, content_type="application/json")
    assert (made.status_code, made.json()["version"]) == (201, 1)
    body.pop("key")
    revised = client.post(
        "/api/v1/measures/waiting-time/revise/", body | {"unit_en": "seconds"}, content_type="application/json"
    )
    assert (revised.status_code, revised.json()["version"]) == (201, 2)
    listed = {row["key"]: row["version"] for row in client.get("/api/v1/measures/").json()["results"]}
    assert listed["waiting-time"] == 2
