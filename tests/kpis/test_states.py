"""The kept states of series: after any acts in any order they say what all readings say, and read nearly none."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
import random

from django.db import connection, connections
from django.db.models import F
import pytest
import time_machine

from kpis import services
from kpis.models import Baseline, Kpi, KpiTarget, Reading, ReadingVerdict, Series, SeriesState, Unjudged, Verdict
from kpis.rules import periods
from kpis.rules.freshness import Freshness
from kpis.rules.intake import Intake, Moment, State
from kpis.rules.outlook import Measurement
from kpis.rules.periods import Frequency, YearKind
from kpis.rules.rag import Rag
from kpis.rules.state import Aim, Terms, Value, carried_on, state_of
from kpis.rules.values import Measured
from kpis.selectors import histories, judged, tally
from kpis.selectors.states import judged_of
from kpis.services.intake import insert
from kpis.services.states import TAKEN
from tests.factories.kpis import DefinitionFactory, KpiFactory, RunFactory
from tests.kpis.test_latest_values import read_so_far, say

NOW = datetime(2025, 6, 15, 4, tzinfo=UTC)
FIRST = date(2024, 1, 1)
NOTHING = Measured(None, Decimal(0), Decimal(0))  # a ratio with nothing to count


@pytest.fixture
def kpis(world):
    rhythms = (("monthly", "up"), ("quarterly", "down"), ("weekly", "up"), ("yearly", "down"))
    made = [KpiFactory(frequency=one, definition=DefinitionFactory(direction=way)) for one, way in rhythms]
    KpiTarget.objects.bulk_create(
        KpiTarget(kpi=kpi, value=8, due_on=date(year, 12, 31), set_by=kpi.owner)
        for kpi in made
        for year in (2025, 2026)
    )
    return made


def read_anew():
    """Of every KPI, from its readings."""
    return {
        one.kpi_id: one for one in map(judged_of, histories(list(Kpi.objects.select_related("definition", "project"))))
    }


def said():
    return {one.kpi_id: one for one in judged(Kpi.objects.all())}


def as_counted(found):
    rags, states = Counter(one.rag for one in found.values()), Counter(one.freshness for one in found.values())
    due, have = (sum(getattr(one.coverage, part) for one in found.values()) for part in ("due", "have"))
    return +rags, +states, due, have


def plain(found):
    """Without the names of the missing periods, which a count does not need."""
    return {key: (one.rag, one.freshness, one.coverage.have, one.coverage.due) for key, one in found.items()}


class Acts:
    """What happens to KPIs, at random."""

    def __init__(self, chance, kpis):
        self.chance, self.kpis, self.run, self.now = chance, kpis, RunFactory(), NOW
        self.revisions, self.stuck = Counter(), set()

    def report(self):
        """Mostly the next period, often the same value again, now and then a correction of an old one."""
        kpi = self.chance.choice(self.kpis)
        series = Series.objects.get(kpi=kpi, definition=F("kpi__definition"))
        known = sorted(set(Reading.objects.filter(series=series).values_list("period_start", flat=True)))
        begun = periods.start_of(FIRST, kpi.frequency)
        start = periods.next_start(known[-1], kpi.frequency) if known else begun
        if known and self.chance.random() < 0.25:
            start = self.chance.choice(known)
        if self.chance.random() < 0.3:
            self.stuck ^= {kpi.pk}
        for _ in range(self.chance.choice((1, 1, 4, 9))):
            if start > self.now.date():
                break
            moment = Moment(series.pk, start, self.chance.choice(("", "", "", "channel=web")))
            self.revisions[moment] += 1
            value = NOTHING if self.chance.random() < 0.05 else Measured(Decimal(self.chance.randint(0, 14)))
            state = self.chance.choice([*[State.VERIFIED] * 6, State.SUBMITTED])
            row = Intake(
                moment, self.revisions[moment], Measured(Decimal(6)) if kpi.pk in self.stuck else value, state, "test"
            )
            insert([row], now=self.now, run_id=self.run.pk)
            start = periods.next_start(start, kpi.frequency)

    def judge(self):
        if readings := list(Reading.objects.all()):
            say(self.chance.choice(readings), self.chance.choice(Verdict.values), self.now)

    def aim(self):
        kpi = self.chance.choice(self.kpis)
        due_on = date(2025, self.chance.randint(1, 12), 28)
        value = Decimal(self.chance.randint(1, 20))
        KpiTarget.objects.update_or_create(kpi=kpi, due_on=due_on, defaults={"value": value, "set_by": kpi.owner})

    def drop_aim(self):
        if targets := list(KpiTarget.objects.all()):
            self.chance.choice(targets).delete()

    def base(self):
        kpi = self.chance.choice(self.kpis)
        series = Series.objects.get(kpi=kpi, definition=F("kpi__definition"))
        told = {"value": Decimal(self.chance.randint(0, 20)), "period_start": FIRST, "period_end": date(2024, 3, 31)}
        told |= {"evidence": "Counted.", "set_by": kpi.owner}
        Baseline.objects.update_or_create(series=series, defaults=told)

    def redefine(self):
        kpi = self.chance.choice(self.kpis)
        kpi.definition = DefinitionFactory(direction=self.chance.choice(("up", "down")))
        kpi.save()
        Series.objects.create(kpi=kpi, definition=kpi.definition, started_on=date(2024, self.chance.randint(1, 12), 1))

    def wait(self):
        self.now += timedelta(days=self.chance.choice((1, 5, 40)))

    def keep(self):
        services.keep_states()


@pytest.mark.prove("kpis")
def test_what_is_kept_is_what_reading_everything_says(kpis, proof):
    """Kept now and then, so that most looks find states that are true, some that are not, and some that are missing."""
    chance = random.Random(proof.seed)
    acts, colours, settled = Acts(chance, kpis), Counter(), 0
    weighed = [acts.report] * 12 + [acts.judge] * 3 + [acts.aim] * 3 + [acts.base, acts.drop_aim] + [acts.wait] * 2
    for step in range(proof.size(gate=160, full=4_000)):
        with time_machine.travel(acts.now, tick=False):
            chance.choice([*weighed, *[acts.keep] * 8, *([acts.redefine] if step % 25 == 0 else [])])()
        with time_machine.travel(acts.now, tick=False):
            found, counted = read_anew(), tally(Kpi.objects.all())

            assert plain(said()) == plain(found), step
            assert (+Counter(counted.by_rag), +Counter(counted.by_freshness), counted.expected, counted.reported) == (
                as_counted(found)
            )
            for colour in Rag:
                assert {one.kpi_id for one in judged(Kpi.objects.all(), colour)} == {
                    key for key, one in found.items() if one.rag is colour
                }
        colours.update(one.rag for one in found.values())
        settled += not Unjudged.objects.exists()

    assert len(colours) >= 4, colours
    assert settled > 0


@pytest.mark.prove("kpis")
def test_carrying_on_says_what_beginning_again_says(proof):
    """Values that stand still, move and have nothing to count, cut at any place; None is said where it must be."""
    chance, told = random.Random(proof.seed), Counter()
    for _ in range(proof.size(gate=3_000, full=200_000)):
        values = [value for _ in range(chance.randint(1, 12)) for value in stretch(chance)]
        readings = [Value(date(2020 + place // 12, place % 12 + 1, 1), value) for place, value in enumerate(values)]
        terms = Terms(
            frequency="monthly",
            year_kind="calendar",
            started_on=date(2020, chance.randint(1, 12), 1),
            direction=chance.choice(("up", "down")),
            baseline=chance.choice((None, Measurement(Decimal(2), date(2020, 3, 31)))),
            targets=chance.choice(((), (Aim(Decimal(8), date(2028, 12, 31)),))),
            today=date(2020 + len(values) // 12, len(values) % 12 + 1, chance.randint(1, 28)),
        )
        cut = chance.randint(0, len(readings))

        whole, carried = state_of(readings, terms), carried_on(state_of(readings[:cut], terms), readings[cut:], terms)

        assert carried in (None, whole)
        assert carried or whole.same >= 5
        told[whole.colour, whole.is_unmoved, carried is None] += 1

    assert {(colour, unmoved) for colour, unmoved, _none in told} >= {(one, True) for one in Rag if one != "stale"}
    assert {none for _colour, unmoved, none in told if unmoved} == {True, False}


def stretch(chance):
    """A run of one value, or some that move."""
    if chance.random() < 0.3:
        return [chance.choice((None, Decimal(6), Decimal("7.5"), Decimal(9)))] * chance.randint(1, 7)
    return [Decimal(chance.randint(0, 10)) for _ in range(chance.randint(1, 7))]


@pytest.fixture
def settled(kpis):
    """Twenty-four months of readings, judged."""
    series, run = Series.objects.get(kpi=kpis[0]), RunFactory()
    with time_machine.travel(datetime(2026, 1, 10, tzinfo=UTC), tick=False):
        starts = [date(2024 + month // 12, month % 12 + 1, 1) for month in range(23)]
        rows = [
            Intake(Moment(series.pk, start), 1, Measured(Decimal(place)), State.VERIFIED, "test")
            for place, start in enumerate(starts)
        ]
        insert(rows, now=NOW, run_id=run.pk)
        services.keep_states()
        yield series, run


def test_counting_what_is_judged_reads_no_reading(settled, django_assert_num_queries):
    before = read_so_far()
    with django_assert_num_queries(1):
        tally(Kpi.objects.all())
    with django_assert_num_queries(1):
        judged(Kpi.objects.all())

    assert read_so_far() == before


def test_a_later_reading_is_judged_without_the_earlier_ones(settled):
    """The kept row is given a number that the readings do not, so that it shows what was carried on."""
    series, run = settled
    SeriesState.objects.filter(series=series).update(reported=1_000)
    row = Intake(Moment(series.pk, date(2025, 12, 1)), 1, Measured(Decimal(99)), State.VERIFIED, "test")
    insert([row], now=NOW, run_id=run.pk)

    assert services.keep_states() == 1

    state = SeriesState.objects.get(series=series)
    assert (state.through, state.reported, state.last_value) == (date(2025, 12, 1), 1_001, 99)


def test_nothing_is_judged_twice(settled):
    assert services.keep_states() == 0
    assert not Unjudged.objects.exists()


def test_another_target_comes_with_its_day_and_not_before(settled):
    """The first target ends with 2025; what is judged on its last day is judged again on the next."""
    with time_machine.travel(datetime(2025, 12, 31, 4, tzinfo=UTC), tick=False):
        services.keep_states()
        assert services.keep_states() == 0
    with time_machine.travel(datetime(2026, 1, 1, 4, tzinfo=UTC), tick=False):
        assert services.keep_states() == len(Kpi.objects.all())


@pytest.mark.parametrize("kind", YearKind)
@pytest.mark.parametrize("frequency", Frequency)
def test_periods_are_counted_as_they_are_named(frequency, kind):
    chance = random.Random(f"{frequency}{kind}")
    for _ in range(60):
        first = date(2020, 1, 1) + timedelta(days=chance.randrange(2_000))
        today = first + timedelta(days=chance.randrange(-400, 1_500))

        named = list(periods.ended_between(first, today, frequency, kind))

        assert periods.how_many_ended(first, today, frequency, kind) == len(named)


def test_a_change_that_commits_while_states_are_kept_is_not_lost(committed_db):
    """The verdict is on its way when everything is judged: it is judged with the next run, and read until then."""
    kpi = KpiFactory()
    KpiTarget.objects.create(kpi=kpi, value=10, due_on=date(2098, 12, 31), set_by=kpi.owner)
    series, run = Series.objects.get(kpi=kpi), RunFactory()
    for month, value, state in ((1, 0, State.SUBMITTED), (2, 12, State.VERIFIED)):
        row = Intake(Moment(series.pk, date(2024, month, 1)), 1, Measured(Decimal(value)), state, "test")
        insert([row], now=NOW, run_id=run.pk)
    other = connections["owner"]
    other.set_autocommit(False)
    try:
        ReadingVerdict.objects.using("owner").create(
            series_id=series.pk,
            period_start=date(2024, 1, 1),
            revision=1,
            verdict="verified",
            rule="test",
            recorded_at=NOW,
        )
        services.keep_states()
        assert SeriesState.objects.get(series=series).reported == 1
        other.commit()
    finally:
        other.rollback()
        other.set_autocommit(True)
        other.close()

    assert said()[kpi.pk].coverage.have == 2
    assert services.keep_states() == 1
    assert SeriesState.objects.get(series=series).reported == 2


def test_a_rhythm_that_changes_while_states_are_kept_is_not_lost(committed_db):
    """It commits just before what was said of the series is taken, so nobody names it a second time."""
    kpi = KpiFactory(starts_on=FIRST)

    ahead = [Kpi.objects.using("owner").filter(pk=kpi.pk)]

    def meanwhile(execute, sql, *rest):
        if sql == TAKEN and ahead:
            ahead.pop().update(starts_on=date(2097, 1, 1))
        return execute(sql, *rest)

    with connection.execute_wrapper(meanwhile):
        assert services.keep_states() == 1
    connections["owner"].close()

    found = said()[kpi.pk].freshness
    assert not Unjudged.objects.exists()
    assert found is Freshness.NOT_DUE


def test_two_at_once_do_not_wait_for_each_other(committed_db):
    KpiFactory()
    with connections["owner"].cursor() as cursor:
        cursor.execute("BEGIN; SELECT pg_advisory_xact_lock(20261130)")
        assert services.keep_states() == 0
        cursor.execute("ROLLBACK")
    connections["owner"].close()

    assert services.keep_states() == 1
