"""The minutes extract of one round: who could vote, what was moved, how it came out (FEATURES D13)."""

from django.utils.translation import gettext as _

from accounts.models import User
from core.paper import Facts, Heading, Paper, Part, Table, Text
from funding.models import AgendaItem, Round
from funding.papers import parts
from funding.selectors import meetings
from funding.selectors.round_page import RoundPage, round_page


def minutes(user: User, round_: Round) -> Paper:
    """Of a published round, with the votes by name for whoever may see them (DESIGN 5)."""
    published = round_.published_at
    if published is None:
        raise ValueError("Only a published round has minutes.")
    screen = round_page(user, round_)
    return Paper(
        title=_("Minutes extract: %(reference)s, round %(number)s")
        % {"reference": round_.request.reference, "number": round_.number},
        reference=f"{round_.request.reference}/{round_.number}",
        mark=parts.mark(),
        at=published,
        parts=[
            parts.facts(
                (_("Body"), round_.body),
                (_("How it is voted on"), round_.get_mode_display()),
                (_("Request"), f"{round_.request.reference} {screen.paper_title}"),
                (_("Opened"), parts.moment_words(round_.opened_at)),
                (_("Closed"), parts.moment_words(round_.closed_at or published)),
                (_("Published"), parts.moment_words(published)),
            ),
            Heading(_("Motion")),
            Text(screen.motion, "strong"),
            *parts.conditions(round_.conditions),
            Heading(_("Result of the vote")),
            Text(screen.sentence, "strong"),
            *_roll(screen),
            *_questions(screen),
            *_meeting(round_),
        ],
        proof=parts.proof(parts.act("round.closed", round_.ledger_ref)),
    )


def _roll(screen: RoundPage) -> list[Part]:
    said = _("Vote") if screen.shows_ballots else _("State")
    rows = [
        [
            str(seat.number),
            parts.in_a_row(seat.holder or _("vacant"), seat.duty if seat.is_chair else ""),
            seat.choice_words or seat.state_words,
            seat.reason or seat.ground or parts.NOTHING,
        ]
        for seat in screen.roll
    ]
    head = [_("Seat"), _("Holder"), said, _("Reason or ground")]
    shown: list[Part] = [Heading(_("Roll")), Table(head, rows)]
    if not screen.shows_ballots:
        who = _("Who voted how is for the body, the applicant’s department, the Team and the auditor.")
        shown.append(Text(who, "quiet"))
    return shown


def _questions(screen: RoundPage) -> list[Part]:
    """What was asked on the open paper, each with its last answer."""
    if not screen.questions:
        return []
    rows = [
        [
            str(row.question.number),
            f"{row.question.text}\n{row.question.asked_by}",
            f"{row.answers[0].text}\n{row.answers[0].answered_by}" if row.answers else _("Not answered yet."),
        ]
        for row in screen.questions
    ]
    return [Heading(_("Questions to the applicant")), Table(["#", _("Question"), _("Answer")], rows)]


def _meeting(round_: Round) -> list[Part]:
    """Where it was voted on, who was there, and what was noted."""
    item = AgendaItem.objects.filter(round=round_).select_related("meeting__body", "meeting__chair").first()
    if item is None:
        return []
    meeting = item.meeting
    there = meeting.attendance.select_related("seat", "holder", "person")
    rows = [[str(one.seat.number), str(one.person or one.holder), one.get_state_display()] for one in there]
    facts: Facts = parts.facts(
        (_("Meeting"), _("Meeting %(number)s of the %(body)s") % {"number": meeting.number, "body": meeting.body}),
        (_("Time"), parts.moment_words(meeting.starts_at)),
        (_("Place"), meetings.place(meeting)),
        (_("In the chair"), meeting.chair or ""),
    )
    said: list[Part] = [Heading(_("Meeting")), facts]
    if rows:
        said.append(Table([_("Seat"), _("Name"), _("Attendance")], rows))
    return [*said, Heading(_("Notes")), Text(item.note)] if item.note else said
