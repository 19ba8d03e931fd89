"""Paper packs: two pages of summary, contents, then each paper as it was frozen (FEATURES D2, D11)."""

from collections.abc import Sequence

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.models import LedgerEntry
from core.money import hkd
from core.paper import Contents, Heading, NewPage, Paper, Part, Table, Text
from funding import wording
from funding.models import Meeting, Round
from funding.papers import parts
from funding.papers.frozen import Frozen, frozen
from funding.selectors import meetings, routes
from funding.selectors.meetings import ItemRow

SHORT = 700  # characters of the justification on the first page of a round's pack
SHORTER = 240  # of each on the second page of a meeting's
PROMISES = 6


def pack(user: User, round_: Round) -> Paper:
    """What a member reads before the vote. Made of what was frozen at the opening, and dated by it."""
    paper = frozen(user, round_.request_version, before=round_.opened_at)
    opened = parts.act("round.opened", round_.ledger_ref)
    return Paper(
        title=paper.title,
        reference=_("Paper pack %(reference)s/%(number)s")
        % {"reference": round_.request.reference, "number": round_.number},
        mark=parts.mark(),
        at=round_.opened_at,
        parts=[
            *_first_page(round_, paper, opened),
            NewPage(),
            *parts.cost_table(paper.besides),
            *parts.promises(paper.besides, most=PROMISES),
            NewPage(),
            Contents(_("Contents")),
            NewPage(),
            Heading(_("The paper")),
            *paper.parts(),
            *paper.digest(round_.motion_digest),
        ],
        proof=parts.proof(opened),
    )


def meeting_pack(user: User, meeting: Meeting) -> Paper:
    """The agenda as published, and every paper on it that is open to this reader, frozen by its publication."""
    published = meeting.published_at
    if published is None:
        raise ValueError("Only a published agenda has a pack.")
    items = meetings.meeting_page(user, meeting).items
    papers = {
        row.item.pk: frozen(user, row.item.request_version, before=published)
        for row in items
        if row.is_open and row.item.request_version is not None
    }
    return Paper(
        title=_("Meeting %(number)s of the %(body)s") % {"number": meeting.number, "body": meeting.body},
        reference=_("Paper pack %(reference)s/%(number)s")
        % {"reference": meeting.body.code.upper(), "number": meeting.number},
        mark=parts.mark(),
        at=published,
        parts=[
            *_agenda(meeting, items, papers),
            NewPage(),
            *_in_brief(items, papers),
            NewPage(),
            Contents(_("Contents")),
            *[part for row in items for part in _item(row, papers.get(row.item.pk))],
        ],
        proof=parts.proof(parts.act("meeting.agenda_published", meeting.ledger_ref)),
    )


def _first_page(round_: Round, paper: Frozen, opened: LedgerEntry | None) -> list[Part]:
    request, version = round_.request, round_.request_version
    return [
        Heading(_("Summary")),
        Text(wording.motion_text(round_), "lead"),
        *parts.conditions(round_.conditions),
        parts.facts(
            (_("Body"), round_.body),
            (_("How it is voted on"), round_.get_mode_display()),
            (_("Amount asked"), hkd(version.own_amount)),
            (_("Department"), request.department),
            (_("Project"), f"{request.project.reference} {request.project.in_language('title')}"),
            (_("Version"), _("%(number)s, frozen when the round opened") % {"number": version.number}),
        ),
        Heading(_("Why this body"), 2),
        Text(routes.sentence_at(request, opened.position if opened else 0)),
        Heading(_("Justification"), 2),
        Text(_shortened(paper.justification, SHORT)),
    ]


def _agenda(meeting: Meeting, items: Sequence[ItemRow], papers: dict[int, Frozen]) -> list[Part]:
    rows = [
        [
            str(row.item.number),
            time_format(row.begins_at.astimezone(clock.HONG_KONG), "TIME_FORMAT"),
            _name(row, papers.get(row.item.pk)),
            hkd(row.item.amount) if row.is_open else parts.NOTHING,
        ]
        for row in items
    ]
    starts = meeting.starts_at.astimezone(clock.HONG_KONG)
    return [
        Heading(_("Agenda")),
        parts.facts(
            (_("Time"), date_format(starts, "DATETIME_FORMAT")),
            (_("Place"), meetings.place(meeting)),
            (_("In the chair"), meeting.chair or ""),
            (_("Secretary"), meeting.secretary),
        ),
        Table(["#", _("Time"), _("Request"), _("Amount of the motion")], rows, right=[3]),
    ]


def _in_brief(items: Sequence[ItemRow], papers: dict[int, Frozen]) -> list[Part]:
    said: list[Part] = [Heading(_("The items in brief"))]
    for row in items:
        paper = papers.get(row.item.pk)
        if paper is not None:
            said += [Text(_name(row, paper), "strong"), Text(_shortened(paper.justification, SHORTER))]
    return said


def _item(row: ItemRow, paper: Frozen | None) -> list[Part]:
    title: list[Part] = [NewPage(), Heading(f"{row.item.number}. {_name(row, paper)}")]
    if paper is None:
        return [*title, Text(_("This paper is closed to you."))]
    amounts = parts.facts(
        (_("Department"), row.item.request.department),
        (_("Amount asked"), hkd(paper.version.own_amount)),
        (_("Amount of the motion"), hkd(row.item.amount)),
        (_("Version"), paper.version.number),
    )
    return [*title, amounts, *parts.conditions(row.item.conditions), *paper.parts(), *paper.digest()]


def _name(row: ItemRow, paper: Frozen | None) -> str:
    return f"{row.item.request.reference} {paper.title}" if paper else _("closed to you")


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rstrip() + " …"
