"""What a report asks the registers for, and as whom.

Reports are for every signed-in person, so they are gathered as somebody who has no post, no seat and no right of
their own: what is not open to all can be in none of them (DESIGN 8).
"""

from dataclasses import dataclass
from datetime import date, datetime
import json
from typing import Any

from accounts.models import Department, User
from core import ledger
from core.as_at import Moment
from reports.models import Report
from reports.rules.periods import Kind, Period


@dataclass(frozen=True, slots=True)
class Question:
    """One report's figures: of `day`, as known before `known_before`, about a period, of one department or of all.

    What has no day of its own (a project's stage, a plan) is read as it was known before `stated_before`, also when
    the question is asked again later: only facts that carry a day can be learned late.
    """

    period: Period
    day: date
    known_before: datetime
    stated_before: datetime
    department: Department | None = None

    @property
    def dated(self) -> Moment:
        return _moment(self.day, self.known_before)

    @property
    def stated(self) -> Moment:
        return _moment(self.day, self.stated_before)

    def again(self, *, known_before: datetime) -> "Question":
        """The same question with what was learned until another instant."""
        return Question(self.period, self.day, known_before, self.stated_before, self.department)


def everyone() -> User:
    """Whoever is signed in, and nobody in particular: an account that is in no table."""
    return User(username="everyone", is_active=False)


def stored_content(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(report.content)
    return found


def question_of(report: Report) -> Question:
    """What a stored report asked, to ask it again."""
    content = stored_content(report)
    told = content["period"]
    period = Period(Kind(told["kind"]), date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))
    stated = datetime.fromisoformat(content["stated_before"])
    return Question(period, report.day, report.known_before, stated, report.department)


def _moment(day: date, before: datetime) -> Moment:
    return Moment(day, before, ledger.position_at(before), before.isoformat())
