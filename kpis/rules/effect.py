"""Whether a KPI moved when its project went live: segmented regression on its readings (DESIGN 6).

The readings before give a level, a trend and a season; the readings after are held against how those would have
gone on. The effect is the mean gap between the two over all periods after go-live, in the KPI's own unit.

Neighbouring readings resemble each other, and a short series does not say how much. So the model is fitted for
each strength of that resemblance (an AR(1) error with correlation -0.4 to 0.96 at one period's distance), each fit
counts by its restricted likelihood, and the interval is that of the mixture of their t distributions.
`docs/decisions/0015` has what this covers and what plain regression and Newey-West errors cover.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np

    Array: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]

LEAST_BEFORE, LEAST_AFTER = 12, 6
LEFT_OUT = 3  # readings just before go-live, whose spell may be why the project began then
SEASONS = {"daily": 7, "monthly": 12, "quarterly": 4}  # periods in one round, where readings can show one
LEAST_ROUNDS = 2  # of a season, before it can be told from an effect
LEVEL = 0.95  # of the interval
CORRELATIONS = [step / 25 for step in range(-10, 25)]  # of readings one period apart


class Verdict(StrEnum):
    IMPROVED = "improved"
    NO_CLEAR_CHANGE = "no_clear_change"
    WORSE = "worse"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, slots=True)
class Missing:
    """Readings still needed on each side of go-live before anything is said."""

    before: int
    after: int

    def __bool__(self) -> bool:
        return bool(self.before or self.after)


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the ends of its 95% interval, in the KPI's unit."""

    middle: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Expected:
    """What one period after go-live would have shown without it."""

    period: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """The effect, the same without the last readings before go-live, and what would have been expected.

    `correlation` is the likely resemblance of neighbouring readings, 0 for none to 1. `has_season` and
    `is_compared` say what else the model holds constant.
    """

    effect: Interval
    without_last: Interval
    expected: tuple[Expected, ...]
    correlation: float
    has_season: bool
    is_compared: bool


def missing(before: int, after: int, *, frequency: str) -> Missing:
    """How many readings are lacking. A season needs two rounds in all, so that it is not taken for an effect."""
    lacks_before = max(0, LEAST_BEFORE - before)
    lacks_after = max(0, LEAST_AFTER - after)
    rounds = LEAST_ROUNDS * SEASONS.get(frequency, 0)
    lacks_after += max(0, rounds - (before + lacks_before) - (after + lacks_after))
    return Missing(lacks_before, lacks_after)


def estimate(
    before: Mapping[int, float],
    after: Mapping[int, float],
    *,
    frequency: str,
    comparison: Mapping[int, float] | None = None,
) -> Estimate:
    """The effect of going live on a series.

    `before` and `after` map the number of a period (consecutive; those without a reading are absent) to its value.
    `comparison` has, for each of these periods, what units that had not started showed. Raises ValueError when
    readings are `missing`.
    """
    if missing(len(before), len(after), frequency=frequency):
        raise ValueError("There are too few readings.")
    whole = _Fits(before, after, frequency, comparison)
    kept = dict(sorted(before.items())[:-LEFT_OUT])
    return Estimate(
        effect=whole.effect(),
        without_last=_Fits(kept, after, frequency, comparison).effect(),
        expected=whole.expected(),
        correlation=whole.correlation(),
        has_season=whole.pairs > 0,
        is_compared=comparison is not None,
    )


def verdict(found: Estimate, *, direction: str) -> Verdict:
    """Clear only where the interval excludes 0 with and without the last readings before go-live.

    The second is the guard against regression to the mean: a project begun after three bad months looks like a
    success when the fourth is an ordinary one.
    """
    effect, without = found.effect, found.without_last
    if not (effect.excludes_zero and without.excludes_zero and (effect.low > 0) == (without.low > 0)):
        return Verdict.NO_CLEAR_CHANGE
    return Verdict.IMPROVED if (effect.low > 0) == (direction == "up") else Verdict.WORSE


class _Fits:
    """The model fitted for each correlation, weighed by restricted likelihood."""

    def __init__(
        self,
        before: Mapping[int, float],
        after: Mapping[int, float],
        frequency: str,
        comparison: Mapping[int, float] | None,
    ) -> None:
        import numpy as np

        self.periods = sorted({**before, **after})
        self.after = sorted(after)
        self.round = SEASONS.get(frequency, 0)
        self.pairs = _pairs(len(self.periods), self.round)
        design = self._design(comparison)
        values = np.array([{**before, **after}[period] for period in self.periods], dtype=float)
        self.values = values
        self.changes = np.zeros((len(self.after), design.shape[1]))  # by which each period after go-live differs
        self.changes[:, 2] = 1.0
        self.changes[:, 3] = design[-len(self.after) :, 3]
        self.freedom = len(values) - design.shape[1]
        self.fits = [_fit(values, design, self.periods, correlation) for correlation in CORRELATIONS]
        likelihoods = np.array([fit.likelihood for fit in self.fits])
        weights = np.exp(likelihoods - likelihoods.max())
        self.weights = weights / weights.sum()

    def effect(self) -> Interval:
        """The mean change over the periods after go-live; the interval solves the mixture's distribution."""
        from scipy.optimize import brentq
        from scipy.stats import t

        contrast = self.changes.mean(axis=0)
        middles, errors = self._told(contrast[None, :])
        middles, errors = middles[:, 0], errors[:, 0]

        def at(share: float) -> float:
            ends = middles + errors * t.ppf(share, self.freedom)
            if ends.min() == ends.max():
                return float(ends.min())
            beyond = partial(self._share_below, middles, errors, share)
            return float(brentq(beyond, ends.min(), ends.max()))

        return Interval(at(0.5), at((1 - LEVEL) / 2), at((1 + LEVEL) / 2))

    def _share_below(self, middles: "Array", errors: "Array", share: float, value: float) -> float:
        """The mixture's probability below `value`, less `share`."""
        from scipy.stats import t

        return float(self.weights @ t.cdf((value - middles) / errors, self.freedom)) - share

    def expected(self) -> tuple[Expected, ...]:
        """Each reading after go-live less its change, with the band of that change."""
        import numpy as np
        from scipy.stats import t

        middles, errors = self._told(self.changes)
        middle = self.weights @ middles
        spread = np.sqrt(self.weights @ (errors**2 + middles**2) - middle**2) * t.ppf((1 + LEVEL) / 2, self.freedom)
        fitted = self.weights @ np.array([fit.fitted[-len(self.after) :] for fit in self.fits])
        return tuple(
            Expected(period, float(value - change), float(value - change - wide), float(value - change + wide))
            for period, value, change, wide in zip(self.after, fitted, middle, spread, strict=True)
        )

    def correlation(self) -> float:
        return float(self.weights @ CORRELATIONS)

    def _told(self, contrasts: "Array") -> tuple["Array", "Array"]:
        """Of each fit (rows) and contrast (columns): the estimate and its standard error."""
        import numpy as np

        middles = np.array([contrasts @ fit.coefficients for fit in self.fits])
        errors = np.array(
            [np.sqrt(np.einsum("ij,jk,ik->i", contrasts, fit.covariance, contrasts)) for fit in self.fits]
        )
        return middles, np.maximum(errors, np.finfo(float).tiny)

    def _design(self, comparison: Mapping[int, float] | None) -> "Array":
        """Columns: level, trend, change of level, change of trend, season, comparison."""
        import numpy as np

        periods = np.array(self.periods, dtype=float)
        start = float(self.after[0])
        has_begun = periods >= start
        columns = [np.ones_like(periods), periods - start, has_begun * 1.0, has_begun * (periods - start)]
        for pair in range(1, self.pairs + 1):
            angle = 2 * np.pi * pair * periods / self.round
            columns.append(np.cos(angle))
            if 2 * pair != self.round:  # where the sine is 0 at every period
                columns.append(np.sin(angle))
        if comparison is not None:
            columns.append(np.array([comparison[period] for period in self.periods], dtype=float))
        return np.column_stack(columns)


@dataclass(frozen=True, slots=True)
class _Fit:
    coefficients: "Array"
    covariance: "Array"
    fitted: "Array"
    likelihood: float


def _fit(values: "Array", design: "Array", periods: Sequence[int], correlation: float) -> _Fit:
    """Generalised least squares under one correlation, and its restricted log-likelihood up to a constant.

    Each reading is freed of what the one before it, however many periods back, says about it.
    """
    import numpy as np
    from statsmodels.regression.linear_model import OLS

    echo = correlation ** np.diff(np.array(periods, dtype=float))
    scale = np.concatenate([[1.0], np.sqrt(1 - echo**2)])
    echo = np.concatenate([[0.0], echo])
    freed = (values - echo * np.roll(values, 1)) / scale
    against = (design - echo[:, None] * np.roll(design, 1, axis=0)) / scale[:, None]
    found = OLS(freed, against).fit(method="qr")
    floor = 1e-12 * max(1.0, float(np.abs(values).max())) ** 2  # a series without any noise
    rest = max(float(found.ssr), floor)
    _sign, information = np.linalg.slogdet(against.T @ against)
    freedom = len(values) - design.shape[1]
    likelihood = -np.log(scale).sum() - information / 2 - freedom * np.log(rest) / 2
    covariance = found.normalized_cov_params * rest / freedom
    return _Fit(found.params, covariance, design @ found.params, float(likelihood))


def _pairs(count: int, length: int) -> int:
    """Waves of a season: one from two rounds of readings on, two from four on; all of a week."""
    if not length or count < LEAST_ROUNDS * length:
        return 0
    return min(length // 2, 3 if length == 7 else 2 if count >= 2 * LEAST_ROUNDS * length or length == 4 else 1)
