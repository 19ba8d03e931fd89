"""Each working morning: how much of a person's work is late or due by the next working day (FEATURES M3, C13)."""

from accounts.duties import duties_of
from accounts.models import User
from core import clock, working_days
from work.models import Notice
from work.notices import Message
from work.services.notices import tell


def tell_of_due() -> int:
    """Tell everybody with an open account, once a day. Returns how many are told now; safe to run twice.

    The notice names no record: what it is about stands in `/my-work/`, as far as the reader sees it then.
    """
    today = clock.today()
    if not working_days.is_working_day(today):
        return 0
    event = f"work:{today}"
    told = Notice.objects.filter(event=event).values("person")
    users = User.objects.filter(is_active=True).exclude(person__in=told).order_by("person_id", "pk")
    return sum(_tell(user, event) for user in users.distinct("person_id").select_related("person"))


def _tell(user: User, event: str) -> int:
    today = clock.today()
    until = working_days.add(today, 1)
    dated = [duty for duty in duties_of(user) if duty.due_on is not None]
    late = sum(duty.is_late(today) for duty in dated)
    soon = sum(duty.due_on is not None and today <= duty.due_on <= until for duty in dated)
    if not late + soon:
        return 0
    facts = {"late": late, "soon": soon, "until": until.isoformat()}
    return tell(Message("work.due", "person", user.person_id, [user.person_id], facts), event=event)
