"""A story as acts at instants, told in their order: the ledger's instants never run backwards."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from core import clock

Act = Callable[[], object]


@dataclass
class Timeline:
    """Acts gathered in any order; `tell` lets each happen at its instant. Nothing happens after `ends_at`."""

    ends_at: datetime
    acts: list[tuple[datetime, int, Act]] = field(default_factory=list)

    @property
    def last_day(self) -> date:
        return clock.hong_kong_day(self.ends_at)

    def day(self, before_end: int) -> date:
        """The Hong Kong day so many days before the story ends."""
        return self.last_day - timedelta(days=before_end)

    def at(self, day: date, clock_time: str, act: Act) -> None:
        """Let `act` happen on a Hong Kong day at `hh:mm`; acts of one instant keep the order they were given in."""
        instant = datetime.combine(day, time.fromisoformat(clock_time), tzinfo=clock.HONG_KONG)
        self.acts.append((min(instant, self.ends_at), len(self.acts), act))

    def tell(self) -> int:
        """Run every act at its instant; returns how many there were."""
        for instant, _order, act in sorted(self.acts, key=lambda each: each[:2]):
            with clock.story_at(instant):
                act()
        return len(self.acts)
