"""Files in the story: lists taken away, as the log tells; those of its last day can still be fetched."""

from functools import partial

from accounts.models import User
from exports import services
from exports.lists import Wanted
from installation.demonstration.timeline import Timeline

# who, how many days before the end, when, which list under which address, as what
TAKEN = (
    ("official", 20, "09:35", Wanted("overview", "", "xlsx")),
    ("secretary", 9, "16:20", Wanted("requests", "awaiting=decision", "pdf")),
    ("reports", 2, "11:05", Wanted("projects", "stage=live", "csv")),
    ("reports", 0, "09:05", Wanted("procedures", "state=in_use", "xlsx")),
    ("official", 0, "09:10", Wanted("money", "", "xlsx")),
    ("official", 0, "09:12", Wanted("kpi-board", "", "csv")),
)


def tell(timeline: Timeline, accounts: dict[str, User]) -> None:
    for who, before_end, clock_time, wanted in TAKEN:
        timeline.at(timeline.day(before_end), clock_time, partial(_take, accounts[who], wanted))


def _take(actor: User, wanted: Wanted) -> None:
    """Asked for and made at once, as a worker would."""
    services.make(services.ask(actor=actor, wanted=wanted).pk)
