"""Which KPIs, sources and readings a person may see, and the filters lists and charts share (DESIGN 8)."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts import grants
from accounts.rights import departments_of
from kpis.rules.breakdowns import FIRST_SMALLEST
from projects.models import Project

if TYPE_CHECKING:
    from accounts.models import User

SEES_EVERYTHING = "kpis.view_every_reading"
MANAGES_SOURCES = "kpis.manage_sources"
EDITS_LIBRARY = "kpis.edit_definitions"
LOCKS_PERIODS = "kpis.lock_periods"
ACCEPTS_REVIEWS = "kpis.accept_reviews"


class DefinitionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The library is one for every signed-in person."""
        return self

    def newest(self) -> Self:
        """The last version of each measure: what a new KPI follows."""
        later = self.model._default_manager.filter(key=OuterRef("key"), version__gt=OuterRef("version"))
        return self.filter(~Exists(later))

    def with_smallest_group(self) -> Self:
        """Annotate `smallest_group`: a smaller one is hidden."""
        from kpis.models import SmallestGroup  # models build on this module

        said = SmallestGroup.objects.filter(key=OuterRef("key")).order_by("-pk").values("smallest")[:1]
        return self.annotate(smallest_group=Coalesce(Subquery(said), FIRST_SMALLEST))


class KpiQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """A KPI is seen by whoever sees its project; which of its readings is another question."""
        return self.filter(project__in=Project.objects.visible_to(user))


class SeriesQuerySet(models.QuerySet):
    def unjudged(self, today: date) -> Self:
        """Series whose kept state is not, or may not be, what it would be on this day (`kpis.models.states`)."""
        return self.filter(is_unjudged(OuterRef("pk"), today, "state"))


class BreachQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """That a KPI is red is read off its verified readings, so whoever sees the KPI sees it."""
        return self.filter(kpi__project__in=Project.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)


class BenefitQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """What a project promises is seen by whoever sees the project."""
        return self.filter(kpi__project__in=Project.objects.visible_to(user))


class BenefitReviewQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Its figures stand on verified readings alone, so whoever sees the benefit sees them."""
        return self.filter(benefit__kpi__project__in=Project.objects.visible_to(user))

    def accepted(self) -> Self:
        return self.filter(status="accepted")


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """What a department says of its own trouble: its people, the Team, the auditor, by grant (as for risks)."""
        if user.has_perm(SEES_EVERYTHING):
            return self
        return self.filter(breach__kpi__project__in=_closer(user))


class SourceQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Addresses inside a department's network: its own people, those who manage sources, and the auditor."""
        if user.has_perm(MANAGES_SOURCES) or user.has_perm(SEES_EVERYTHING):
            return self
        return self.filter(department__in=departments_of(user.person_id))

    def collected(self) -> Self:
        """Those that are asked for their readings; a push source sends them by itself."""
        return self.filter(status="approved", kind="pull")


class StaleSpellQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """That a source gives no news is seen by whoever sees the source."""
        from kpis.models import Source  # models build on this module

        return self.filter(source__in=Source.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)


class CollectionRunQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """A run is seen by whoever sees its source."""
        from kpis.models import Source  # models build on this module

        return self.filter(source__in=Source.objects.visible_to(user))

    def open_to_take(self, at: "models.expressions.Combinable | object") -> Self:
        """Runs a worker could take at an instant: planned, put back by a failure, or left by a worker that died."""
        return self.filter(
            Q(state="planned") | Q(state="failed", lease_until__lte=at) | Q(state="running", lease_until__lte=at)
        )


class PeriodLockQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """What is locked for all KPIs is for everybody; of one KPI for whoever sees it."""
        return self.filter(Q(kpi__isnull=True) | Q(kpi__project__in=Project.objects.visible_to(user)))

    def last_words(self) -> Self:
        """The newest row about all KPIs, and the newest about each one."""
        return self.order_by("kpi_id", "-pk").distinct("kpi_id")


class SmallestGroupQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """How small a shown group may be is for everybody to know, as the library is."""
        return self


class ReadingFileQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Readings nobody verified yet: the file's own department, whoever offered it, the Team, the auditor."""
        if user.has_perm(SEES_EVERYTHING):
            return self
        return self.filter(Q(offered_by=user.person_id) | Q(department__in=departments_of(user.person_id)))


class ReadingDraftQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Nobody else reads what somebody has not reported."""
        return self.filter(person=user.person_id)


class ReadingQuerySet(models.QuerySet):
    def with_state(self) -> Self:
        """Annotate `state`: the last verdict on each reading."""
        return self.annotate(state=_last_verdict("verdict"))

    def with_rule(self) -> Self:
        """Annotate `rule`: the code of the rule that spoke last on each reading, empty where a person did."""
        return self.annotate(rule=_last_verdict("rule"))

    def verified(self) -> Self:
        return self.with_state().filter(state="verified")

    def reported(self) -> Self:
        """Those that nobody sent back, verified or not."""
        return self.with_state().exclude(state="returned")

    def waiting(self) -> Self:
        """Those a second person still has to speak on, with the rule that made them wait."""
        return self.with_state().with_rule().filter(state__in=["submitted", "quarantined"])

    def standing(self) -> Self:
        """The newest verified revision of each period and cell: what charts and totals use."""
        ranked = ("series_id", "period_start", "cell")
        return self.verified().order_by(*ranked, "-revision").distinct(*ranked)

    def visible_to(self, user: "User") -> Self:
        """Verified readings of visible projects; the others for the own department, the Team, the auditor, by grant.

        Readings of single groups are for these too: others see groups where small ones are hidden (FEATURES E9).
        """
        if user.has_perm(SEES_EVERYTHING):
            return self.with_state()
        projects, closer = Project.objects.visible_to(user), _closer(user)
        return self.with_state().filter(
            Q(series__kpi__project__in=projects), Q(state="verified", cell="") | Q(series__kpi__project__in=closer)
        )


def _closer(user: "User") -> "models.QuerySet[Project]":
    """Projects of the person's own departments, and those shared with them."""
    own = Q(department__in=departments_of(user.person_id))
    return Project.objects.filter(own | Q(pk__in=grants.ids(user, "projects.view_project")))


def is_unjudged(series: F | OuterRef, today: date, state: str) -> Q:
    """That no state is kept of a series, or one of another day, or that something changed since."""
    from kpis.models import Unjudged  # models build on this module

    changed = Exists(Unjudged.objects.filter(series=series))
    return (
        Q(**{f"{state}__isnull": True})
        | Q(**{f"{state}__holds_until__lt": today})
        | Q(**{f"{state}__judged_on__gt": today})
        | Q(changed)
    )


def _last_verdict(column: str) -> Subquery:
    """One column of the last verdict on a reading."""
    from kpis.models import ReadingVerdict  # models build on this module

    last = ReadingVerdict.objects.filter(
        series=OuterRef("series_id"),
        period_start=OuterRef("period_start"),
        cell=OuterRef("cell"),
        revision=OuterRef("revision"),
    ).order_by("-pk")
    return Subquery(last.values(column)[:1])
