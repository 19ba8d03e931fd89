"""The forecast on small programmes worked out by hand, and what page and API say with and without history."""

from dataclasses import replace
from datetime import date, timedelta

from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode
import pytest

from core import as_at, clock
from dashboards import keeping
from dashboards.forecast import reading, references, selectors, wording
from dashboards.rules import outlook, reference
from dashboards.rules.forecast import Bringer, Candidate, Changes, InUse, Programme, simulate
from dashboards.rules.outlook import Goal
from dashboards.rules.phases import STEPS, History, Pace, Phase, Stay, Step, Timing
from dashboards.rules.rates import LEAST_MOVES, Basis, learned
from dashboards.rules.reference import State
from projects.installation import install
from tests.dashboards.programmes import REFERENCE, World
from tests.factories.projects import ProcedureFactory, ProjectFactory

TODAY = date(2026, 11, 22)
LAST = TODAY + timedelta(days=400)


def candidate(key, phase=Phase.READY, planned_on=None):
    return Candidate(key, 1, phase, planned_on)


def programme(*candidates, phase=Phase.READY, in_use=()):
    return Programme(TODAY, [Bringer(1, 1, phase, candidates)], in_use)


def test_a_leap_makes_every_move_it_passes_and_a_move_back_undoes_them():
    history = History()
    stays = [Stay(Phase.IDEA, date(2026, 1, 1)), Stay(Phase.PILOT, date(2026, 1, 11)), Stay(Phase.APPROVED, TODAY)]

    history.add_course(stays, department=1, today=TODAY)

    assert [history.at(Step(phase))[0] for phase in (Phase.IDEA, Phase.ASSESSED, Phase.APPROVED)] == [1, 1, 0]
    assert history.at(Step(Phase.IDEA))[1] == 10


def test_days_past_the_gate_are_kept_apart_at_the_planned_day():
    history = History()
    stays = [Stay(Phase.READY, date(2026, 1, 1)), Stay(Phase.CLAIMED, date(2026, 2, 10))]

    history.add_course(stays, department=1, today=TODAY, planned_on=date(2026, 2, 1))

    assert history.at(Step(Phase.READY, Timing.AHEAD)) == (0, 31)
    assert history.at(Step(Phase.READY, Timing.DUE)) == (1, 9)


def test_an_exit_ends_the_days_and_is_no_move():
    history = History()

    history.add_course([Stay(Phase.PILOT, date(2026, 1, 1))], department=1, today=TODAY, left_on=date(2026, 1, 31))

    assert (history.at(Step(Phase.PILOT)), history.exits[Phase.PILOT]) == ((0, 30), 1)


def test_neither_history_nor_reference_gives_no_rates():
    history = History()
    history.moves[Pace(1, Step(Phase.CLAIMED))] = LEAST_MOVES - 1
    history.days[Pace(1, Step(Phase.CLAIMED))] = 100

    assert learned(history, None) is None
    assert learned(history, REFERENCE).basis is Basis.BOTH
    assert learned(History(), REFERENCE).basis is Basis.REFERENCE


def test_ten_moves_of_its_own_need_no_reference():
    history = History()
    for moves, uses in ((9, True), (10, False)):
        history.moves[Pace(1, Step(Phase.CLAIMED))] = moves
        history.days[Pace(1, Step(Phase.CLAIMED))] = 100
        row = next(row for row in learned(history, REFERENCE).table() if row.step == Step(Phase.CLAIMED))
        assert (row.moves, row.uses_reference) == (moves, uses)
    assert row.learned_days == pytest.approx(100 / 10.5)


def test_a_department_with_little_history_is_drawn_to_the_average():
    history = History()
    for department, moves, days in ((1, 60, 600), (2, 60, 2400), (3, 1, 5), (4, 30, 600)):
        history.moves[Pace(department, Step(Phase.CLAIMED))] = moves
        history.days[Pace(department, Step(Phase.CLAIMED))] = days

    pooled = learned(history, REFERENCE).pooled()

    raw = {1: 60 / 600, 2: 60 / 2400, 3: 1 / 5}
    assert pooled[1] > pooled[4] > pooled[2]
    assert pooled[3] < pooled[1], "one quick move says less than sixty"
    assert raw[3] > raw[1]


def test_the_same_seed_gives_the_same_figures_and_another_seed_others():
    world, history = World(7).known(700)
    rates = learned(history, REFERENCE)

    first, again, other = (
        simulate(world, rates, horizon=world.today + timedelta(days=200), futures=300, seed=seed) for seed in (1, 1, 2)
    )

    assert (first.counts == again.counts).all()
    assert (first.counts != other.counts).any()


def test_it_counts_today_what_is_in_use_and_lets_nothing_lapse_that_never_was_seen_to():
    told = programme(candidate(1), in_use=[InUse(key, TODAY + timedelta(days=3)) for key in (8, 9)])
    still = replace(REFERENCE, exits=dict.fromkeys(REFERENCE.exits, 0.0))

    futures = simulate(told, learned(History(), still), horizon=LAST, futures=200)

    assert set(futures.counts[:, 0]) == {2}
    assert futures.counts.min() == 2
    assert futures.counts.max() == 3


def test_what_was_seen_to_lapse_lapses():
    told = programme(in_use=[InUse(key, TODAY + timedelta(days=3)) for key in range(20)])
    history = History(attested=0, lapsed=50)

    futures = simulate(told, learned(history, REFERENCE), horizon=LAST, futures=200)

    assert futures.on(TODAY + timedelta(days=3)).mean() > 19
    assert futures.on(TODAY + timedelta(days=4)).mean() < 2


def test_a_slip_and_sooner_decisions_meet_the_same_chances():
    told = programme(candidate(1), candidate(2), phase=Phase.ASSESSED)
    rates = learned(History(), REFERENCE)
    before = simulate(told, rates, horizon=LAST, futures=500)
    later = simulate(told, rates, horizon=LAST, futures=500, changes=Changes(frozenset({1}), 61, 0))
    sooner = simulate(told, rates, horizon=LAST, futures=500, changes=Changes(frozenset(), 0, 10))

    assert (later.begins[0] >= before.begins[0]).all()
    assert (later.begins[1] == before.begins[1]).all()
    assert (sooner.begins <= before.begins).all()
    assert sooner.begins.mean() < before.begins.mean()


def test_what_a_slip_costs_is_what_the_what_if_shows():
    told = programme(*(candidate(key, Phase.CLAIMED) for key in range(1, 6)))
    rates, goal = learned(History(), REFERENCE), Goal(4, TODAY + timedelta(days=70))
    futures = simulate(told, rates, horizon=LAST, futures=2_000)

    greatest = outlook.influences(futures, goal)[0]
    then = simulate(
        told, rates, horizon=LAST, futures=2_000, changes=Changes(frozenset({greatest.key}), outlook.SLIP_DAYS)
    )

    assert greatest.lost > 0
    assert outlook.chance(futures, goal) - outlook.chance(then, goal) == pytest.approx(greatest.lost, abs=0.005)


def test_how_many_starts_are_needed_none_some_or_no_number():
    told = programme(candidate(1, Phase.CLAIMED))
    futures = simulate(told, learned(History(), REFERENCE), horizon=TODAY + timedelta(days=1200), futures=1_000)

    soon = outlook.starts_needed(futures, Goal(30, TODAY + timedelta(days=5)))
    some = outlook.starts_needed(futures, Goal(30, TODAY + timedelta(days=1200)))
    none = outlook.starts_needed(futures, Goal(0, TODAY))

    assert (soon, none) == (None, 0)
    assert 30 <= some <= 120


def test_stages_of_the_registers_are_read_and_titles_linked_only_once():
    assert reference.state("Operation and Maintenance") is State.IN_USE
    assert reference.state("Development (not in production)") is State.DEVELOPMENT
    assert reference.state(" Implementation and Assessment\n") is State.IMPLEMENTATION
    assert (reference.state(""), reference.state("TBD")) == (None, None)

    before = [("Fraud – Model", "Initiation"), ("Twice", "Initiation"), ("Twice", "Initiation"), ("Blank", "")]
    after = [("fraud model", "Retired"), ("twice", "Retired"), ("blank", "Retired"), ("New", "Initiated")]
    assert dict(reference.linked(before, after)) == {(State.INITIATION, State.RETIRED): 1}


def test_the_rates_are_the_likeliest_for_what_was_seen():
    seen = {
        (State.INITIATION, State.INITIATION): 500,
        (State.INITIATION, State.DEVELOPMENT): 500,
        (State.DEVELOPMENT, State.DEVELOPMENT): 900,
        (State.DEVELOPMENT, State.RETIRED): 100,
        (State.IMPLEMENTATION, State.IN_USE): 10,
        (State.IN_USE, State.IN_USE): 75,
        (State.IN_USE, State.RETIRED): 25,
    }

    rows = {row.state: row for row in reference.table(seen)}

    assert rows[State.INITIATION].forward == pytest.approx(0.693, abs=0.03)  # half a year's worth: -ln 0.5
    assert rows[State.DEVELOPMENT].exits == pytest.approx(0.09, abs=0.02)
    assert rows[State.IN_USE].exits == pytest.approx(0.27, abs=0.02)
    assert (rows[State.IN_USE].number, rows[State.IN_USE].retired) == (100, 25)


def test_the_shipped_reference_names_its_numbers_and_covers_every_step():
    rows, told = references.rows(), references.reference()

    assert [row.number for row in rows] == [30, 44, 18, 56]
    assert all(row.stayed + row.moved + row.in_use + row.retired == row.number for row in rows)
    assert all(told.forward[step.phase] > 0 for step in STEPS)


@pytest.mark.django_db
def test_a_new_installation_forecasts_by_reference_and_says_so(client, official):
    install()
    ProcedureFactory(project=ProjectFactory(stage="pilot"))
    client.force_login(official)

    shown = client.get("/forecast/").content.decode()
    answer = client.get("/api/v1/forecast/").json()

    assert answer["basis"] == "reference"
    assert [target["value"] for target in answer["targets"]] == [100, 200]
    assert "federal inventory of 2023" in shown


@pytest.mark.django_db
def test_without_reference_and_history_no_probability_is_given(client, official, monkeypatch):
    install()
    monkeypatch.setattr(selectors, "reference", lambda: None)
    client.force_login(official)

    shown, answer = client.get("/forecast/").content.decode(), client.get("/api/v1/forecast/").json()

    assert (answer["basis"], answer["targets"], answer["band"]) == (None, [], [])
    assert "No probability can be given yet" in shown
    assert "chance of reaching" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_the_what_if_stays_in_the_address_and_bad_ones_are_refused(client, official):
    install()
    procedure = ProcedureFactory(project=ProjectFactory(stage="pilot"))
    client.force_login(official)

    shown = client.get("/forecast/", {"slipping": procedure.reference, "slip_months": 3, "sooner": 10})
    assert f'value="{procedure.reference}"' in shown.content.decode()
    assert len(client.get("/api/v1/forecast/", {"sooner": 10}).json()["what_if"]) == 2
    for query, code in (
        ({"slipping": "PROC-9999"}, "procedure.none"),
        ({"sooner": "61"}, "param.max"),
        ({"sooner": "ten"}, "param.format"),
        ({"slip_months": "13"}, "param.max"),
        ({"seed": "1"}, "param.unknown"),
    ):
        assert client.get("/api/v1/forecast/", query).json()["code"] == code


@pytest.mark.django_db
def test_a_past_moment_is_forecast_from_what_was_known_then(official):
    install()
    project = ProjectFactory(stage="pilot")
    ProcedureFactory(project=project)
    then = clock.now()
    ProcedureFactory(project=project)

    with as_at.reading(as_at.asked(QueryDict(urlencode({"as_at": then.isoformat()})))):
        before = reading.read()

    assert (len(before.programme.candidates), len(reading.read().programme.candidates)) == (1, 2)


@pytest.mark.django_db
def test_a_kept_forecast_is_not_shown_once_a_stage_changed(official):
    install()
    project = ProjectFactory(stage="pilot")
    ProcedureFactory(project=project)
    first = keeping.states()["register"]

    project.stage = "roll_out"
    project.save()

    assert first != keeping.states()["register"]


@pytest.mark.django_db
def test_reading_it_takes_the_same_queries_however_long_the_pipeline(official):
    install()
    ProcedureFactory(project=ProjectFactory())
    with CaptureQueriesContext(connection) as few:
        reading.read()
    for _ in range(5):
        ProcedureFactory(project=ProjectFactory())
    with CaptureQueriesContext(connection) as many:
        reading.read()

    assert len(few) == len(many) <= 6


def test_chances_in_words_never_claim_certainty():
    assert [wording.percent(share) for share in (0.0, 0.004, 0.41, 0.996, 1.0)] == [
        "under 1%",
        "under 1%",
        "41%",
        "over 99%",
        "over 99%",
    ]
