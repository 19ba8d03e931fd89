"""Programmes whose truth is known: rates drawn by chance, lives told day by day, and any day's knowledge cut out.

Nothing here uses the forecast's own simulation: each life is told event by event with Python's random numbers.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
import random

from dashboards.rules.forecast import Bringer, Candidate, InUse, Programme
from dashboards.rules.phases import WITH_PROJECT, History, Phase, Stay
from dashboards.rules.rates import Reference

BEGAN = date(2025, 6, 1)
NOW = 720  # days after which the forecast is made
SEEN = 1_200  # days that are told
DEPARTMENTS, PROJECTS = 15, 70
DAYS = {Phase.IDEA: 60, Phase.ASSESSED: 60, Phase.APPROVED: 80, Phase.PILOT: 90, Phase.READY: 40, Phase.CLAIMED: 20}
GIVEN_UP = 1 / 1_500  # a day, at every phase
AHEAD, DUE = 0.25, 1.5  # how much faster a procedure goes before and after its planned day
PERIOD = 365
REFERENCE = Reference(
    {phase: 1 / days for phase, days in DAYS.items()},
    dict.fromkeys([*DAYS, Phase.IN_USE], GIVEN_UP),
)


@dataclass(frozen=True)
class Told:
    """One course: the day each stay began, and the day it was given up."""

    department: int
    stays: list[tuple[Phase, float]]
    left: float
    planned: int | None = None

    def known(self, day: int) -> tuple[list[Stay], date | None]:
        stays = [Stay(phase, _date(on)) for phase, on in self.stays if on <= day]
        return stays, _date(self.left) if self.left <= day else None

    def is_in_use(self, day: int) -> bool:
        place = bisect_right([on for _phase, on in self.stays], day)
        return place > 0 and self.stays[place - 1][0] is Phase.IN_USE and day < self.left

    def due(self, day: int) -> float:
        """When it has to be attested next: a year after the day it came into use, again and again."""
        since = next(on for phase, on in reversed(self.stays) if on <= day and phase is Phase.IN_USE)
        while since + PERIOD <= day:
            since += PERIOD
        return since + PERIOD


class World:
    """One programme with its truth."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.rates = {phase: self.chance.lognormvariate(0, 0.5) / days for phase, days in DAYS.items()}
        self.given_up = {phase: GIVEN_UP * self.chance.lognormvariate(0, 0.5) for phase in [*DAYS, Phase.IN_USE]}
        self.speeds = [self.chance.gammavariate(5, 1 / 5) for _ in range(DEPARTMENTS)]
        self.attests, self.returns = self.chance.betavariate(8, 2), self.chance.lognormvariate(0, 0.4) / 60
        self.attested: list[float] = []  # days on which something was attested in time
        self.projects = [self._project() for _ in range(PROJECTS)]

    def actual(self, day: int) -> int:
        return sum(told.is_in_use(day) for _project, procedures in self.projects for told in procedures)

    def planned(self, first: int, last: int) -> int:
        """How many the plans bring into use in between."""
        return sum(
            not told.is_in_use(first) and told.left > first and told.planned is not None and told.planned <= last
            for _project, procedures in self.projects
            for told in procedures
            if told.stays[0][1] <= last
        )

    def known(self, day: int) -> tuple[Programme, History]:
        """What the register would show on a day, and what it would have learned by then."""
        today, history = _date(day), History()
        history.attested = sum(on <= day for on in self.attested)
        bringers, in_use, lapsed, key = [], [], [], 0
        for number, (project, procedures) in enumerate(self.projects):
            stays, left_on = project.known(day)
            if not stays:
                continue
            history.add_course(
                stays, department=project.department, today=min(today, _gate(stays, today)), left_on=left_on
            )
            candidates = []
            for told in procedures:
                key += 1
                planned_on = _date(told.planned) if told.planned is not None else None
                own, gone_on = told.known(day)
                history.add_course(own, department=told.department, today=today, left_on=gone_on, planned_on=planned_on)
                phase = own[-1].phase if own else Phase.READY
                if gone_on or left_on:
                    continue
                if phase is Phase.IN_USE:
                    in_use.append(InUse(key, _date(told.due(day)) - timedelta(days=1)))
                elif phase is Phase.LAPSED:
                    lapsed.append(key)
                else:
                    candidates.append(Candidate(key, told.department, phase, planned_on))
            bringers.append(Bringer(number, project.department, stays[-1].phase, candidates))
        return Programme(today, bringers, in_use, lapsed), history

    def _project(self) -> tuple[Told, list[Told]]:
        department, began = self.chance.randrange(DEPARTMENTS), self.chance.uniform(0, NOW)
        speed, day, stays, left = self.speeds[department], began, [], float("inf")
        for phase in WITH_PROJECT:
            stays.append((phase, day))
            wait, given_up = self._wait(self.rates[phase] * speed), self._wait(self.given_up[phase])
            if given_up < wait:
                left = day + given_up
                break
            day += wait
        else:
            stays.append((Phase.READY, day))
        expected = began + 0.8 * sum(DAYS.values())
        procedures = [
            self._procedure(department, stays, left, int(expected * self.chance.lognormvariate(0, 0.2)))
            for _ in range(self.chance.randint(1, 5))
        ]
        return Told(department, stays, left), procedures

    def _procedure(self, department: int, way: list[tuple[Phase, float]], left: float, planned: int) -> Told:
        has_plan = self.chance.random() < 0.8
        if way[-1][0] is not Phase.READY:
            return Told(department, [(Phase.READY, float("inf"))], left, planned if has_plan else None)
        day, speed, stays = way[-1][1], self.speeds[department], []
        for phase in (Phase.READY, Phase.CLAIMED):
            stays.append((phase, day))
            wait = self._wait(self.rates[phase] * speed)
            if phase is Phase.READY and has_plan:
                ahead = max(0.0, planned - day)
                wait = wait / AHEAD if wait / AHEAD < ahead else ahead + (wait - ahead * AHEAD) / DUE
            given_up = self._wait(self.given_up[phase])
            if given_up < wait:
                return Told(department, stays, day + given_up, planned if has_plan else None)
            day += wait
        return self._in_use(department, stays, day, planned if has_plan else None)

    def _in_use(self, department: int, stays: list[tuple[Phase, float]], day: float, planned: int | None) -> Told:
        left = day + self._wait(self.given_up[Phase.IN_USE])
        stays.append((Phase.IN_USE, day))
        due = day + PERIOD
        while due < min(left, SEEN):
            if self.chance.random() < self.attests:
                self.attested.append(due)
            else:
                back = due + self._wait(self.returns)
                stays += [(Phase.LAPSED, due), (Phase.IN_USE, back)]
                due = back
            due += PERIOD
        return Told(department, stays, left, planned)

    def _wait(self, rate: float) -> float:
        return self.chance.expovariate(rate)


def worlds(count: int, seed: int) -> Iterator[World]:
    return (World(seed + number) for number in range(count))


def _date(day: float) -> date:
    return BEGAN + timedelta(days=min(-int(-day // 1), 20_000))


def _gate(stays: list[Stay], today: date) -> date:
    """A project's own course ends at its gate."""
    return next((stay.first for stay in stays if stay.phase is Phase.READY), today)
