"""Which requests and rounds a person may see, which votes stand, and what waits for whom (DESIGN 5, 8)."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts import grants
from accounts.models import Posting
from core import clock

if TYPE_CHECKING:
    from accounts.models import Person, User

DECIDED_TOGETHER = ("screened", "deciding", "decided")


class FundingRequestQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Whole papers: one's own department's, also drafts; by office and by seat once submitted; by grant.

        A seat shows what its body has before it and, once published, what it decided. Recusal takes
        away only what the seat gave, and only until publication.
        """
        right = Q(department__in=_departments_of(user.person_id)) | Q(
            pk__in=grants.ids(user, "funding.view_fundingrequest")
        )
        if user.has_perm("funding.view_every_request"):
            right |= Q(first_submitted_at__isnull=False)
        return self.filter(right | Q(pk__in=_rows("FundingRequest").open_to_seat_of(user.person_id).values("pk")))

    def open_to_seat_of(self, person_id: int) -> Self:
        """Papers that a seat held today, or held in a round, opens to this person."""
        roll = _rows("RollSeat")
        sat = roll.filter(Q(holder=person_id) | Q(alternate=person_id)).values("round__request")
        recused = roll.filter(
            Q(holder=person_id, is_recused=True)
            | Q(alternate=person_id) & (Q(is_recused=True) | Q(alternate_recused=True)),
            round__request=OuterRef("pk"),
        )
        agenda = Q(status__in=DECIDED_TOGETHER) & Q(
            Exists(_lines_of_seat(person_id).filter(policy=OuterRef("policy"), tier=OuterRef("tier")))
        )
        return self.filter(agenda | Q(pk__in=sat)).filter(Q(status="published") | ~Exists(recused))

    def published(self) -> Self:
        """Decided and published: title, tier, amount and decision of these are for every signed-in person."""
        return self.filter(status="published")

    def awaiting_head(self, person: "Person") -> Self:
        """Submitted in a department this person heads today: to decide or to endorse."""
        heads = Posting.objects.on(clock.today()).heads().filter(person=person)
        return self.filter(status="submitted", department__in=heads.values("department"))

    def awaiting_secretary(self) -> Self:
        """To screen, to put to a round, or to publish."""
        return self.filter(status__in=["endorsed", "screened", "decided"])

    def awaiting_vote_by(self, person: "Person") -> Self:
        rounds = _rows("Round").awaiting_vote_by(person)
        return self.filter(pk__in=rounds.values("request"))


class PolicyQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Policies and voting rules, also proposed ones, are for every signed-in person (DESIGN 8)."""
        return self

    def approved(self) -> Self:
        return self.filter(status="approved")


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The rounds of the papers this person may see."""
        return self.filter(request__in=_rows("FundingRequest").visible_to(user).values("pk"))

    def open(self) -> Self:
        return self.filter(status="open")

    def awaiting_vote_by(self, person: "Person") -> Self:
        """Open rounds in which this person may vote now and their seat has not."""
        voted = _rows("Vote").standing().values("roll_seat")
        mine = _rows("RollSeat").filter(
            Q(holder=person, is_absent=False) | Q(alternate=person, is_absent=True, alternate_recused=False),
            is_recused=False,
        )
        return self.open().filter(pk__in=mine.exclude(pk__in=voted).values("round"))


class VoteQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """The last word of each seat: the highest revision that no recusal has made void."""
        valid = _rows("Vote").valid()
        later = valid.filter(roll_seat=OuterRef("roll_seat"), revision__gt=OuterRef("revision"))
        return self.valid().filter(~Exists(later))

    def valid(self) -> Self:
        """Votes not voided: a recused seat's are, and those of an alternate who is recused alone."""
        by_recused_alternate = Q(roll_seat__alternate_recused=True, person=F("roll_seat__alternate"))
        return self.filter(roll_seat__is_recused=False).exclude(by_recused_alternate)


def _departments_of(person_id: int) -> "QuerySet[Any, Any]":
    return Posting.objects.on(clock.today()).filter(person=person_id).values("department")


def _lines_of_seat(person_id: int) -> "QuerySet[Any]":
    """The tier lines whose body this person holds a seat of today, as its holder or alternate."""
    today = clock.today()
    running = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    terms = _rows("SeatTerm").filter(running, person=person_id, starts_on__lte=today)
    return _rows("TierLine").filter(body__in=terms.values("seat__body"))


def _rows(name: str) -> Any:
    """The manager of a model. Models import this module, so it asks for them by name."""
    return apps.get_model("funding", name)._default_manager
