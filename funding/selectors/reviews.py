"""Reviews for pages: what was asked and why in words, what was answered, who is asked, how the steps stand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from accounts.roles import LABELS, Role
from core import clock
from core.errors import Text
from core.money import hkd
from funding.models import FundingRequest, Review, ReviewKind
from funding.querysets_reviews import ANSWERABLE, kinds_of
from funding.rules import reviews
from funding.rules.reviews import Standing, State
from projects.models import Category

STATES = {
    State.BLOCKED: _("waits for the step before"),
    State.OPEN: _("waits for answers"),
    State.PASSED: _("passed"),
    State.FAILED: pgettext_lazy("review step", "not passed"),
}
ROLES = {
    ReviewKind.PRIVACY: Role.PRIVACY_REVIEWER,
    ReviewKind.SECURITY: Role.SECURITY_REVIEWER,
    ReviewKind.LAW: Role.LAW_REVIEWER,
    ReviewKind.PROCUREMENT: Role.PROCUREMENT_REVIEWER,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One review with the answer that stands and why it is asked; `waits_for` names people while it waits for them."""

    review: Review
    newest: Any
    why: list[str]
    waits_for: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the version that waits."""

    number: int
    passes: str
    state: Text
    reviews: list[Shown]


def queue(user: User) -> "QuerySet[Review]":
    """Current reviews this person sees; those that wait for an answer come first."""
    waiting = ExpressionWrapper(Q(pk__in=Review.objects.waiting().values("pk")), output_field=BooleanField())
    rows = Review.objects.visible_to(user).current().select_related("request", "rule").annotate(is_waiting=waiting)
    return rows.prefetch_related("answers__person").order_by("-is_waiting", "-asked_at", "step", "pk")


def awaiting(user: User) -> list[Review]:
    """Reviews that this person can answer now and nobody has, the longest asked first. Four queries at most."""
    kinds = kinds_of(user)
    if not kinds:
        return []
    rows = Review.objects.visible_to(user).waiting().not_own_of(user.person_id).filter(kind__in=kinds)
    found = list(rows.select_related("request").order_by("asked_at", "pk"))
    beside: dict[int, list[Standing]] = defaultdict(list)
    requests = {one.request_id for one in found}
    for review in Review.objects.current().filter(request__in=requests).prefetch_related("answers"):
        beside[review.request_id].append(_standing(review))
    return [one for one in found if reviews.states(beside[one.request_id])[one.step] is State.OPEN]


def find(user: User, pk: int) -> Review | None:
    rows = Review.objects.visible_to(user).select_related("request__project", "request__department", "rule")
    return rows.prefetch_related("answers__person").filter(pk=pk).first() if pk < 2**63 else None


def steps(request: FundingRequest) -> list[Step]:
    """The steps of the version that waits, each review with whom it waits for."""
    rows = request.reviews.filter(version_number=request.submitted_version).order_by("step", "pk")
    by_step: dict[int, list[Review]] = defaultdict(list)
    for review in rows.prefetch_related("answers__person"):
        by_step[review.step].append(review)
    states = reviews.states(_standing(one) for found in by_step.values() for one in found)
    waits = {
        one.pk: ReviewKind(one.kind)
        for number, found in by_step.items()
        for one in found
        if states[number] is State.OPEN and newest(one) is None and request.status in ANSWERABLE
    }
    held = holders(set(waits.values()))
    return [
        Step(
            number,
            by_step[number][0].get_passes_display(),
            STATES[state],
            [
                Shown(one, newest(one), why(one), _named(held, waits[one.pk]) if one.pk in waits else "")
                for one in by_step[number]
            ],
        )
        for number, state in states.items()
    ]


def holders(kinds: Iterable[ReviewKind]) -> dict[ReviewKind, list[Person]]:
    """Who answers reviews of these kinds today; one query a kind."""
    now = clock.now()
    return {kind: list(Person.objects.holding(ROLES[kind], at=now).order_by("pk")) for kind in sorted(kinds)}


def newest(review: Review) -> Any:
    """The answer that stands, or None; reads the rows that were fetched with the review."""
    return next(reversed(review.answers.all()), None)


def why(review: Review) -> list[str]:
    """The conditions that held, in words; a review without conditions is asked for every request."""
    held = dict.fromkeys(_held(name, found) for name, found in review.why)
    return list(held) or [str(_("asked for every request"))]


def amount_words(amount: str) -> str:
    return str(_("the assessed amount is %(amount)s or more") % {"amount": hkd(Decimal(amount))})


def _standing(review: Review) -> Standing:
    answer = newest(review)
    return Standing(review.step, review.passes, answer.verdict if answer else None)


def _named(held: dict[ReviewKind, list[Person]], kind: ReviewKind) -> str:
    """`the privacy reviewer, Chan Tai Man`; who holds no role is nobody, and that is said."""
    duty = LABELS[ROLES[kind]]
    names = gettext(", ").join(str(person) for person in held[kind])
    if not names:
        return gettext("%(duty)s; nobody has this role today") % {"duty": duty}
    return gettext("%(duty)s, %(name)s") % {"duty": duty, "name": names}


def _held(name: str, found: str) -> str:
    if name == "amount":
        return amount_words(found)
    if name == "category":
        return str(_("the category is: %(category)s") % {"category": Category(found).label})
    if name == "public_facing":
        return str(_("the public uses it") if found else _("whether the public uses it is not stated"))
    if not found:
        return str(_("the technique is not stated"))
    if name == "first_use":
        return str(_("the department has not used this technique before"))
    return str(_("the technique is: %(technique)s") % {"technique": found})
