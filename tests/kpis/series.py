"""Series with a known truth: readings with a level, a trend, a season and errors that resemble their neighbours."""

from dataclasses import dataclass

import numpy as np

from kpis.rules import effect as rules


@dataclass(frozen=True)
class Truth:
    """How a series is made. `effect` is added from go-live on and grows by `slope` each period; the noise has sd 1."""

    before: int
    after: int
    correlation: float = 0.0
    effect: float = 0.0
    slope: float = 0.0
    season: float = 0.0
    missing: float = 0.0
    frequency: str = "monthly"
    shock: float = 0.0  # common to all units
    units: int = 0  # that had not started

    def draw(self, rng):
        """Readings before and after, the comparison, and the effect that the model is to find; None when too few."""
        count = self.before + self.after
        periods = np.arange(count)
        common = self.shock * self.noise(rng, count)
        values = self.course(rng, count) + common
        gone_on = self.effect + self.slope * (periods - self.before)
        values += np.where(periods >= self.before, gone_on, 0.0)
        others = [self.course(rng, count) + common for _unit in range(self.units)]
        comparison = dict(enumerate(np.mean(others, axis=0).tolist())) if others else None
        has = rng.random(count) >= self.missing
        before = {int(one): float(values[one]) for one in periods[: self.before] if has[one]}
        after = {int(one): float(values[one]) for one in periods[self.before :] if has[one]}
        if rules.missing(len(before), len(after), frequency=self.frequency):
            return None
        return before, after, comparison, float(np.mean([gone_on[one] for one in after]))

    def course(self, rng, count):
        length = rules.SEASONS.get(self.frequency, 12)
        turn = 2 * np.pi * (np.arange(count) + rng.integers(length)) / length
        return 40 + 0.05 * np.arange(count) + self.season * np.cos(turn) + self.noise(rng, count)

    def noise(self, rng, count):
        """AR(1) with standard deviation 1 throughout."""
        fresh = rng.normal(size=count) * np.sqrt(1 - self.correlation**2)
        made = [float(rng.normal())]
        for one in fresh[1:]:
            made.append(self.correlation * made[-1] + one)
        return np.array(made)
