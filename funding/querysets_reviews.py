"""Which reviews a person may see, and which of them wait for that person."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from accounts.models import Posting
from core import clock
from funding.rules.reviews import Kind

if TYPE_CHECKING:
    from accounts.models import User

ANSWERABLE = ("submitted", "endorsed", "screened", "returned", "deferred")


def kinds_of(user: "User") -> list[str]:
    """The kinds of review this person answers by office."""
    return [str(kind) for kind in Kind if user.has_perm(f"funding.review_{kind}")]


def standing_with_request() -> ArraySubquery:
    """The reviews of the version that waits, as part of the query that reads a request."""
    rows = apps.get_model("funding", "Review")._default_manager.with_verdict()
    mine = rows.filter(request=OuterRef("pk"), version_number=OuterRef("submitted_version")).order_by()
    return ArraySubquery(mine.values(found=JSONObject(step="step", passes="passes", answer="verdict")))


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Those of the papers this person reads whole."""
        return self.filter(
            request__in=apps.get_model("funding", "FundingRequest").objects.visible_to(user).values("pk")
        )

    def current(self) -> Self:
        """Of the version that waits now; those of earlier versions are history."""
        return self.filter(version_number=F("request__submitted_version"))

    def waiting(self) -> Self:
        """Without an answer, of a request that is not decided yet."""
        return self.current().filter(answers__isnull=True, request__status__in=ANSWERABLE)

    def with_verdict(self) -> Self:
        """Each with the verdict of the answer that stands, or None."""
        newest = apps.get_model("funding", "ReviewAnswer")._default_manager.filter(review=OuterRef("pk"))
        return self.annotate(verdict=Subquery(newest.order_by("-revision").values("verdict")[:1]))

    def not_own_of(self, person_id: int) -> Self:
        """Without those that `policies.can_answer_review` leaves to somebody else."""
        headed = Posting.objects.on(clock.today()).heads().filter(person=person_id)
        own = Q(request__department__in=headed.values("department"))
        for column in ("applicant", "lead", "project__lead", "editors__person"):
            own |= Q(**{f"request__{column}": person_id})
        own |= Q(request__steps__move="endorse", request__steps__person=person_id)
        return self.exclude(pk__in=self.model._default_manager.filter(own).values("pk"))
