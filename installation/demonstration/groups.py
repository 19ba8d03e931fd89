"""One KPI of the demonstration told apart by channel: the last months in one file, as its department keeps them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
import io

from accounts.models import User
from installation.demonstration.timeline import Timeline
from kpis.models import Kpi
from kpis.rules.years import Counted
from kpis.selectors import histories
from kpis.services import reading_files

FILE_NAME = "enquiries-by-channel.csv"
MONTHS = 3
BY_POST = 3  # enquiries a month: too few to be shown
# Channel, its part of all enquiries, and how far its share lies from that of the whole, in per cent.
CHANNELS = (
    ("telephone", Decimal("0.58"), Decimal(-4)),
    ("online", Decimal("0.24"), Decimal(9)),
    ("mobile_app", Decimal("0.11"), Decimal(6)),
)


def tell(timeline: Timeline, measured: list[Kpi], lead: User, head: User) -> None:
    """Offered and reported by the lead a few days before the end of the story, verified by the Head the next day."""
    offered: list[int] = []
    timeline.at(timeline.day(4), "11:20", lambda: offered.append(_report(measured[0], lead)))
    timeline.at(timeline.day(3), "09:35", lambda: reading_files.verify_file(actor=head, file_id=offered[0]))


def _report(kpi: Kpi, lead: User) -> int:
    points = histories([kpi])[0].points[-MONTHS:]
    lines = [line for point in points for line in _lines(kpi.reference, point.start, point)]
    text = "\r\n".join(["kpi,period,value,numerator,denominator,cell", *lines])
    batch = reading_files.offer_readings(
        actor=lead, file=io.BytesIO(text.encode()), file_name=FILE_NAME, encoding="utf-8"
    )
    return reading_files.report_readings(actor=lead, file_id=batch.pk).pk


def _lines(reference: str, month: date, whole: Counted) -> Iterator[str]:
    """Each channel's numerator and denominator; the counter has what is left, so that they add up to the whole."""
    settled, asked = whole.numerator or Decimal(0), whole.denominator or Decimal(0)
    parts: list[tuple[str, int, int]] = [("post", BY_POST - 1, BY_POST)]
    for channel, part, ahead in CHANNELS:
        cases = int(asked * part)
        parts.append((channel, int(cases * (settled / asked + ahead / 100)), cases))
    parts.append(
        ("counter", int(settled) - sum(part[1] for part in parts), int(asked) - sum(part[2] for part in parts))
    )
    for channel, numerator, denominator in parts:
        yield f"{reference},{month:%Y-%m},,{numerator},{denominator},channel:{channel}"
