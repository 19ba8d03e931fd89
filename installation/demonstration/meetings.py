"""The demonstration's meetings: one that was held, with what was asked and said, and one that is coming."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from core import clock, working_days
from funding import services
from funding.installation import WORKING_GROUP
from funding.models import Body, Meeting, Round
from installation.demonstration.timeline import Timeline

PLACE, PLACE_ZH = "Conference Room 3, 15/F", "15樓3號會議室"
QUESTION = "What happens to a return that the tool marks wrongly?"
ANSWER = "An assessor reads every marked return before a letter goes out, and each wrong mark is fed back."
NOTE = (
    "Members noted the results of the trial. A member asked about returns that are marked wrongly; the department"
    " explained that an assessor reads each one. The motion was put to the vote."
)


@dataclass
class Sitting:
    """A meeting with one request on its agenda, in the order things happen."""

    accounts: dict[str, User]
    lead: User
    pk: int = 0

    @property
    def secretary(self) -> User:
        return self.accounts["secretary"]

    def plan(self, request_id: int, *, ahead: timedelta) -> None:
        self.pk = _planned(self.accounts, ahead=ahead).pk
        services.add_item(actor=self.secretary, meeting_id=self.pk, request_id=request_id, minutes=30)

    def publish(self) -> None:
        services.publish_agenda(actor=self.secretary, meeting_id=self.pk)

    def attend(self, votes: list[str]) -> None:
        """Whoever is not going to vote has sent apologies."""
        states = {seat: "present" if choice else "apologies" for seat, choice in enumerate(votes, start=1)}
        services.take_attendance(actor=self.secretary, meeting_id=self.pk, seats=states)

    def open_item(self) -> Round:
        return services.open_item(actor=self.secretary, meeting_id=self.pk, number=1)

    def ask(self, round_id: int, member: User) -> None:
        services.ask_on_paper(actor=member, round_id=round_id, text=QUESTION)
        services.answer_on_paper(actor=self.lead, round_id=round_id, number=1, text=ANSWER)

    def close(self) -> None:
        services.note_item(actor=self.secretary, meeting_id=self.pk, number=1, note=NOTE)
        services.close_meeting(actor=self.accounts["chair"], meeting_id=self.pk)


def tell_coming(timeline: Timeline, request_id: Callable[[], int], accounts: dict[str, User]) -> None:
    """A meeting on a working day soon, its agenda published on the eve of the story's last day."""
    sitting = Sitting(accounts, accounts["secretary"])
    timeline.at(timeline.day(2), "11:00", lambda: sitting.plan(request_id(), ahead=_working_days_ahead(6)))
    timeline.at(timeline.day(1), "15:00", sitting.publish)


def _planned(accounts: dict[str, User], *, ahead: timedelta) -> Meeting:
    return services.plan_meeting(
        actor=accounts["secretary"],
        body_id=Body.objects.get(code=WORKING_GROUP).pk,
        starts_at=clock.now() + ahead,
        minutes=60,
        place_en=PLACE,
        place_zh_hant=PLACE_ZH,
    )


def _working_days_ahead(count: int) -> timedelta:
    """From eleven in the morning to half past two on that day."""
    today = clock.today()
    return working_days.add(today, count) - today + timedelta(hours=3.5)
