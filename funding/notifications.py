"""Who is told what about requests, rounds, conditions and look-alikes (FEATURES M2); called after commit."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from core import clock
from core.errors import Text
from core.models import LedgerEntry
from funding.models import Condition, FundingRequest, LookalikeQuestion, RollSeat, Round
from work import listening, notices, things
from work.models import Follow
from work.notices import Facts, Message, NoticeKind

HERE = "funding.notifications"
STEPS = {
    "due": gettext_lazy("It is with you and is due on %(day)s."),
    "overdue": gettext_lazy("It is with you and was due on %(day)s."),
    "escalated": gettext_lazy("It was due on %(day)s and still waits for whoever holds it."),
}
CONDITION = {
    "assigned": gettext_lazy("Condition %(number)s is yours, due on %(day)s."),
    "returned": gettext_lazy("The evidence of condition %(number)s came back to you; it is due on %(day)s."),
    "due": gettext_lazy("Condition %(number)s is due on %(day)s."),
    "overdue": gettext_lazy("Condition %(number)s was due on %(day)s."),
}
ACTS: dict[str, Text] = {
    "request.submitted": gettext_lazy("It was submitted."),
    "request.endorsed": gettext_lazy("The Head of Department endorsed it."),
    "request.screened": gettext_lazy("The secretary screened it."),
    "request.returned": gettext_lazy("It was returned with questions."),
    "request.revised": gettext_lazy("A new version was submitted."),
    "request.rerouted": gettext_lazy("Another body decides it now."),
    "request.deferred": gettext_lazy("It was deferred."),
    "request.brought_back": gettext_lazy("It is back from being deferred."),
    "request.withdrawn": gettext_lazy("It was withdrawn."),
    "request.appealed": gettext_lazy("Its result is appealed against."),
    "decision.published": gettext_lazy("Its result was published."),
    "legco.confirmed": gettext_lazy("The outcome of the Finance Committee was confirmed."),
    "money.committed": gettext_lazy("Money was committed."),
    "money.released": gettext_lazy("Money was released."),
}
WITH_YOU = ("request.submitted", "request.endorsed", "request.brought_back", "decision.made", "round.closed")


def register() -> None:
    """Called once, when the app is ready."""
    things.register(
        things.of_model(
            "round",
            Round,
            gettext_lazy("Round"),
            address=lambda round_: reverse("funding:round-detail", args=[round_.pk]),
            title=lambda round_: round_.request.in_language("title"),
            reference=lambda round_: round_.request.reference,
            related=("request",),
        )
    )
    things.register(
        things.of_model(
            "condition",
            Condition,
            gettext_lazy("Condition"),
            address=lambda condition: reverse("funding:condition-detail", args=[condition.pk]),
            title=lambda condition: condition.decision.request.in_language("title"),
            reference=lambda condition: condition.decision.request.reference,
            related=("decision__request",),
        )
    )
    things.register(
        things.of_model(
            "lookalike",
            LookalikeQuestion,
            gettext_lazy("Look-alike"),
            address=lambda question: reverse("funding:lookalike-detail", args=[question.pk]),
            title=lambda question: question.first.in_language("title"),
            reference=lambda question: question.first.reference,
            related=("first", "second"),
        )
    )
    notices.register(
        NoticeKind("request.clock", gettext_lazy("A step of a request is due or late"), _say_clock, is_pressing=True),
        NoticeKind(
            "request.returned",
            gettext_lazy("My request was returned with questions"),
            lambda facts: _("It was returned to you with questions."),
            is_pressing=True,
        ),
        NoticeKind(
            "request.with_you",
            gettext_lazy("A request came to me for its next step"),
            lambda facts: _("It is with you for its next step."),
        ),
        NoticeKind(
            "round.opened",
            gettext_lazy("A vote I may take part in was opened"),
            lambda facts: _("The vote is open."),
            is_pressing=True,
        ),
        NoticeKind(
            "paper.asked",
            gettext_lazy("A member asks about my paper"),
            lambda facts: _("A member asks a question on the paper."),
            is_pressing=True,
        ),
        NoticeKind(
            "review.asked", gettext_lazy("A review is asked of my office"), lambda facts: _("A review is asked for.")
        ),
        NoticeKind(
            "decision.published",
            gettext_lazy("The result of my request was published"),
            lambda facts: _("The result is published."),
        ),
        NoticeKind("condition", gettext_lazy("A condition is mine, due or late"), _say_condition, is_pressing=True),
        NoticeKind(
            "lookalike.late", gettext_lazy("The secretary has not answered about a look-alike"), _say_lookalike,
            is_pressing=True,
        ),
    )  # fmt: skip
    notices.register_acts(ACTS)
    for action in ACTS:
        listening.on(action, f"{HERE}.followed")
    for action in WITH_YOU:
        listening.on(action, f"{HERE}.with_you")
    listening.on("request.returned", f"{HERE}.returned")
    listening.on("decision.published", f"{HERE}.published")
    listening.on("round.opened", f"{HERE}.opened")
    listening.on("paper.question_asked", f"{HERE}.asked")
    listening.on("review.asked", f"{HERE}.review_asked")
    for action in ("decision.published", "condition.assigned", "condition.returned"):
        listening.on(action, f"{HERE}.condition_set")


def followed(entry: LedgerEntry) -> Iterator[Message]:
    """Whoever followed the request before the act."""
    for request in FundingRequest.objects.filter(reference=entry.subject):
        rows = Follow.objects.of("request", request.pk).filter(since__lt=entry.recorded_at)
        people = list(rows.values_list("person", flat=True))
        yield Message("followed", "request", request.pk, people, {"act": entry.action})


def with_you(entry: LedgerEntry) -> Iterator[Message]:
    """Whoever holds the request after the act."""
    from funding.services.reminders import holders  # that module tells people by this one

    reference = entry.facts.get("request", "") if entry.subject.startswith("round:") else entry.subject
    for request in FundingRequest.objects.filter(reference=reference).select_related("department"):
        yield Message("request.with_you", "request", request.pk, holders(request))


def returned(entry: LedgerEntry) -> Iterator[Message]:
    for request in FundingRequest.objects.filter(reference=entry.subject):
        yield Message("request.returned", "request", request.pk, {request.applicant_id, request.lead_id})


def published(entry: LedgerEntry) -> Iterator[Message]:
    """The applicant, the leads of request and project, and whoever heads the department."""
    from funding.facts import heads_of  # the facts build on models that register here

    for request in FundingRequest.objects.filter(reference=entry.subject).select_related("project"):
        people = {request.applicant_id, request.lead_id, request.project.lead_id, *heads_of(request)}
        yield Message("decision.published", "request", request.pk, people)


def opened(entry: LedgerEntry) -> Iterator[Message]:
    """Everybody whose seat may vote when the round opens."""
    key = int(entry.subject.removeprefix("round:"))
    seats = RollSeat.objects.filter(round=key, is_recused=False, is_absent=False).values_list("holder", flat=True)
    yield Message("round.opened", "round", key, list(seats))


def asked(entry: LedgerEntry) -> Iterator[Message]:
    for round_ in Round.objects.filter(pk=entry.subject.removeprefix("round:")).select_related("request__project"):
        request = round_.request
        people = {request.applicant_id, request.lead_id, request.project.lead_id}
        yield Message("paper.asked", "round", round_.pk, people)


def review_asked(entry: LedgerEntry) -> Iterator[Message]:
    """The offices of which a review was asked and that have not answered yet."""
    for request in FundingRequest.objects.filter(reference=entry.subject):
        kinds = request.reviews.waiting().values_list("kind", flat=True)
        now = clock.now()
        people = {
            person
            for kind in kinds
            for person in Person.objects.with_permission(f"funding.review_{kind}", at=now).values_list("pk", flat=True)
        }
        yield Message("review.asked", "request", request.pk, people)


def condition_set(entry: LedgerEntry) -> Iterator[Message]:
    """The owners of conditions that a published decision made, that changed hands, or whose evidence came back."""
    rows = Condition.objects.open()
    if entry.subject.startswith("condition:"):
        rows = rows.filter(pk=entry.subject.removeprefix("condition:"))
    else:
        rows = rows.filter(decision__request__reference=entry.subject)
    step = "returned" if entry.action == "condition.returned" else "assigned"
    for condition in rows.order_by("pk"):
        yield condition_message(condition, step)


def condition_message(condition: Condition, step: str) -> Message:
    facts = {"step": step, "number": condition.number, "due_on": condition.due_on.isoformat()}
    return Message("condition", "condition", condition.pk, [condition.owner_id], facts)


def _say_clock(facts: Facts) -> str:
    return str(STEPS[facts["step"]]) % {"day": notices.day(facts)}


def _say_condition(facts: Facts) -> str:
    return str(CONDITION[facts["step"]]) % {"number": facts["number"], "day": notices.day(facts)}


def _say_lookalike(facts: Facts) -> str:
    return _("The secretary was to say by %(day)s whether it belongs together with another request.") % {
        "day": notices.day(facts)
    }
