"""Effect of going live: what the rule says of series whose truth is known (issue 5, DESIGN 6)."""

import numpy as np
import pytest

from kpis.rules import effect as rules
from kpis.rules.effect import Missing, Verdict
from tests.kpis.series import Truth

TRUTHS = {
    "no memory": Truth(24, 12, effect=2),
    "a little memory": Truth(24, 12, correlation=0.3, effect=2),
    "much memory": Truth(24, 12, correlation=0.6, effect=2),
    "two years": Truth(12, 12, correlation=0.4, effect=-2),
    "season": Truth(36, 24, correlation=0.3, season=1.5, effect=1),
    "grows": Truth(36, 12, correlation=0.3, slope=0.3),
    "missing months": Truth(30, 15, correlation=0.4, missing=0.15, effect=2),
    "quarters": Truth(20, 8, correlation=0.3, season=1, frequency="quarterly", effect=1),
    "weeks": Truth(52, 26, correlation=0.5, frequency="weekly", effect=1),
    "days": Truth(60, 40, correlation=0.5, season=1, frequency="daily", effect=1),
    "compared": Truth(24, 12, correlation=0.3, shock=1.5, units=4, effect=1),
}
NO_EFFECT = {
    "no memory": Truth(24, 12),
    "memory": Truth(24, 12, correlation=0.5),
    "season": Truth(36, 12, correlation=0.3, season=2),
    "one year each": Truth(12, 12, correlation=0.3, season=2),
    "missing months": Truth(30, 15, correlation=0.4, missing=0.2, season=1),
}


def found(truth, proof, *, gate, full=1000, choose=None):
    """Estimates of as many series of one kind as the size asks for, each with the effect that is true."""
    rng = np.random.default_rng(proof.seed)
    made = []
    while len(made) < proof.size(gate=gate, full=full):
        drawn = (choose or truth.draw)(rng)
        if drawn is not None:
            before, after, comparison, effect = drawn
            estimate = rules.estimate(before, after, frequency=truth.frequency, comparison=comparison)
            made.append((estimate, effect))
    return made


def flagged(made):
    """Share of series said to have improved or got worse."""
    clear = {Verdict.IMPROVED, Verdict.WORSE}
    return sum(rules.verdict(one, direction="up") in clear for one, _effect in made) / len(made)


@pytest.mark.prove("effects")
@pytest.mark.parametrize("kind", TRUTHS)
def test_intervals_hold_the_truth_as_often_as_they_say(kind, proof):
    made = found(TRUTHS[kind], proof, gate=10)
    covered = sum(one.effect.low <= effect <= one.effect.high for one, effect in made) / len(made)
    proof.figure("covered", covered)
    proof.figure("found", flagged(made))
    assert 0.92 <= covered <= 0.97 if proof.full else covered >= 0.7


@pytest.mark.prove("effects")
@pytest.mark.parametrize("kind", NO_EFFECT)
def test_fake_days_of_going_live_are_flagged_no_more_often_than_stated(kind, proof):
    """The stated rate is 5% for the interval; the verdict, which also asks without the last readings, stays below."""
    made = found(NO_EFFECT[kind], proof, gate=10)
    proof.figure("interval excludes no change", sum(one.effect.excludes_zero for one, _effect in made) / len(made))
    proof.figure("flagged", flagged(made))
    assert flagged(made) <= (0.05 if proof.full else 0.3)


@pytest.mark.prove("effects")
def test_a_project_begun_after_bad_months_is_not_a_success(proof):
    """Regression to the mean: go-live right after the three worst months of a series in which nothing changes."""

    def after_the_worst(rng):
        truth = Truth(48, 0, correlation=0.4)
        values = truth.course(rng, 48)
        spells = {day: values[day - 3 : day].mean() for day in range(24, 37)}
        live = min(spells, key=spells.get)
        readings = dict(enumerate(values.tolist()))
        before = {period: value for period, value in readings.items() if period < live}
        return before, {period: value for period, value in readings.items() if period >= live}, None, 0.0

    made = found(Truth(24, 12), proof, gate=10, choose=after_the_worst)
    improved = sum(rules.verdict(one, direction="up") is Verdict.IMPROVED for one, _effect in made) / len(made)
    naive = sum(one.effect.low > 0 for one, _effect in made) / len(made)
    proof.figure("improved", improved)
    proof.figure("improved, were the last readings kept", naive)
    assert improved <= (0.04 if proof.full else 0.3)


def test_a_clear_step_is_seen_in_its_direction():
    rng = np.random.default_rng(7)
    before, after, _comparison, _effect = Truth(36, 12, correlation=0.3, effect=6).draw(rng)
    estimate = rules.estimate(before, after, frequency="monthly")
    assert 4 < estimate.effect.low < 6 < estimate.effect.high < 8
    assert rules.verdict(estimate, direction="up") is Verdict.IMPROVED
    assert rules.verdict(estimate, direction="down") is Verdict.WORSE
    assert [one.period for one in estimate.expected] == sorted(after)
    gaps = [after[one.period] - one.value for one in estimate.expected]
    assert np.mean(gaps) == pytest.approx(estimate.effect.middle, abs=0.5)


def test_the_comparison_takes_out_what_happened_to_everybody():
    rng = np.random.default_rng(11)
    before, after, comparison, _effect = Truth(24, 12, shock=4, units=6).draw(rng)
    alone = rules.estimate(before, after, frequency="monthly").effect
    compared = rules.estimate(before, after, frequency="monthly", comparison=comparison)
    assert compared.is_compared
    assert compared.effect.high - compared.effect.low < (alone.high - alone.low) / 2


def test_series_without_noise_are_no_trouble():
    flat = rules.estimate(dict.fromkeys(range(24), 7.0), dict.fromkeys(range(24, 36), 7.0), frequency="monthly")
    assert flat.effect.middle == pytest.approx(0, abs=1e-5)
    step = rules.estimate(dict.fromkeys(range(24), 7.0), dict.fromkeys(range(24, 36), 9.0), frequency="monthly")
    assert step.effect.middle == pytest.approx(2, abs=1e-4)


@pytest.mark.parametrize(
    ("before", "after", "frequency", "lacking"),
    [
        (12, 12, "monthly", Missing(0, 0)),
        (12, 11, "monthly", Missing(0, 1)),
        (30, 5, "monthly", Missing(0, 1)),
        (18, 6, "monthly", Missing(0, 0)),
        (0, 0, "monthly", Missing(12, 12)),
        (4, 6, "quarterly", Missing(8, 0)),
        (12, 6, "weekly", Missing(0, 0)),
        (12, 6, "yearly", Missing(0, 0)),
    ],
)
def test_too_few_readings_are_counted(before, after, frequency, lacking):
    assert rules.missing(before, after, frequency=frequency) == lacking
    if lacking:
        with pytest.raises(ValueError, match="too few"):
            rules.estimate(
                dict.fromkeys(range(before), 1.0), dict.fromkeys(range(40, 40 + after), 1.0), frequency=frequency
            )
