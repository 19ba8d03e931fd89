"""A calendar as text (RFC 5545): instants in Hong Kong time, whole days, lines folded at 75 octets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = "Asia/Hong_Kong"
LONGEST_LINE = 75  # octets, without the line end
ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19791021T033000",
    "TZOFFSETFROM:+0900",
    "TZOFFSETTO:+0800",
    "TZNAME:HKT",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: from an instant for some minutes, or a whole day."""

    uid: str
    summary: str
    starts: datetime | date
    minutes: int = 0
    description: str = ""
    place: str = ""
    address: str = ""
    cancelled: bool = False

    def lines(self) -> Iterator[str]:
        """What it says, apart from when and how often it was said."""
        yield f"UID:{self.uid}"
        if isinstance(self.starts, datetime):
            yield f"DTSTART;TZID={ZONE}:{_local(self.starts)}"
            yield f"DTEND;TZID={ZONE}:{_local(self.starts + timedelta(minutes=self.minutes))}"
        else:
            yield f"DTSTART;VALUE=DATE:{self.starts:%Y%m%d}"
            yield f"DTEND;VALUE=DATE:{self.starts + timedelta(days=1):%Y%m%d}"
            yield "TRANSP:TRANSPARENT"
        yield f"SUMMARY:{escaped(self.summary)}"
        for name, text in (("DESCRIPTION", self.description), ("LOCATION", self.place)):
            if text:
                yield f"{name}:{escaped(text)}"
        if self.address:
            yield f"URL:{self.address}"
        yield f"STATUS:{'CANCELLED' if self.cancelled else 'CONFIRMED'}"


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the number and the instant of its last change."""

    event: Event
    sequence: int
    changed_at: datetime


def calendar(name: str, events: Iterable[Told]) -> bytes:
    """The whole feed."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//govai_tracker//calendar//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", f"X-WR-TIMEZONE:{ZONE}", *ZONE_LINES]
    for told in events:
        changed = told.changed_at.astimezone(UTC)
        lines += ["BEGIN:VEVENT", *told.event.lines()]
        lines += [f"SEQUENCE:{told.sequence}", f"DTSTAMP:{changed:%Y%m%dT%H%M%SZ}", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """Text as a property holds it; characters that no line may hold are left out."""
    plain = (
        text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n").replace("\n", "\\n")
    )
    return "".join(one for one in plain if one == "\t" or (one >= " " and one != "\x7f"))


def folded(line: str) -> bytes:
    """Cut into pieces of 75 octets, never inside a character; each further piece begins with a space."""
    found, piece = bytearray(), b""
    for one in line:
        octets = one.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            found += piece + b"\r\n"
            piece = b" "
        piece += octets
    return bytes(found + piece + b"\r\n")


def _local(instant: datetime) -> str:
    return instant.astimezone(ZoneInfo(ZONE)).strftime("%Y%m%dT%H%M%S")
