"""The acts on a meeting and on the open paper: each names its policy, its form and its service once."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.acts import Act
from core.forms import TrackerForm
from funding import policies, services
from funding.forms import meetings as forms
from funding.models import Meeting, Round
from funding.selectors import meetings as selectors
from funding.selectors import paper_questions


def _typed(typed: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: typed[name] for name in names}


PLAN = Act(
    name="plan-meeting",
    label=_("Plan a meeting"),
    explains=_("The agenda is put together on the meeting’s page and published from there."),
    form=forms.MeetingForm,
    may=policies.can_plan_meeting,
    work=lambda user, body, typed: services.plan_meeting(
        actor=user, body_id=body.pk, **_typed(typed, "starts_at", "minutes", "place_en", "place_zh_hant")
    ),
    done=_("The meeting is planned."),
)
ADD = Act(
    name="add-item",
    label=_("Put on the agenda"),
    explains=_("Screened requests that wait for this body. The item comes last; move it as you wish."),
    form=forms.AddItemForm,
    may=policies.can_put_on_agenda,
    work=lambda user, meeting, typed: services.add_item(
        actor=user,
        meeting_id=meeting.pk,
        request_id=typed["request"],
        **_typed(typed, "minutes", "amount", "conditions"),
    ),
    done=_("The item is on the agenda."),
)
ARRANGE = Act(
    name="arrange-item",
    label=_("Move an item"),
    explains=_("Gives an item another place, another time, or both."),
    form=forms.ArrangeItemForm,
    may=policies.can_change_meeting,
    work=lambda user, meeting, typed: services.arrange_item(
        actor=user, meeting_id=meeting.pk, **_typed(typed, "number", "to", "minutes")
    ),
    done=_("The agenda is changed."),
    style="outline-secondary",
)
TAKE_OFF = Act(
    name="take-off-item",
    label=_("Take an item off"),
    explains=_("The request waits for another agenda."),
    form=forms.ItemForm,
    may=policies.can_change_meeting,
    work=lambda user, meeting, typed: services.take_off_item(actor=user, meeting_id=meeting.pk, number=typed["number"]),
    done=_("The agenda is changed."),
    style="outline-secondary",
)
PUBLISH = Act(
    name="publish-agenda",
    label=_("Publish the agenda"),
    explains=_("Agenda and papers are frozen as they stand, for the body and the departments concerned to read."),
    form=forms.MeetingActForm,
    may=policies.can_change_meeting,
    work=lambda user, meeting, typed: services.publish_agenda(actor=user, meeting_id=meeting.pk),
    done=_("The agenda is published."),
)
CHANGE = Act(
    name="change",
    label=_("Change time or place"),
    explains=_("Until the agenda is published."),
    form=forms.MeetingForm,
    may=policies.can_change_meeting,
    work=lambda user, meeting, typed: services.change_meeting(
        actor=user, meeting_id=meeting.pk, **_typed(typed, "starts_at", "minutes", "place_en", "place_zh_hant")
    ),
    done=_("The meeting is changed."),
    style="outline-secondary",
)
ATTENDANCE = Act(
    name="attendance",
    label=_("Take attendance"),
    explains=_("The roll of each item follows it. Take it again when somebody comes or goes."),
    form=forms.AttendanceForm,
    may=policies.can_take_attendance,
    work=lambda user, meeting, typed: services.take_attendance(
        actor=user, meeting_id=meeting.pk, **_typed(typed, "seats", "presiding_seat")
    ),
    done=_("Attendance is recorded."),
    style="outline-primary",
)
OPEN_ITEM = Act(
    name="open-item",
    label=_("Open an item"),
    explains=_("Its round opens with the motion and the paper of the agenda, and with the roll as it is now."),
    form=forms.ItemForm,
    may=policies.can_open_item,
    work=lambda user, meeting, typed: services.open_item(actor=user, meeting_id=meeting.pk, number=typed["number"]),
    done=_("The round is open."),
)
NOTE = Act(
    name="note-item",
    label=_("Write down what was said"),
    explains=_("For the minutes, until the meeting is closed. What is written replaces what was there."),
    form=forms.NoteItemForm,
    may=policies.can_note_item,
    work=lambda user, meeting, typed: services.note_item(
        actor=user, meeting_id=meeting.pk, **_typed(typed, "number", "note")
    ),
    done=_("Written down."),
    style="outline-secondary",
)
CLOSE = Act(
    name="close",
    label=_("Close the meeting"),
    explains=_("Items that were not opened were not taken; their requests wait for another agenda."),
    form=forms.MeetingActForm,
    may=policies.can_close_meeting,
    work=lambda user, meeting, typed: services.close_meeting(actor=user, meeting_id=meeting.pk),
    done=_("The meeting is closed."),
    style="outline-primary",
)
CANCEL = Act(
    name="cancel",
    label=_("Cancel the meeting"),
    explains=_("It keeps its number; its requests can be put on another agenda."),
    form=forms.CancelMeetingForm,
    may=policies.can_cancel_meeting,
    work=lambda user, meeting, typed: services.cancel_meeting(
        actor=user, meeting_id=meeting.pk, reason=typed["reason"]
    ),
    done=_("The meeting is cancelled."),
    style="outline-secondary",
)
MEETING_ACTS = (OPEN_ITEM, ATTENDANCE, NOTE, CLOSE, ADD, ARRANGE, TAKE_OFF, PUBLISH, CHANGE, CANCEL)

ASK = Act(
    name="ask",
    label=_("Ask the applicant"),
    explains=_("Everybody who reads this round sees your question and its answer."),
    form=forms.AskForm,
    may=policies.can_ask_on_paper,
    work=lambda user, round_, typed: services.ask_on_paper(actor=user, round_id=round_.pk, text=typed["text"]),
    done=_("Your question is on the paper."),
    style="outline-secondary",
)
ANSWER = Act(
    name="answer",
    label=_("Answer a question"),
    explains=_("Every member sees your answer. A better answer goes before the earlier one; both stay."),
    form=forms.AnswerOnPaperForm,
    may=policies.can_answer_on_paper,
    work=lambda user, round_, typed: services.answer_on_paper(
        actor=user, round_id=round_.pk, **_typed(typed, "number", "text")
    ),
    done=_("Your answer is on the paper."),
)

ABOUT_ITEMS = {OPEN_ITEM.name, NOTE.name, ARRANGE.name, TAKE_OFF.name, PUBLISH.name}
"""Acts that a meeting without such items does not have."""


def possible(meeting: Meeting, user: User) -> list[Act]:
    """The acts whose form has something to choose from."""
    choices: dict[str, Callable[[], object]] = {
        ADD.name: lambda: selectors.candidates(user, meeting) if policies.can_put_on_agenda(user, meeting) else (),
        OPEN_ITEM.name: lambda: _items(meeting, unopened=True),
        **{name: lambda: _items(meeting) for name in ABOUT_ITEMS - {OPEN_ITEM.name}},
    }
    return [act for act in MEETING_ACTS if act.name not in choices or choices[act.name]()]


def form_of(act: Act, meeting: Meeting, user: User, data: Any = None) -> TrackerForm:
    """The act's form for this meeting: empty to be shown, or with what was sent."""
    options: dict[str, Callable[[], dict[str, Any]]] = {
        CHANGE.name: lambda: {"initial": _as_typed(meeting)},
        ADD.name: lambda: {"requests": _requests(user, meeting)},
        OPEN_ITEM.name: lambda: {"items": _items(meeting, unopened=True)},
        ATTENDANCE.name: lambda: {"seats": selectors.held_seats(meeting)},
        **{name: lambda: {"items": _items(meeting)} for name in (NOTE.name, ARRANGE.name, TAKE_OFF.name)},
    }
    return act.form(data, **options.get(act.name, dict)())


def answer_options(round_: Round) -> dict[str, Any]:
    """The questions of a round, the unanswered first."""
    rows = sorted(paper_questions.of_round(round_), key=lambda row: bool(row.answers))
    return {"items": [(row.question.number, f"{row.question.number}. {row.question.text[:80]}") for row in rows]}


def _requests(user: User, meeting: Meeting) -> list[tuple[int, str]]:
    return [(row.pk, f"{row.reference} {selectors.title(row)}") for row in selectors.candidates(user, meeting)]


def _items(meeting: Meeting, *, unopened: bool = False) -> list[tuple[int, str]]:
    rows = meeting.items.filter(number__isnull=False, **({"round__isnull": True} if unopened else {}))
    return [
        (item.number or 0, f"{item.number}. {item.request.reference} {selectors.title(item.request)}")
        for item in rows.select_related("request").order_by("number")
    ]


def _as_typed(meeting: Meeting) -> dict[str, Any]:
    return {name: getattr(meeting, name) for name in ("starts_at", "minutes", "place_en", "place_zh_hant")}
