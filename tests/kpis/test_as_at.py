"""A KPI as it was known on a past day: its page, the list, the file and the API, whatever came after."""

from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
import pytest

from core import clock
from core.models import Installation
from kpis import services
from kpis.models import Kpi, KpiTarget
from kpis.rules.values import Measured
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory, SourceFactory, verified

DAY = "2026-09-30"


def on(day):
    """Everything inside happens at noon of that day in Hong Kong."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    return clock.story_at(datetime.fromisoformat(f"{day}T12:00:00+08:00"))


@pytest.fixture
def kpi(world):
    """Lower is better and 10 the target: red in September, back in October, when it is renamed, aimed lower, locked."""
    with on("2026-03-01"):
        kpi = KpiFactory(
            project=MeasuredProjectFactory(department=world.a, status="registered"),
            definition=DefinitionFactory(direction="down", aggregation="mean"),
            starts_on=date(2026, 7, 1),
            name_en="As first named",
            owner=world["applicant"].person,
        )
        KpiTarget.objects.create(kpi=kpi, value=10, due_on=date(2098, 12, 31), set_by=kpi.owner)
        source = SourceFactory(department=world.a, kpis=[kpi])
    for day, month, value in (("2026-09-10", 8, 20), ("2026-10-10", 9, 7)):
        with on(day):
            verified(kpi, {date(2026, month, 1): Measured(Decimal(value))}, source)
            services.watch_breaches()
    with on("2026-10-15"):
        Kpi.objects.filter(pk=kpi.pk).update(name_en="Renamed in October")
        KpiTarget.objects.filter(kpi=kpi).update(value=8)
        services.lock_periods(actor=world["team"], until=date(2026, 7, 31), reason="The month is closed.")
    return kpi


def page_of(client, user, kpi, day=""):
    client.force_login(user)
    return client.get(reverse("kpis:kpi-detail", args=[kpi.reference]) + (f"?as_at={day}" if day else ""))


def test_the_page_shows_name_readings_target_breach_and_lock_of_that_day(client, official, kpi):
    then, now = (page_of(client, official, kpi, day) for day in (DAY, ""))

    assert [answer.context["figure"]["data"][0]["y"] for answer in (then, now)] == [[20.0], [20.0, 7.0]]
    assert [answer.context["line"].target.value for answer in (then, now)] == [10, 8]
    assert [told.breach.is_open for answer in (then, now) for told in answer.context["breaches"]] == [True, False]
    assert [answer.context["locked_until"] for answer in (then, now)] == [None, date(2026, 7, 31)]
    assert "As first named" in then.content.decode()
    assert "Renamed in October" not in then.content.decode()
    assert "Renamed in October" in now.content.decode()


def test_the_page_of_a_past_day_offers_nothing_to_do(client, applicant, kpi):
    then, now = (page_of(client, applicant, kpi, day) for day in (DAY, ""))

    assert now.context["form"] is not None
    assert now.context["offers"]
    assert (then.context["form"], then.context["offers"], then.context["source"]) == (None, [], None)
    assert "Back to now" in then.content.decode()
    assert "Sources and drafts are shown as they stand today only." in then.content.decode()


def test_a_reading_that_waited_then_waits_on_the_page_without_a_form(client, world, kpi):
    with on("2026-09-20"):
        services.type_reading(
            actor=world["applicant"], kpi_id=kpi.pk, period="2026-08", value=Decimal(19), reason="One case twice."
        )

    then = page_of(client, world["head"], kpi, DAY).content.decode()
    before = page_of(client, world["head"], kpi, "2026-09-19").content.decode()

    assert "One case twice." in then
    assert reverse("kpis:reading-verify", args=[kpi.reference]) not in then
    assert "One case twice." not in before
    assert reverse("kpis:reading-verify", args=[kpi.reference]) in page_of(client, world["head"], kpi).content.decode()


def test_before_it_was_registered_it_was_not_there(client, official, kpi):
    assert page_of(client, official, kpi, "2026-02-28").status_code == 404


def test_list_file_and_api_tell_the_value_of_that_day(client, official, kpi):
    client.force_login(official)

    listed = client.get(f"/kpis/?as_at={DAY}")
    file = b"".join(client.get(f"/exports/of/kpis/?format=csv&as_at={DAY}").streaming_content).decode()
    row = client.get(f"/api/v1/kpis/?as_at={DAY}").json()["results"][0]
    one = client.get(f"/api/v1/kpis/{kpi.reference}/?as_at={DAY}").json()

    assert [line.value for line in listed.context["lines"]] == ["20 cases"]
    assert f"/kpis/{kpi.reference}/?as_at={DAY}" in listed.content.decode()
    assert "As first named" in file
    assert "Renamed in October" not in file
    assert row == one
    assert (one["latest_value"], one["name"]["en"], one["target"]["value"]) == ("20", "As first named", "10")
    assert client.get(f"/api/v1/kpis/{kpi.reference}/").json()["latest_value"] == "7"


@pytest.mark.parametrize("part", ["readings", "years", "judgement", "breaches", "effect", "breakdowns"])
def test_what_the_api_tells_of_a_kpi_is_that_of_the_day(client, official, kpi, part):
    client.force_login(official)
    address = f"/api/v1/kpis/{kpi.reference}/{part}/"

    then, now = (client.get(address + asked) for asked in (f"?as_at={DAY}", ""))

    assert (then.status_code, now.status_code) == (200, 200)
    assert client.get(f"{address}?as_at=2026-02-28").status_code == 404
    if part not in ("effect", "breakdowns"):  # neither has anything to tell of this KPI
        assert then.json() != now.json()
