"""Programmes with known truth: how often the band holds what came, and whether the chances beat simpler guesses."""

from datetime import timedelta

import pytest

from dashboards.rules import outlook
from dashboards.rules.forecast import simulate
from dashboards.rules.outlook import Goal
from dashboards.rules.rates import learned
from tests.dashboards.programmes import NOW, REFERENCE, worlds

SIX_MONTHS, A_YEAR = 182, 365
FUTURES = 1_000
SHARES = (0.35, 0.6, 0.85, 1.1)  # goals, as shares of what the plans promise


def forecast(world, ahead):
    programme, history = world.known(NOW)
    return simulate(
        programme, learned(history, REFERENCE), horizon=programme.today + timedelta(days=ahead), futures=FUTURES
    )


@pytest.mark.prove("forecast")
def test_the_band_holds_what_came_in_nine_of_ten_programmes(proof):
    number, held = proof.size(gate=12, full=200), {SIX_MONTHS: 0, A_YEAR: 0}

    for world in worlds(number, proof.seed):
        for ahead in held:
            futures = forecast(world, ahead)
            [point] = outlook.band(futures, [futures.programme.today + timedelta(days=ahead)])
            held[ahead] += point.low <= world.actual(NOW + ahead) <= point.high

    shares = {ahead: count / number for ahead, count in held.items()}
    proof.figure("held_after_six_months", shares[SIX_MONTHS])
    proof.figure("held_after_a_year", shares[A_YEAR])
    least, most = (0.85, 0.95) if proof.full else (0.65, 1.0)
    assert least <= sum(shares.values()) / len(shares) <= most, shares


@pytest.mark.prove("forecast")
def test_its_chances_beat_plans_come_true_and_a_straight_line(proof):
    """Brier scores over several goals a programme: the mean squared gap between the chance said and what came."""
    gaps = {"forecast": [], "plans come true": [], "straight line": []}

    for world in worlds(proof.size(gate=12, full=200), proof.seed + 10_000):
        futures, now = forecast(world, SIX_MONTHS), world.actual(NOW)
        promised, pace = world.planned(NOW, NOW + SIX_MONTHS), now - world.actual(NOW - SIX_MONTHS)
        for share in SHARES:
            value = now + max(1, round(share * promised))
            came = world.actual(NOW + SIX_MONTHS) >= value
            said = outlook.chance(futures, Goal(value, futures.programme.today + timedelta(days=SIX_MONTHS)))
            gaps["forecast"].append((said - came) ** 2)
            gaps["plans come true"].append(((now + promised >= value) - came) ** 2)
            gaps["straight line"].append(((now + pace >= value) - came) ** 2)

    brier = {name: sum(each) / len(each) for name, each in gaps.items()}
    for name, score in brier.items():
        proof.figure(f"brier {name}", round(score, 4))
    assert brier["forecast"] < min(brier["plans come true"], brier["straight line"])
