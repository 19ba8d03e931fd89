"""Which rows a person may see, and the filters that lists, charts and totals share (DESIGN 8)."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts import grants
from accounts.rights import departments_of

if TYPE_CHECKING:
    from accounts.models import User


class ProjectQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Registered projects are for every signed-in person; drafts for the own department and by grant."""
        return self.filter(
            Q(status="registered")
            | Q(department__in=departments_of(user.person_id))
            | Q(pk__in=grants.ids(user, "projects.view_project"))
        )

    def insider_to(self, user: "User") -> Self:
        """Projects whose risks, comments and documents above open this person reads (DESIGN 8).

        The own department, the lead, the Team and the auditor, and whoever a project was shared with; nobody reads
        more of a project than is visible.
        """
        rows = self.visible_to(user)
        if user.has_perm("projects.view_every_record"):
            return rows
        return rows.filter(
            Q(department__in=departments_of(user.person_id))
            | Q(lead=user.person_id)
            | Q(pk__in=grants.ids(user, "projects.view_project"))
        )

    def registered_since(self, day: date) -> Self:
        """Entered in the register on `day` or later."""
        return self.filter(status="registered", registered_on__gte=day)


class OfProjectQuerySet(models.QuerySet):
    """Records that hang on a project by a column called `project`."""

    def visible_to(self, user: "User") -> Self:
        """What belongs to a project that the person sees."""
        from projects.models import Project

        return self.filter(project__in=Project.objects.visible_to(user))

    def insider_to(self, user: "User") -> Self:
        """What belongs to a project whose inner records the person reads."""
        from projects.models import Project

        return self.filter(project__in=Project.objects.insider_to(user))


class MilestoneQuerySet(OfProjectQuerySet):
    def overdue(self, on: date) -> Self:
        """Neither done nor withdrawn by a day that lies after the one planned now; of projects that have not left."""
        return self.filter(
            done_on__isnull=True, withdrawn_at__isnull=True, current_on__lt=on, project__left_on__isnull=True
        )


class ConcernQuerySet(OfProjectQuerySet):
    def visible_to(self, user: "User") -> Self:
        """Risks and issues are for insiders of their project only (DESIGN 8)."""
        return self.insider_to(user)


class HelpRequestQuerySet(OfProjectQuerySet):
    def visible_to(self, user: "User") -> Self:
        """Questions to the Team and its answers are for insiders of their project (FEATURES A6)."""
        return self.insider_to(user)


class ResourceUseQuerySet(OfProjectQuerySet):
    def running(self, on: date) -> Self:
        """Uses that have not ended by a day; those agreed to begin later are in it."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))


class ResourceQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Vendors, models, data sets and systems are one register for every signed-in person."""
        return self


class ProcedureQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Procedures and their count state are for every signed-in person, so that the headline is one."""
        return self

    def insider_to(self, user: "User") -> Self:
        """Procedures whose comments and documents above open this person reads (DESIGN 8).

        The own department, insiders of a project that touches it, the Team, the auditor, and by grant.
        """
        from projects.models import Project

        if user.has_perm("projects.view_every_record"):
            return self
        touching = Project.objects.insider_to(user).filter(procedure_links__procedure=models.OuterRef("pk"))
        return self.filter(
            Q(department__in=departments_of(user.person_id))
            | models.Exists(touching)
            | Q(pk__in=grants.ids(user, "projects.view_procedure"))
        )

    def claimed(self) -> Self:
        return self.filter(is_claimed=True)

    def verified(self) -> Self:
        """Claims ever verified, lapsed and retired ones included."""
        return self.filter(verified_on__isnull=False)

    def unverified(self) -> Self:
        return self.filter(verified_on__isnull=True)

    def overdue(self, on: date) -> Self:
        """Planned before a day, never verified and so not in use, and not merged into another."""
        return self.unverified().filter(planned_on__lt=on, merged_into__isnull=True)

    def in_use(self, on: date) -> Self:
        return self.filter(in_use_from__lte=on, in_use_until__gte=on)

    def told_since(self, kind: str, instant: datetime) -> Self:
        """Procedures of which a fact of this kind was recorded at `instant` or later, each once."""
        from projects.models import ProcedureFact

        told = ProcedureFact.objects.filter(kind=kind, recorded_at__gte=instant)
        return self.filter(pk__in=told.values("procedure"))

    def lapsed_since(self, day: date, on: date) -> Self:
        """Not in use any more on the day `on` or before, from `day` on, because nobody attested; not retired."""
        return self.filter(in_use_until__gte=day - timedelta(days=1), in_use_until__lt=on, retired_on__isnull=True)

    def lapsing_by(self, on: date, last: date) -> Self:
        """In use on the day `on`, and not beyond `last` unless attested."""
        return self.in_use(on).filter(in_use_until__lte=last)

    def not_in_use_because(self, reason: str, on: date) -> Self:
        """Those whose first fault is this one; what was in use when last worked out lapses by itself."""
        if reason == "lapsed":
            return self.filter(Q(reason="lapsed") | Q(reason="", in_use_until__lt=on))
        return self.filter(reason=reason)


class ProcedureFactQuerySet(models.QuerySet):
    def known_at(self, position: int) -> Self:
        return self.filter(position__lte=position)


class CountingRuleQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Rules, also proposed ones, are for every signed-in person (DESIGN 8)."""
        return self


class TargetQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Targets and departments' shares of them are for every signed-in person."""
        return self


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """An import belongs to the person who offered the file; the Team and the auditor look on."""
        if user.has_perm("projects.view_every_record"):
            return self
        return self.filter(uploaded_by=user.person_id)
