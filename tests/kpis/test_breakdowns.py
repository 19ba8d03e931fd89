"""Readings of single groups: typed, in a file and by push; who sees what of them (FEATURES E9)."""

from datetime import date
from decimal import Decimal
from functools import partial
import io
import json

from django.urls import reverse
import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, Unprocessable
from core.models import LedgerEntry
from kpis import selectors, services
from kpis.models import Definition, LatestValue, Reading, Series, SmallestGroup
from kpis.rules.intake import Arrival, Moment
from kpis.rules.values import Bounds, measured
from kpis.services import Measure
from kpis.services.intake import store_run
from tests.factories.kpis import (
    DefinitionFactory,
    KpiFactory,
    MeasuredProjectFactory,
    PushKeyFactory,
    RunFactory,
    SourceFactory,
)
from tests.kpis.pushing import System
from tests.projects.refusals import refused

COUNTER, POST, ONLINE = "channel:counter", "channel:post", "channel:online"
MONTH = date(2026, 1, 1)


@pytest.fixture
def kpi(world):
    definition = DefinitionFactory(percentage=True, dimensions=["channel", "language"])
    return KpiFactory(project=MeasuredProjectFactory(department=world.a), definition=definition)


@pytest.fixture
def source(world, kpi):
    return PushKeyFactory(source=SourceFactory(push=True, department=world.a, kpis=[kpi])).source


def share(top, over):
    return measured("percentage", numerator=Decimal(top), denominator=Decimal(over))


def stored(kpi, source, cells, *, month=MONTH):
    """Verified readings by group, each of `numerator, denominator`."""
    series = Series.objects.get(kpi=kpi)
    arrivals = [
        Arrival(
            Moment(series.pk, month, cell), measured("percentage", numerator=Decimal(top), denominator=Decimal(over))
        )
        for cell, (top, over) in cells.items()
    ]
    run = RunFactory(source=source, state="done", is_push=True)
    store_run(arrivals, limits={series.pk: Bounds()}, run_id=run.pk, now=run.planned_at)


def breakdowns(kpi):
    return selectors.breakdowns_of(selectors.histories([kpi])[0])


def figures(kpi):
    return {
        group.cell: "hidden" if group.latest.is_hidden else group.latest.value
        for breakdown in breakdowns(kpi)
        for group in breakdown.groups
    }


def typed(actor, kpi, cell, top=1, over=4):
    return services.type_reading(
        actor=actor, kpi_id=kpi.pk, period="2026-01", cell=cell, numerator=Decimal(top), denominator=Decimal(over)
    )


def test_a_group_is_typed_and_verified_apart_from_the_whole(kpi, applicant, colleague):
    whole = typed(applicant, kpi, "")
    group = typed(applicant, kpi, COUNTER, over=2)
    assert (whole.cell, group.cell, group.revision) == ("", COUNTER, 1)
    services.verify_reading(actor=colleague, kpi_id=kpi.pk, period="2026-01", revision=1, cell=COUNTER)

    latest = LatestValue.objects.get()
    assert (latest.cell, latest.value) == (COUNTER, 50)
    assert LedgerEntry.objects.order_by("-position").first().facts["cell"] == COUNTER
    with pytest.raises(Conflict):
        typed(applicant, kpi, COUNTER, over=2)
    with pytest.raises(NotAllowed):
        services.verify_reading(actor=applicant, kpi_id=kpi.pk, period="2026-01", revision=1)


def test_a_group_that_the_measure_is_not_told_apart_by_is_refused(kpi, applicant):
    for cell in ("district:north", "counter", "channel:"):
        with pytest.raises(Unprocessable, match="not one of the groups"):
            typed(applicant, kpi, cell)
    assert not Reading.objects.exists()


def test_a_file_may_name_groups_and_need_not(kpi, applicant, colleague):
    lines = [
        "kpi,period,value,numerator,denominator,cell",
        f"{kpi.reference},2026-01,,10,100,",
        f"{kpi.reference},2026-01,,1,40,{COUNTER}",
        f"{kpi.reference},2026-01,,9,60,{ONLINE}",
        f"{kpi.reference},2026-01,,9,60,district:north",
    ]
    batch = services.offer_readings(
        actor=applicant, file=io.BytesIO("\r\n".join(lines).encode()), file_name="a.csv", encoding="utf-8"
    )
    batch = services.report_readings(actor=applicant, file_id=batch.pk)
    assert [(row.cell, row.state) for row in services.waiting_of(colleague, batch)] == [
        ("", "submitted"),
        (COUNTER, "submitted"),
        (ONLINE, "submitted"),
    ]
    services.verify_file(actor=colleague, file_id=batch.pk)
    assert figures(kpi) == {COUNTER: Decimal("2.5"), ONLINE: 15}


def test_a_push_names_groups_and_unknown_ones_are_listed_by_their_place(kpi, source):
    sent = {"kpi": kpi.reference, "period": "2026-01", "numerator": "1", "denominator": "10"}
    answer = System(source).send(sent, sent | {"cell": COUNTER}, sent | {"cell": "floor:3"}, sent | {"cell": COUNTER})
    assert answer.status_code == 201
    assert answer.json()["refused"][0]["index"] == 2
    assert answer.json()["refused"][0]["code"] == "cell.unknown"
    assert (answer.json()["accepted"], answer.json()["duplicate"]) == (2, 1)
    assert sorted(Reading.objects.values_list("cell", flat=True)) == ["", COUNTER]


def test_the_limits_of_a_source_are_about_the_whole(kpi, source):
    kpi.source_link.lowest = Decimal(20)
    kpi.source_link.save()
    sent = {"kpi": kpi.reference, "period": "2026-01", "numerator": "1", "denominator": "10"}
    System(source).send(sent | {"cell": COUNTER})
    assert Reading.objects.with_state().get().state == "verified"
    System(source).send(sent)
    assert Reading.objects.with_state().get(cell="").state == "quarantined"


def test_small_groups_are_hidden_and_the_whole_does_not_tell_them(kpi, source):
    stored(kpi, source, {"": (50, 104), COUNTER: (1, 4), POST: (9, 30), ONLINE: (40, 70)})
    (one,) = breakdowns(kpi)
    assert figures(kpi) == {COUNTER: "hidden", POST: "hidden", ONLINE: Decimal("57.142857")}
    assert [group.latest.denominator for group in one.groups if group.latest.is_hidden] == [None, None]
    assert "fewer than 5" in one.masking
    assert (one.whole, one.of, one.periods) == (Decimal("48.076923"), 7, ("2026-01",))


def test_periods_are_masked_one_by_one_newest_first_without_those_that_have_no_whole(kpi, source):
    stored(kpi, source, {"": (50, 100), COUNTER: (20, 40), ONLINE: (30, 60)})
    stored(kpi, source, {"": (50, 100), COUNTER: (1, 2), ONLINE: (49, 98)}, month=date(2026, 2, 1))
    stored(kpi, source, {COUNTER: (10, 40)}, month=date(2026, 3, 1))
    (one,) = breakdowns(kpi)
    assert one.starts == (date(2026, 2, 1), MONTH)
    assert [[figure.value for figure in group.figures] for group in one.groups] == [[None, 50], [None, 50]]
    assert [[figure.is_hidden for figure in group.figures] for group in one.groups] == [[True, False]] * 2


def test_others_see_groups_only_where_small_ones_are_hidden(kpi, source, official, applicant, team, api_of):
    stored(kpi, source, {"": (50, 104), COUNTER: (1, 4), POST: (9, 30), ONLINE: (40, 70)})
    for one, cells in ((official, {""}), (applicant, {"", COUNTER, POST, ONLINE}), (team, {"", COUNTER, POST, ONLINE})):
        rows = api_of(one, f"/api/v1/kpis/{kpi.reference}/readings/")["results"]
        assert {row["cell"] for row in rows} == cells
        (told,) = api_of(one, f"/api/v1/kpis/{kpi.reference}/breakdowns/")
        assert told["smallest_group"] == 5
        assert told["periods"] == ["2026-01-01"]
        assert [(row["cell"], row["figures"][0]["is_hidden"]) for row in told["groups"]] == [
            (COUNTER, True),
            (ONLINE, False),
            (POST, True),
        ]
        assert told["groups"][0]["figures"][0] == {
            "value": None,
            "numerator": None,
            "denominator": None,
            "is_hidden": True,
        }


def test_the_page_shows_bars_and_a_table_and_no_hidden_figure(kpi, source, official, signed_in):
    stored(kpi, source, {"": (50, 1104), COUNTER: (3, 4), POST: (217, 1031), ONLINE: (40, 1070)})
    client = signed_in(official)
    page = client.get(reverse("kpis:kpi-detail", args=[kpi.reference])).content.decode()
    assert "Groups of fewer than 5 are hidden" in page
    assert ">hidden<" in page
    assert "21.05" not in page  # the post, hidden as cover of the counter
    assert ">75" not in page
    chinese = client.get(
        reverse("kpis:kpi-detail", args=[kpi.reference]), headers={"Accept-Language": "zh-hant"}
    ).content.decode()
    assert "少於 5 的組別不予顯示" in chinese
    assert "網上" in chinese


def test_typing_and_judging_a_group_on_the_page(kpi, applicant, colleague, official, signed_in):
    address = reverse("kpis:kpi-detail", args=[kpi.reference])
    sent = {"period": "2026-01", "cell": COUNTER, "numerator": "1", "denominator": "4"}
    client = signed_in(applicant)
    assert client.post(reverse("kpis:reading-type", args=[kpi.reference]), sent | {"cell": "x"}).status_code == 422
    assert client.post(reverse("kpis:reading-type", args=[kpi.reference]), sent).status_code == 302
    page = signed_in(colleague).get(address).content.decode()
    assert "2026-01 · Channel: Counter" in page
    verify = {"period": "2026-01-01", "revision": "1", "cell": COUNTER, "verdict": "verify"}
    answer = signed_in(colleague).post(reverse("kpis:reading-verify", args=[kpi.reference]), verify)
    assert answer.status_code == 302
    assert Reading.objects.with_state().get().state == "verified"
    assert 'name="cell"' not in signed_in(official).get(address).content.decode()


def test_no_figure_of_the_whole_counts_a_group(kpi, source):
    stored(kpi, source, {"": (50, 100), COUNTER: (1, 50)})
    stored(kpi, source, {COUNTER: (1, 50)}, month=date(2026, 5, 1))
    history = selectors.histories([kpi])[0]
    assert [(point.label, point.value) for point in history.points] == [("2026-01", 50)]
    (line,) = selectors.lines([kpi])
    assert line.period == "2026-01"
    assert [year.value for _name, _words, year in history.years] == [50]


def test_the_team_says_how_small_a_shown_group_may_be(kpi, source, team):
    stored(kpi, source, {"": (50, 104), COUNTER: (1, 4), POST: (9, 30), ONLINE: (40, 70)})
    key = kpi.definition.key
    services.set_smallest_group(actor=team, key=key, smallest=3, reason="Agreed with the department.")
    assert "hidden" not in figures(kpi).values()
    services.set_smallest_group(actor=team, key=key, smallest=40, reason="Postal users asked for it.")
    assert set(figures(kpi).values()) == {"hidden"}
    assert [one.smallest for one in SmallestGroup.objects.all()] == [40, 3]
    assert LedgerEntry.objects.order_by("-position").first().action == "definition.smallest_group_set"


@pytest.mark.parametrize("persona", ["applicant", "administrator", "auditor", "official"])
def test_nobody_else_does(kpi, world, persona):
    with pytest.raises(NotAllowed):
        services.set_smallest_group(actor=world[persona], key=kpi.definition.key, smallest=1, reason="Because.")
    assert not SmallestGroup.objects.exists()


def test_the_page_of_a_measure_shows_what_was_said_and_takes_the_next_word(kpi, team, official, signed_in):
    address = reverse("kpis:measure-detail", args=[kpi.definition.key])
    set_it = reverse("kpis:measure-smallest-group", args=[kpi.definition.key])
    client = signed_in(team)
    assert client.post(set_it, {"smallest": "0", "reason": "None."}).status_code == 422
    assert client.post(set_it, {"smallest": "10"}).status_code == 422
    assert not SmallestGroup.objects.exists()
    assert client.post(set_it, {"smallest": "10", "reason": "A small district."}).status_code == 302
    page = signed_in(official).get(address).content.decode()
    assert "fewer than 10" in page
    assert "A small district." in page
    assert set_it not in page


def test_the_api_says_it_too(kpi, team, client):
    client.force_login(team)
    address = f"/api/v1/measures/{kpi.definition.key}/smallest-group/"
    sent = {"smallest": 0, "reason": "None."}
    assert client.post(address, sent, content_type="application/json").status_code == 400
    made = client.post(address, {"smallest": 8, "reason": "Agreed."}, content_type="application/json")
    assert (made.status_code, made.json()["smallest"]) == (201, 8)
    assert client.get(f"/api/v1/measures/{kpi.definition.key}/").json()["smallest_group"] == 8


def measure(**columns):
    told = {
        "name_en": "Cases", "name_zh_hant": "個案", "name_zh_hans": "个案", "unit_en": "cases", "unit_zh_hant": "宗",
        "unit_zh_hans": "宗", "direction": "up", "formula": "value", "aggregation": "sum",
    }  # fmt: skip
    return Measure(**told | columns)


def test_what_a_measure_is_told_apart_by_is_part_of_its_definition(team):
    services.add_definition(actor=team, key="cases", measure=measure(dimensions=["language", "channel"]))
    assert Definition.objects.get(key="cases").dimensions == ["channel", "language"]
    with pytest.raises(Conflict):
        services.revise_definition(actor=team, key="cases", measure=measure(dimensions=["channel", "language"]))
    assert services.revise_definition(actor=team, key="cases", measure=measure(dimensions=["district"])).version == 2


def test_only_what_has_a_size_is_told_apart(team):
    for error, code, said in (
        (Unprocessable, "definition.dimensions", measure(aggregation="mean", dimensions=["channel"])),
        (InvalidInput, "choice.invalid", measure(dimensions=["planet"])),
    ):
        refused(error, code, partial(services.add_definition, actor=team, key="cases", measure=said))
    assert not Definition.objects.filter(key="cases").exists()


@pytest.fixture
def api_of(client):
    def read(user, address):
        client.force_login(user)
        return json.loads(client.get(address).content)

    return read
