"""Which requests and rounds a person may see, which votes stand, and what waits for whom (DESIGN 5, 8)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL

from accounts import grants
from accounts.models import Posting
from accounts.rights import departments_of
from core import clock
from funding.querysets_reviews import kinds_of

if TYPE_CHECKING:
    from accounts.models import Person, User

OPEN_TO_SEAT = "SELECT funding_open_to_seat(%s, %s)"  # a function: the inner part of every funding list, page and vote


class FundingRequestQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Whole papers: one's own department's, also drafts; by office and by seat once submitted; by grant.

        A reviewer's office shows the papers of which a review of that kind was asked. A seat shows what its body
        has before it and, once published, what it decided. Recusal takes away only what the seat gave, and only
        until publication.
        """
        right = Q(department__in=departments_of(user.person_id)) | Q(
            pk__in=grants.ids(user, "funding.view_fundingrequest")
        )
        if user.has_perm("funding.view_every_request"):
            right |= Q(first_submitted_at__isnull=False)
        if kinds := kinds_of(user):
            right |= Q(pk__in=_rows("Review").filter(kind__in=kinds).values("request"))
        return self.filter(right | Q(pk__in=_open_to_seat(user.person_id)))

    def insider_to(self, user: "User") -> Self:
        """Whose papers above open this person reads: they are part of the paper, so whoever sees it whole."""
        return self.visible_to(user)

    def open_to_seat_of(self, person_id: int) -> Self:
        """Papers that a seat held today, or held in a round, opens to this person."""
        return self.filter(pk__in=_open_to_seat(person_id))

    def published(self) -> Self:
        """Decided and published: title, tier, amount and decision of these are for every signed-in person."""
        return self.filter(status="published")

    def published_since(self, instant: datetime) -> Self:
        """Published with a decision that was published at `instant` or later, each once."""
        from funding.models import Decision

        return self.published().filter(pk__in=Decision.objects.filter(published_at__gte=instant).values("request"))

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


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Names of programmes are for every signed-in person; which requests declare one is not."""
        return self


class BodyQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Who sits on which body, and until when, is for every signed-in person, as posts of officers are."""
        return self


class UnsentFormQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """One's own alone, of requests one still sees."""
        seen = _rows("FundingRequest").visible_to(user).values("pk")
        return self.filter(Q(request__isnull=True) | Q(request__in=seen), person=user.person_id)


class PolicyQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Policies and voting rules, also proposed ones, are for every signed-in person (DESIGN 8)."""
        return self

    def approved(self) -> Self:
        return self.filter(status="approved")


class OfPublishedQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Money that followed a published decision is for every signed-in person, as the decision is."""
        return self.filter(decision__published_at__isnull=False)


class SpendingImportQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """One's own files; every file for those who record or audit spending of every department."""
        if user.has_perm("funding.record_spending") or user.has_perm("core.read_ledger"):
            return self
        return self.filter(offered_by=user.person_id)


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


def _open_to_seat(person_id: int) -> RawSQL:
    return RawSQL(OPEN_TO_SEAT, (person_id, clock.today()))  # noqa: S611 - bound values


def _rows(name: str) -> Any:
    """The manager of a model. Models import this module, so it asks for them by name."""
    return apps.get_model("funding", name)._default_manager
